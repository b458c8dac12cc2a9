import ExactArithmetic

/// constant + gradient · point, exactly.
struct AffineFunction: Sendable {
  let constant: Rational
  let gradient: Vector<Rational>

  init(constant: Rational, gradient: Vector<Rational>) {
    self.constant = constant
    self.gradient = gradient
  }

  /// The affine function that a jet is round a point, direction k the k-th coordinate.
  init(_ jet: Jet<Rational>, round point: Vector<Rational>) {
    var slopes = [Rational](repeating: 0, count: point.count)
    for (direction, slope) in jet.partials { slopes[direction] = slope }
    gradient = Vector(slopes)
    constant = jet.value - gradient.dot(point)
  }

  func value(at point: Vector<Rational>) -> Rational { constant + gradient.dot(point) }

  var negated: AffineFunction { AffineFunction(constant: -constant, gradient: -gradient) }
}

extension Vector where Element == Rational {
  /// The point at a share of the way from here to another.
  func going(_ share: Rational, towards other: Vector) -> Vector {
    share.isZero ? self : Vector(zip(elements, other.elements).map { $0 + share * ($1 - $0) })
  }
}
