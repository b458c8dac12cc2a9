import ExactArithmetic
import Networks
import Waves

/// The result of `cyclic`: the contraction, the fixed point and its gradient, and bound against distance, tick by tick.
public struct CyclicReport: Sendable {
  /// One edge at one tick.
  public struct Row: Sendable {
    public let tick: Int
    public let edge: String
    /// Proved: the update is no further from the gradient than this.
    public let bound: Rational
    /// What the run attains.
    public let distance: Interval
  }

  public let gradient: RecurrentGradient
  public let loop: LoopDelay?
  public let rows: [Row]

  /// Runs the diffusion from rest for the ticks 0 … `ticks`.
  public init(_ gradient: RecurrentGradient, ticks: Int, in context: IntervalContext) throws(NetworkError) {
    self.gradient = gradient
    let network = gradient.contraction.network
    loop = LoopDelay(network.architecture)
    let machine: TickMachine<Interval> = network.machine(ticks: ticks + 1, in: context)
    var rows: [Row] = []
    for tick in 0...ticks {
      for (index, edge) in network.architecture.edges.enumerated() {
        rows.append(
          Row(
            tick: tick, edge: edge.name, bound: gradient.bound(of: index, at: tick),
            distance: try gradient.distance(of: index, at: tick, in: machine)))
      }
    }
    self.rows = rows
  }

  public func rendered(_ format: OutputFormat) -> String {
    switch format {
    case .json: json.text + "\n"
    case .text: text
    case .csv, .markdown, .latex: table(rows).rendered(format)
    }
  }

  private var architecture: Architecture { gradient.contraction.network.architecture }

  public var json: JSONValue {
    let contraction = gradient.contraction
    func nodes(_ value: (Int) -> JSONValue) -> JSONValue {
      .object(
        architecture.nodes.indices.filter { !architecture.nodes[$0].isInput }.map {
          JSONMember(key: architecture.nodes[$0].name, value: value($0))
        })
    }
    func enclosures(_ values: [Interval]) -> JSONValue { .array(values.map { .number($0.witnessNumber) }) }
    return .object([
      "schema": .string("waveproof/1"), "command": .string("cyclic"),
      "model": .object([
        "name": .string(architecture.name), "nodes": .integer(architecture.nodes.count),
        "edges": .integer(architecture.edges.count),
      ]),
      "verdict": .string("contracts"), "contraction": Self.json(contraction),
      "constants": .object([
        "e0": .string(gradient.activityDistance.description), "P0": .string(gradient.errorDistance.description),
        "K": .string(gradient.coupling.description),
      ]),
      "fixedPoint": nodes { enclosures(gradient.activities[$0].elements) },
      "delta": nodes { enclosures(gradient.deltas[$0].elements) },
      "gradient": .object(
        architecture.edges.enumerated().map { index, edge in
          JSONMember(
            key: edge.name, value: .array(gradient.gradient(of: index).rowVectors.map { enclosures($0.elements) }))
        }),
      "finiteMemory": .object([
        "exact": .bool(loop == nil), "cycle": .strings(loop?.nodes ?? []), "loopTicks": .optional(loop?.ticks),
      ]),
      "ticks": .array(
        rows.map { row in
          .object([
            "t": .integer(row.tick), "edge": .string(row.edge), "bound": .string(row.bound.description),
            "distance": .number(row.distance.witnessNumber),
          ])
        }),
    ])
  }

  /// The rate, and the weights of activities and errors by node.
  static func json(_ contraction: Contraction) -> JSONValue {
    let nodes = contraction.network.architecture.nodes
    func weights(_ values: [[Rational]]) -> JSONValue {
      .object(
        nodes.indices.filter { !nodes[$0].isInput }.map { node in
          JSONMember(key: nodes[node].name, value: .array(values[node].map { .string($0.description) }))
        })
    }
    let euclidean = contraction.euclideanStates
    return .object([
      "rate": .string(contraction.rate.description), "forwardWeights": weights(contraction.forwardWeights),
      "backwardWeights": weights(contraction.backwardWeights),
      "euclideanStates": .object([
        "forward": .integer(euclidean.forward), "backward": .integer(euclidean.backward),
      ]),
    ])
  }

  private func table(_ rows: [Row]) -> Table {
    Table(
      header: ["tick", "edge", "bound", "distance up to"],
      rows: rows.map { row in
        [
          String(row.tick), row.edge, BoundNumber.upper(row.bound),
          BoundNumber.upper(row.distance.upper),
        ]
      }, rightAligned: [0, 2, 3])
  }

  private var text: String {
    let rate = gradient.contraction.rate
    var page = TextPage([
      "\(architecture.name): \(architecture.nodes.count) nodes, \(architecture.edges.count) edges; diffusion, slope emitted, "
        + "error closed, fixed input", "",
      "CONTRACTS: every tick shrinks weighted differences to \(rate) of them or less, forward and backward, for every input "
        + "(weights z and y in --format json).",
      "So the fixed point is unique, and each update g(t) tends to the gradient at it, δ* x*ᵀ (recurrent backpropagation):",
      "  |x(t) − x*| ≤ z ρᵗ e₀, |δ(t) − δ*| ≤ y (ρᵗ P₀ + t ρᵗ⁻¹ K e₀), ρ = \(rate), "
        + "e₀ ≤ \(BoundNumber.upper(gradient.activityDistance)), P₀ ≤ \(BoundNumber.upper(gradient.errorDistance)), "
        + "K ≤ \(BoundNumber.upper(gradient.coupling))",
      "",
    ])
    let last = rows.last?.tick ?? 0
    let shown = rows.filter { $0.tick <= 3 || $0.tick == last || ($0.tick & ($0.tick - 1)) == 0 }
    page.table(table(shown))
    if let loop {
      page.line(
        "No finite memory makes the updates exact: round the loop \(loop.nodes.joined(separator: " -> ")) a round trip takes "
          + "\(loop.ticks) ticks more, again and again.")
    } else {
      page.line("The graph has no cycle: from the fill on the updates are exact; see timing and verify.")
    }
    return page.text
  }

}
