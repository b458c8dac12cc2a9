import ExactArithmetic
import PropertyTesting
import Testing

@testable import ErrorBounds

@Suite("Bounds of entries and their norms, rounded outward")
struct EntryBoundsTests {
  @Test("The Frobenius norm of bounds is at least the exact one")
  func frobenius() {
    var draw = SystemDraw(seed: 5)
    for round in 0..<4_000 {
      let (rows, columns) = (1 + draw.below(4), 1 + draw.below(5))
      let scale = [1, 0x1p-600, 0x1p600, 0x1p-40][round % 4]
      let values = (0..<rows * columns).map { _ in draw.below(5) == 0 ? 0 : draw.unit().magnitude * scale }
      let bounds = EntryBounds(rows: rows, columns: columns, values: values)
      let exact = values.map(FrameFamily.exact).reduce(Rational.zero) { $0 + $1 * $1 }
      let norm = FrameFamily.exact(bounds.frobenius)
      #expect(norm * norm >= exact)
      #expect(norm * norm <= exact * Rational(1_000_001, over: 1_000_000))
    }
  }

  @Test("A bound that stands for many entries bounds their Frobenius norm")
  func coarse() {
    var draw = SystemDraw(seed: 6)
    for count in 1...3_000 {
      let largest = draw.unit().magnitude
      let bounds = EntryBounds(coarse: largest, place: (0, 0), 1, count)
      let norm = FrameFamily.exact(bounds.frobenius)
      #expect(norm * norm >= FrameFamily.exact(largest) * FrameFamily.exact(largest) * Rational(count))
    }
  }

  @Test("A product's range bounds its magnitude, to the last bit")
  func products() {
    var draw = SystemDraw(seed: 7)
    for _ in 0..<4_000 {
      let (a, b, c, d) = (draw.unit() * 3, draw.unit(), draw.unit() * 0x1p-30, draw.unit())
      let range = AffineRun.ProductRange(
        low: min(b, d), high: max(b, d), centreLow: min(a, a + c), centreHigh: max(a, a + c))
      let bound = FrameFamily.exact(EntryBounds(products: [range], rows: 1, columns: 1).values[0])
      #expect(bound >= FrameFamily.exact(range.centreHigh) + FrameFamily.exact(range.high))
      #expect(bound >= -(FrameFamily.exact(range.centreLow) + FrameFamily.exact(range.low)))
    }
  }

  @Test("Roots are rounded to their sides")
  func roots() {
    for number in [2, 3, 4, 9, 10, 1_000_003] as [Rational] {
      for value in [number, number / 7, 1 / number] {
        let (below, above) = (Root.below(value), Root.above(value))
        #expect(below * below <= value && value <= above * above)
        #expect(above - below <= value / 1_000_000_000)
      }
    }
  }
}
