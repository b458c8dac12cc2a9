import ExactArithmetic

/// The two ends of a number's values over all pieces of a box, and frames where they are reached or approached.
struct PieceRange: Sendable {
  /// The value at a point of a closed piece. Where the half-open piece leaves the point out, its values come arbitrarily
  /// close to it on the way from the piece's middle.
  struct End: Sendable {
    let value: Rational
    let point: Vector<Rational>
    let middle: Vector<Rational>
  }

  let low: End
  let high: End
}
