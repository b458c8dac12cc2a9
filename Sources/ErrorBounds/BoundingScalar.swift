import ExactArithmetic
import Networks

/// Forms over noise symbols in which a family of frames can be written, and whose ranges bound errors.
///
/// The rungs of the ladder that evaluate forms differ in this scalar alone.
protocol BoundingScalar: NetworkScalar where Context == AffineContext {
  /// The rung, in words.
  static var method: String { get }

  init(_ form: AffineForm)

  /// The forms of a result, with the narrowest ranges that the scalar can prove.
  static func ranges(_ storage: Storage) -> AffineRun

  /// The ranges of all products of an entry of one and one of the other, row by row.
  static func productRanges(_ column: Storage, _ row: Storage) -> [AffineRun.ProductRange]
}

extension BoundingScalar {
  static func constants(_ centres: [Interval]) -> Storage {
    Vector(AffineRun(centres: centres).elements.map(Self.init)).storage
  }
}

extension AffineForm: BoundingScalar {
  static var method: String { "affine" }
  init(_ form: AffineForm) { self = form }
  static func ranges(_ storage: AffineRun) -> AffineRun { storage }
  static func productRanges(_ column: AffineRun, _ row: AffineRun) -> [AffineRun.ProductRange] {
    AffineRun.outerRanges(column, row)
  }
}

extension TracedForm: BoundingScalar {
  static var method: String { "backward linear" }
  static func ranges(_ storage: TracedRun) -> AffineRun { storage.tightened() }

  static func productRanges(_ column: TracedRun, _ row: TracedRun) -> [AffineRun.ProductRange] {
    let (left, right, together) = (ranges(column), ranges(row), ranges(.outer(column, row)))
    return (0..<left.count).flatMap { i in
      (0..<right.count).map { j in
        let index = i * right.count + j
        // Products of forms may have a centre beside that of their factors.
        let centre = left.centre(i) * right.centre(j)
        let shift = (together.centre(index) - centre).doubles
        let (low, high) = together.deviation(index)
        let ends = centre.doubles
        return AffineRun.ProductRange(
          low: (shift.lower + low).nextDown, high: (shift.upper + high).nextUp, centreLow: ends.lower,
          centreHigh: ends.upper)
      }
    }
  }
}
