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

  /// What the norm says of a tick holds for every difference, exactly: on random matrices with chains between components,
  /// magnitudes from 2⁻⁴⁰⁰⁰ to 2⁴⁰⁰⁰ there, and cancelling signs inside.
  @Test func normsShrinkEveryDifference() throws {
    var state: UInt64 = 7
    func below(_ count: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % count
    }
    var (contracting, euclidean, close) = (0, 0, 0)
    func number(_ height: Int) -> Rational { Rational(Integer(below(2 * height + 1) - height), over: Integer(height)) }
    for _ in 0..<120 {
      let sizes = (0..<(1 + below(3))).map { _ in 1 + below(3) }
      let count = sizes.reduce(0, +)
      var matrix = StateMatrix(count: count)
      var start = 0
      for size in sizes {
        let shift = Integer(1) << (below(2) * 4000)
        for row in start..<(start + size) {
          for column in start..<(start + size) {
            matrix.add(number(8) * Rational(9, over: Integer(4 + 4 * size)), row: row, column: column)
          }
          for column in 0..<start where below(2) == 0 {
            matrix.add(number(3) * (below(2) == 0 ? Rational(shift) : 1 / Rational(shift)), row: row, column: column)
          }
        }
        start += size
      }
      guard let norm = try? matrix.contraction() else { continue }
      contracting += 1
      if norm.groups.contains(where: { $0.count > 1 }) { euclidean += 1 }
      #expect(norm.rate < 1 && norm.groups.flatMap { $0 }.sorted() == Array(0..<count))
      for _ in 0..<8 {
        let difference = norm.weights.map { $0 * number(4) }
        let image = (0..<count).map { row in
          matrix.row(row).reduce(Rational.zero) { $0 + $1.value * difference[$1.column] }
        }
        // Roots are rounded up in the last of 32 bits.
        let allowed = norm.rate * norm.size(difference.map(\.magnitude)) * (1 + Rational(1, over: 1 << 30))
        let size = norm.size(image.map(\.magnitude))
        #expect(size <= allowed)
        if size * 2 > allowed { close += 1 }
      }
    }
    #expect(contracting > 50 && euclidean > 10 && close > 100, "\(contracting), \(euclidean), \(close)")
  }

  /// Rotations grow in every weighted maximum norm, and settle: linear or not, with delays; no run exceeds the bound.
  @Test func rotationsSettle() throws {
    let context = IntervalContext(precision: 256)
    for (activation, delay) in [(Activation.identity, 1), (.tanh, 1), (.hardTanh, 2), (.softsign, 3)] {
      var net = NetworkBuilder("rotation")
      let turn: [[Rational]] = [
        [Rational(54, over: 100), Rational(-72, over: 100)], [Rational(72, over: 100), Rational(54, over: 100)],
      ]
      let h = net.layer("h", width: 2, activation, reading: net.input("u").weighted([[1], [Rational(1, over: 3)]]))
      net.connect(h.weighted(turn).delayed(delay), to: h)
      let y = net.layer("y", reading: h.weighted([[1, 1]]))
      let network = try RecurrentNetwork(
        net.architecture(outputs: y), input: [Vector([Rational(1, over: 4)])], target: [Vector([1])])
      let contraction = try Contraction(network)
      #expect(contraction.euclideanStates.forward == 2 * delay && contraction.euclideanStates.backward == 2)
      let gradient = try RecurrentGradient(contraction, in: context)
      let machine: TickMachine<Interval> = network.machine(ticks: 31, in: context)
      for edge in network.architecture.edges.indices {
        for tick in 0...30 {
          #expect(try gradient.distance(of: edge, at: tick, in: machine).upper <= gradient.bound(of: edge, at: tick))
        }
        #expect(gradient.bound(of: edge, at: 400) < gradient.bound(of: edge, at: 30) / 1000)
      }
    }
    // A rotation by more than 1 has no norm, and is not said to run away: nothing was proved of it.
    var net = NetworkBuilder("rotation")
    let h = net.layer("h", width: 2, .tanh, reading: net.input("u").weighted([[1], [1]]))
    net.connect(
      h.weighted([[Rational(5, over: 8), Rational(-7, over: 8)], [Rational(7, over: 8), Rational(5, over: 8)]]), to: h)
    let network = try RecurrentNetwork(net.architecture(outputs: h), input: [Vector([1])], target: [Vector([0, 0])])
    let refused = #expect(throws: NetworkError.self) { try Contraction(network) }
    #expect(refused?.message.contains("is not known") == true && refused?.message.contains("rho of |M|") == true)
  }

  /// A loop of −1 + 10⁻¹¹ hardly shrinks: ticks alone would enclose its fixed point by ±10¹¹, the linear equation does not.
  @Test func loopsNearOneAreSolved() throws {
    for activation in [Activation.identity, .tanh] {
      var net = NetworkBuilder("near")
      let loop = Rational(1, over: 100_000_000_000) - 1
      let y = net.layer("y", activation, reading: net.input("u").weighted([[1]]))
      net.connect(y.weighted([[loop]]), to: y)
      let network = try RecurrentNetwork(net.architecture(outputs: y), input: [Vector([1])], target: [Vector([0])])
      let gradient = try RecurrentGradient(Contraction(network))
      let value = gradient.activities[1][0]
      #expect(value.width < Rational(1, over: 1_000_000_000_000_000))
      if activation == .identity { #expect(value.contains(1 / (1 - loop))) }
      #expect(gradient.gradient(of: 1)[0, 0].width < Rational(1, over: 1_000_000))
    }
  }

  /// Weights beyond the floats between components, and a chain as long as a deep network.
  @Test func hugeWeightsAndLongChainsAreCertified() throws {
    var net = NetworkBuilder("huge")
    let h = net.layer("h", .tanh, reading: net.input("u").weighted([[1]]))
    net.connect(h.weighted([[Rational(1, over: 2)]]), to: h)
    let y = net.layer("y", reading: h.weighted([[Rational(10).power(400)]]))
    let network = try RecurrentNetwork(net.architecture(outputs: y), input: [Vector([1])], target: [Vector([0])])
    #expect(try Contraction(network).rate < Rational(9, over: 16))
    var chain = StateMatrix(count: 20_000)
    for state in 1..<20_000 { chain.add(1, row: state, column: state - 1) }
    #expect(chain.components() == (0..<20_000).map { [$0] })
    chain.add(1, row: 0, column: 19_999)
    #expect(chain.components() == [Array(0..<20_000)])
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
