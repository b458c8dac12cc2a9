import ExactArithmetic
import Networks
import Waves

extension PublishedClaim {
  static let cyclicGraphs = PublishedClaim(
    id: "K14", source: "abstract and section 3, on cyclic graphs",
    statement:
      "On cyclic graphs the diffusion degenerates to backpropagation at the fixed point (recurrent backpropagation).",
    hypotheses: [
      "fixed input and target",
      "the network contracts: z > 0 with sup |σ′| |W| z ≤ ρ z, ρ < 1, found and checked exactly",
      "slope emitted, error closed", "asymptotically",
    ]
  ) { _ in
    var parts: [ClaimPart] = []
    for (name, network) in try CyclicExample.contracting() {
      let context = IntervalContext()
      let contraction = try Contraction(network)
      let gradient = try RecurrentGradient(contraction, in: context)
      let ticks = 40
      let machine: TickMachine<Interval> = network.machine(ticks: ticks + 1, in: context)
      var above: String?
      var apart = 0
      for edge in network.architecture.edges.indices {
        for tick in 0...ticks {
          let distance = try gradient.distance(of: edge, at: tick, in: machine)
          if distance.lower > gradient.bound(of: edge, at: tick) {
            above = "\(network.architecture.edges[edge].name) at tick \(tick) is further away than the bound"
          }
          if tick == ticks, distance.lower.sign > 0 { apart += 1 }
        }
      }
      let last = network.architecture.edges.indices.map { gradient.bound(of: $0, at: 400) }.max() ?? 0
      parts.append(
        ClaimPart(
          name, above == nil ? .proved : .refuted,
          "ρ = \(contraction.rate); bound t ρᵗ of the updates at tick 400 "
            + NumberText.upper(last, digits: 3)
            + "; run for \(ticks) ticks, never above it; \(apart) of \(network.architecture.edges.count) edges are certainly not "
            + "exact at the last of them",
          witness: above.map { ClaimWitness(text: $0) }))
    }
    parts.append(try growing())
    let failed = parts.dropLast().first { $0.verdict != .proved }
    return ClaimOutcome(
      failed?.verdict ?? .proved,
      reasons: [
        .proved:
          "contraction in rational weights, forward and backward, with |δ(t) − δ*| ≤ y (ρᵗ P₀ + t ρᵗ⁻¹ K e₀), for every "
          + "weight and σ that meets it; runs on enclosures confirm it. In finite time it is not exact (CY1)"
      ], witness: failed?.witness, parts: parts)
  }

  /// Without a contraction nothing is certified, and the linear diffusion runs away.
  private static func growing() throws -> ClaimPart {
    let network = try CyclicExample.loop(weight: 2)
    let machine: TickMachine<Rational> = network.machine(ticks: 12, in: ExactContext())
    let activity = try machine.activity(1, at: 11)[0]
    do throws(NetworkError) {
      let contraction = try Contraction(network)
      return ClaimPart("self-loop of weight 2", .undecided, "certified with ρ = \(contraction.rate)")
    } catch {
      let text = "h(t + 1) = 2 h(t) + 1, σ = identity: h(11) = \(activity); \(error)"
      return ClaimPart(
        "self-loop of weight 2, outside the hypotheses", .refuted, "no weights z exist",
        witness: ClaimWitness(text: text))
    }
  }
}

/// Small cyclic networks.
enum CyclicExample {
  static func contracting() throws -> [(String, RecurrentNetwork)] {
    [
      ("self-loop of weight 1/2, σ = identity", try loop(weight: Rational(1, over: 2))),
      ("three nodes in a ring of weights 2/3, σ = identity", try ring(.identity)),
      ("three nodes in a ring of weights 2/3, σ = tanh", try ring(.tanh)),
    ]
  }

  static func loop(weight: Rational) throws -> RecurrentNetwork {
    var net = NetworkBuilder("self-loop")
    let h = net.layer("h", reading: net.input("u").weighted([[1]]))
    net.connect(h.weighted([[weight]]), to: h)
    return try RecurrentNetwork(net.architecture(outputs: h), input: [Vector([1])], target: [Vector([0])])
  }

  private static func ring(_ activation: Activation) throws -> RecurrentNetwork {
    var net = NetworkBuilder("ring")
    let weight = Rational(2, over: 3)
    let a = net.layer("a", activation, reading: net.input("u").weighted([[1]]))
    let b = net.layer("b", activation, reading: a.weighted([[weight]]))
    let c = net.layer("c", activation, reading: b.weighted([[weight]]))
    net.connect(c.weighted([[weight]]), to: a)
    return try RecurrentNetwork(net.architecture(outputs: c), input: [Vector([1])], target: [Vector([0])])
  }
}
