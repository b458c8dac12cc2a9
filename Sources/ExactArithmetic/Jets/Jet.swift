/// A number together with its partial derivatives of first order, over any scalar.
///
/// Forward differentiation: sums and products follow the rules of calculus, so that a computation on jets computes
/// exact derivatives on exact scalars, and enclosures of all derivatives over a box on enclosures. Jets of jets hold
/// second derivatives. A direction that is not listed has derivative zero.
public struct Jet<Base: Scalar>: Sendable {
  public let value: Base
  /// By direction, ascending.
  public let partials: [(direction: Int, value: Base)]

  public init(_ value: Base, partials: [(direction: Int, value: Base)] = []) {
    self.value = value
    self.partials = partials.sorted { $0.direction < $1.direction }
  }

  public subscript(direction: Int) -> Base {
    partials.first { $0.direction == direction }?.value ?? .zero
  }
}

extension Jet: Scalar {
  public typealias Storage = JetRun<Base>

  public static func exact(_ value: Rational, in context: Base.Context) -> Jet { Jet(.exact(value, in: context)) }

  public static var zero: Jet { Jet(.zero) }

  public static func + (left: Jet, right: Jet) -> Jet { JetRun.sum(JetRun([left]), JetRun([right]))[0] }
  public static func - (left: Jet, right: Jet) -> Jet { JetRun.difference(JetRun([left]), JetRun([right]))[0] }
  public static func * (left: Jet, right: Jet) -> Jet { JetRun.hadamard(JetRun([left]), JetRun([right]))[0] }
  public static prefix func - (operand: Jet) -> Jet { JetRun([operand]).negated()[0] }

  /// The value and every derivative are certainly zero.
  public var isZero: Bool { value.isZero && partials.allSatisfy(\.value.isZero) }

  public func isCertainlyDifferent(from other: Jet) -> Bool { value.isCertainlyDifferent(from: other.value) }
  public func isCertainlyEqual(to other: Jet) -> Bool { value.isCertainlyEqual(to: other.value) }

  public var description: String {
    value.description + partials.map { " + \($0.value) d\($0.direction)" }.joined()
  }
}
