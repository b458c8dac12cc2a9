import ExactArithmetic
import Testing

@Suite struct LagSetTests {
  func draw(_ generator: inout SeededGenerator) -> LagSet {
    switch generator.int(0...4) {
    case 0: .zero
    case 1: .constant
    case 2: LagSet(lag: generator.int(-3...3))
    default: LagSet(lags: (0..<generator.int(0...5)).map { _ in generator.int(-4...4) })
    }
  }

  @Test func semiringLaws() {
    var generator = SeededGenerator(seed: 41)
    for _ in 0..<2000 {
      let (a, b, c) = (draw(&generator), draw(&generator), draw(&generator))
      #expect(a + b == b + a && a * b == b * a)
      #expect((a + b) + c == a + (b + c) && (a * b) * c == a * (b * c))
      #expect(a + .zero == a && a * .zero == .zero && a * .constant == a && a + a == a)
      #expect(a * (b + c) == a * b + a * c)
      #expect(a - b == a + b && -a == a)
      #expect((a + b).isZero == (a.isZero && b.isZero) && (a * b).isZero == (a.isZero || b.isZero))
      #expect(Set((a + b).lags) == Set(a.lags).union(b.lags))
      #expect((a + b).lags == (a + b).lags.sorted())
    }
  }

  @Test func constantsAreNotZero() {
    #expect(LagSet.constant(0) == .zero && LagSet.constant(5) == .constant && !LagSet.constant.isZero)
    #expect(LagSet.zero.lags.isEmpty && LagSet.constant != .zero)
    #expect(!LagSet(lag: 1).isCertainlyEqual(to: LagSet(lag: 1)) && LagSet.zero.isCertainlyEqual(to: .zero))
    #expect(LagSet(lags: [3, 1, 3]).description == "{1, 3}" && LagSet.zero.description == "0")
  }

  @Test func mapsUniteTheLagsOfTheirStoredEntries() {
    let map = LinearMap(rows: 3, columns: 2, entries: [(0, 0, 1), (0, 1, -1), (1, 1, 2)])
    let image = map.apply(to: Vector([LagSet(lag: 1), LagSet(lag: 4)]), in: LagContext())
    #expect(image.elements == [LagSet(lags: [1, 4]), LagSet(lag: 4), .zero])
    let back = map.applyTransposed(to: Vector([LagSet(lag: 2), .constant, LagSet(lag: 9)]), in: LagContext())
    #expect(back.elements == [LagSet(lag: 2), LagSet(lag: 2)])
  }

  @Test func mapsUniteLagsAsSumsOfProductsDo() {
    var generator = SeededGenerator(seed: 43)
    var zeros = 0
    for _ in 0..<300 {
      let (rows, columns) = (generator.int(1...4), generator.int(1...4))
      let weights = (0..<rows * columns).map { _ in Rational(generator.int(-1...1)) }
      let dense = LinearMap(Matrix(rows: rows, columns: columns, elements: weights))
      let sparse = LinearMap(
        rows: rows, columns: columns, entries: weights.enumerated().map { ($0 / columns, $0 % columns, $1) })
      let vector = (0..<columns).map { _ in draw(&generator) }
      for row in 0..<rows {
        let sum = (0..<columns).reduce(LagSet.zero) { $0 + .constant(weights[row * columns + $1]) * vector[$1] }
        for map in [dense, sparse] {
          #expect(map.apply(to: Vector(vector), in: LagContext())[row] == sum)
          #expect(map.transposed.applyTransposed(to: Vector(vector), in: LagContext())[row] == sum)
        }
        if sum.isZero { zeros += 1 }
      }
    }
    #expect(zeros > 10)
  }
}
