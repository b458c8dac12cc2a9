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
}

extension TracedForm: BoundingScalar {
  static var method: String { "backward linear" }
  static func ranges(_ storage: TracedRun) -> AffineRun { storage.tightened() }
}
