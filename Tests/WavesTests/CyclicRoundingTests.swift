import ExactArithmetic
import Networks
import Testing

@testable import Waves

/// Where the proofs of cyclic graphs round, and what they compare, on numbers chosen so that the last digit counts.
@Suite struct CyclicRoundingTests {
  private static func draws(seed: UInt64) -> (Int) -> Int {
    var state = seed
    return { count in
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % count
    }
  }

  @Test func rootsAreRoundedUp() {
    let below = Self.draws(seed: 3)
    var inexact = 0
    for _ in 0..<2_000 {
      let scale = Rational(2).power(below(200) - 100)
      let value = Rational(Integer(1 + below(100_000)), over: Integer(1 + below(1_000))) * scale
      let root = StateNorm.rootAbove(value)
      #expect(root * root >= value, "\(value)")
      #expect(root * root <= value * (1 + Rational(1, over: 1 << 30)), "\(value)")
      if root * root != value { inexact += 1 }
      #expect(StateNorm.rootAbove(value * value) == value)
    }
    #expect(inexact > 1_500)
  }

  /// What is called shrinking shrinks every vector, and what stretches one is not called so.
  @Test func shrinkingIsProvedOnVectors() {
    let below = Self.draws(seed: 5)
    var (proved, refused) = (0, 0)
    for _ in 0..<400 {
      let count = 2 + below(3)
      let rows = (0..<count).map { _ in
        (0..<count).map { (column: $0, value: Rational(Integer(below(17) - 8), over: Integer(4 * count))) }
      }
      let rate = Rational(Integer(1 + below(31)), over: 32)
      let stretches = (0..<20).contains { _ in
        let vector = (0..<count).map { _ in Rational(Integer(below(9) - 4)) }
        let image = rows.map { $0.reduce(Rational.zero) { $0 + $1.value * vector[$1.column] } }
        func square(_ vector: [Rational]) -> Rational { vector.reduce(0) { $0 + $1 * $1 } }
        return square(image) > rate * rate * square(vector)
      }
      let isShrinking = EuclideanContraction.isShrinking(rows, rate)
      #expect(!isShrinking || !stretches)
      if isShrinking { proved += 1 }
      if stretches { refused += 1 }
    }
    #expect(proved > 20 && refused > 50, "\(proved) proved, \(refused) stretched")
  }

  /// Few bits and loops near 1: the point where rounded steps rest is far from the fixed point, and the enclosure reaches it.
  @Test func fixedPointsAreEnclosedAtFewBits() throws {
    var apart = 0
    for precision in [24, 32] {
      for (numerator, denominator) in [(99, 100), (-99, 100), (999, 1_000), (700, 1_001)] {
        let loop = Rational(Integer(numerator), over: Integer(denominator))
        var net = NetworkBuilder("loop")
        let h = net.layer("h", reading: net.input("u").weighted([[Rational(1, over: 3)]]))
        net.connect(h.weighted([[loop]]), to: h)
        let network = try RecurrentNetwork(net.architecture(outputs: h), input: [Vector([1])], target: [Vector([0])])
        let gradient = try RecurrentGradient(Contraction(network), in: IntervalContext(precision: precision))
        let point = Rational(1, over: 3) / (1 - loop)
        #expect(gradient.activities[1][0].contains(point), "loop \(loop), \(precision) bits")
        // δ* = x* − y + w δ*
        #expect(gradient.deltas[1][0].contains(point / (1 - loop)), "loop \(loop), \(precision) bits")
        if !gradient.activities[1][0].isPoint { apart += 1 }
      }
    }
    #expect(apart > 4)
  }

  /// An error that waits b ticks on its way back is not there at tick 0, whatever it will be.
  @Test func errorsThatWaitAreNotThereYet() throws {
    var net = NetworkBuilder("wait")
    let h = net.layer("h", .tanh, reading: net.input("u").weighted([[1]]))
    net.connect(h.weighted([[Rational(1, over: 8)]]), to: h)
    let y = net.layer("y", reading: h.weighted([[Rational(1, over: 2)]]).delayed(1, backward: 3))
    let network = try RecurrentNetwork(net.architecture(outputs: y), input: [Vector([0])], target: [Vector([1])])
    let gradient = try RecurrentGradient(Contraction(network))
    let waiting = gradient.contraction.backward[2]
    #expect(waiting.count == 3)
    for weights in waiting.dropFirst() {
      #expect(gradient.errorDistance * weights[0] >= gradient.deltas[2][0].magnitudes.lower)
    }
  }
}
