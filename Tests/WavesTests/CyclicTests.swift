import ExactArithmetic
import Networks
import PropertyTesting
import Testing

@testable import Waves

/// Cyclic graphs under a fixed input: the contraction, the gradient at the fixed point, and the bound of the diffusion.
@Suite struct CyclicTests {
  /// Two nodes that read each other and themselves, delays up to 3 both ways, all weights below 1 over the fan-in.
  static let networks = Generator<RecurrentNetwork> { (source) throws(DiscardedCase) in
    let activations: [Activation] = [
      .identity, .tanh, .logistic, .rational, .softsign, .relu, .leakyRelu(Rational(1, over: 3)), .hardTanh,
    ]
    let width = try source.draw(Generator<Int>.integer(in: 1...2))
    func map(_ columns: Int, _ scale: Int) throws(DiscardedCase) -> LinearMap {
      let entries = try source.draw(
        Generator<[Rational]>.array(of: .rational(height: 6), count: (width * columns)...(width * columns)))
      return LinearMap(
        Matrix(rows: width, columns: columns, elements: entries.map { $0 / Rational(scale * columns) }))
    }
    func delay() throws(DiscardedCase) -> Int { try source.draw(Generator<Int>.integer(in: 1...3)) }
    func numbers(_ count: Int) throws(DiscardedCase) -> [Rational] {
      try source.draw(Generator<[Rational]>.array(of: .rational(height: 5), count: count...count))
    }
    var net = NetworkBuilder("loop")
    let u = net.input("u", width: 2)
    let a = net.layer(
      "a", width: width, try source.draw(.element(of: activations)), bias: try numbers(width),
      reading: u.weighted(try map(2, 1)))
    let b = net.layer(
      "b", width: width, try source.draw(.element(of: activations)), bias: try numbers(width),
      reading: a.weighted(try map(width, 14)).delayed(try delay(), backward: try delay()))
    net.connect(b.weighted(try map(width, 14)).delayed(try delay(), backward: try delay()), to: a)
    net.connect(a.weighted(try map(width, 14)).delayed(try delay(), backward: try delay()), to: a)
    let input = [Vector(try numbers(2))]
    let target = [Vector(try numbers(width))]
    guard let architecture = try? net.architecture(outputs: b),
      let network = try? RecurrentNetwork(architecture, input: input, target: target)
    else { throw DiscardedCase() }
    return network
  }

  /// The bound is never below what the run attains, at any edge and tick; and it is no mere constant.
  @Test func boundIsNeverBelowTheDistance() throws {
    let context = IntervalContext(precision: 256)
    var compared = 0
    var shrunk = 0
    try requireProperty("cyclic bounds", Self.networks, cases: 60, shrinkAttempts: 60) { network in
      let contraction = try Contraction(network)
      guard let gradient = try? RecurrentGradient(contraction, in: context) else { return }
      let machine: TickMachine<Interval> = network.machine(ticks: 41, in: context)
      for edge in network.architecture.edges.indices {
        for tick in 0...40 {
          let distance = try gradient.distance(of: edge, at: tick, in: machine)
          try demand(distance.upper <= gradient.bound(of: edge, at: tick), "edge \(edge), tick \(tick)")
          if distance.lower.sign > 0 { compared += 1 }
        }
        if gradient.bound(of: edge, at: 40) * 4 < gradient.bound(of: edge, at: 0) { shrunk += 1 }
      }
    }
    #expect(compared > 2_000 && shrunk > 60, "\(compared) positive distances, \(shrunk) bounds that shrink")
  }

  /// Constants off on purpose: a bound that leaves out the coupling of activities into errors, or the rate of one
  /// direction, is broken somewhere.
  @Test func weakerConstantsAreBroken() throws {
    let context = IntervalContext(precision: 256)
    var broken = [0, 0]
    try requireProperty("cyclic bounds, weakened", Self.networks, cases: 60, shrinkAttempts: 10) { network in
      guard let gradient = try? RecurrentGradient(Contraction(network), in: context) else { return }
      let machine: TickMachine<Interval> = network.machine(ticks: 13, in: context)
      for (node, entry) in network.architecture.nodes.enumerated() where !entry.isInput {
        for tick in 1...12 {
          for unit in 0..<entry.width {
            let error = try machine.delta(node, at: tick)[unit] - gradient.deltas[node][unit]
            let weight = gradient.contraction.backwardWeights[node][unit]
            let alone = gradient.contraction.rate.power(tick) * gradient.errorDistance * weight
            if error.magnitudes.lower > alone { broken[0] += 1 }
            let halved = gradient.errorBound(at: tick) * weight / 8
            if error.magnitudes.lower > halved { broken[1] += 1 }
          }
        }
      }
    }
    #expect(broken[0] > 0 && broken[1] > 0, "\(broken)")
  }

  /// A linear network has a rational fixed point and gradient: both enclosures hold it, and a derivative by differences of
  /// the loss, extrapolated to zero, is the same number.
  @Test func linearGradientIsTheDerivative() throws {
    func network(_ loop: Rational) throws -> RecurrentNetwork {
      var net = NetworkBuilder("line")
      let u = net.input("u")
      let a = net.layer("a", reading: u.weighted([[1]]))
      let b = net.layer("b", reading: a.weighted([[Rational(1, over: 2)]]))
      net.connect(b.weighted([[loop]]), to: a)
      return try RecurrentNetwork(
        net.architecture(outputs: b), input: [Vector([2])], target: [Vector([Rational(1, over: 3)])])
    }
    /// b* = 1/2 · (u + w b*): b* = u/(2 − w); E = ½ (b* − y)².
    func loss(_ loop: Rational) -> Rational {
      let error = 2 / (2 - loop) - Rational(1, over: 3)
      return error * error / 2
    }
    let loop = Rational(1, over: 3)
    let gradient = try RecurrentGradient(Contraction(network(loop)))
    let point: Rational = 2 / (2 - loop)
    #expect(gradient.activities[2][0].contains(point))
    // d/dw ½ (2/(2 − w) − y)² = (2/(2 − w) − y) · 2/(2 − w)².
    let exact = (point - Rational(1, over: 3)) * 2 / ((2 - loop) * (2 - loop))
    #expect(gradient.gradient(of: 2)[0, 0].contains(exact))
    #expect(gradient.gradient(of: 2)[0, 0].width < Rational(1, over: 1_000_000))
    let step = Rational(1, over: 1000)
    let difference = (loss(loop + step) - loss(loop - step)) / (2 * step)
    #expect((difference - exact).magnitude < step)
  }

  /// The certificate is checked by multiplication, and refused where the weights grow: with the cycle and the reason.
  @Test func growthIsRefused() throws {
    func loop(_ weight: Rational, _ activation: Activation) throws -> RecurrentNetwork {
      var net = NetworkBuilder("loop")
      let h = net.layer("h", activation, reading: net.input("u").weighted([[1]]))
      net.connect(h.weighted([[weight]]), to: h)
      return try RecurrentNetwork(net.architecture(outputs: h), input: [Vector([1])], target: [Vector([0])])
    }
    for weight in [1, -1, 2, Rational(1001, over: 1000)] {
      let error = #expect(throws: NetworkError.self) { try Contraction(loop(weight, .tanh)) }
      #expect(error?.message.contains("h -> h") == true)
      #expect(error?.message.contains("at least 1") == true)
    }
    // The slope of the logistic is at most 1/4.
    for (weight, activation) in [(Rational(999, over: 1000), Activation.tanh), (3, .logistic)] {
      let contraction = try Contraction(loop(weight, activation))
      #expect(contraction.rate < 1)
      let bound = activation == .logistic ? Rational(1, over: 4) : 1
      #expect(bound * weight * contraction.forwardWeights[1][0] <= contraction.rate * contraction.forwardWeights[1][0])
    }
    let unbounded = #expect(throws: NetworkError.self) { try Contraction(loop(Rational(1, over: 9), .quadratic)) }
    #expect(unbounded?.message.contains("\"h\"") == true)
    let kink = #expect(throws: NetworkError.self) {
      var net = NetworkBuilder("kink")
      let h = net.layer("h", .relu, reading: net.input("u").weighted([[1]]))
      net.connect(h.weighted([[Rational(1, over: 2)]]), to: h)
      let network = try RecurrentNetwork(net.architecture(outputs: h), input: [Vector([0])], target: [Vector([1])])
      return try RecurrentGradient(Contraction(network))
    }
    #expect(kink?.message.contains("kink") == true)
  }

  /// The exact decision at the edge: spectral radius 1 is refused, anything below it is certified, though no row sum is.
  @Test func certificatesAreSharp() throws {
    for (gain, contracts) in [(Rational(99, over: 100), true), (1, false), (Rational(101, over: 100), false)] {
      var net = NetworkBuilder("pair")
      let u = net.input("u")
      let a = net.layer("a", .tanh, reading: u.weighted([[1]]))
      let b = net.layer("b", .tanh, reading: a.weighted([[100 * gain]]))
      net.connect(b.weighted([[Rational(1, over: 100)]]).delayed(3, backward: 2), to: a)
      let network = try RecurrentNetwork(net.architecture(outputs: b), input: [Vector([1])], target: [Vector([0])])
      #expect(((try? Contraction(network)) != nil) == contracts, "gain \(gain)")
    }
  }

  /// sup |σ′| and the Lipschitz constants of σ′, on a grid of exact points.
  @Test func slopeBoundsHold() throws {
    let points = (-64...64).map { Rational(Integer($0), over: 16) }
    for activation in [Activation.softsign, .rational, .hardTanh, .relu, .hardSigmoid(alpha: 3, beta: 1)] {
      let bound = try #require(activation.slopeBound)
      for (left, right) in zip(points, points.dropFirst()) {
        #expect(activation.slope(at: left).magnitude <= bound)
        if let variation = activation.slopeVariation {
          #expect((activation.slope(at: right) - activation.slope(at: left)).magnitude <= variation * (right - left))
        }
      }
    }
    let context = IntervalContext()
    for activation in [Activation.tanh, .logistic] {
      let slopes = Interval.slope(activation, at: Vector(points.map { Interval.exact($0, in: context) }), in: context)
      for index in points.indices.dropFirst() {
        let difference = (slopes[index] - slopes[index - 1]).magnitudes
        let bound = try #require(activation.slopeVariation) * (points[index] - points[index - 1])
        #expect(difference.upper <= bound)
        #expect(slopes[index].upper <= (activation.slopeBound ?? 0))
      }
    }
  }
}
