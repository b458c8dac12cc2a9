/// An affine form that remembers how it was made, so that linear bounds can be propagated back to the noise symbols.
///
/// Operations enclose as those of ``AffineForm`` do; the record lets the range of a result, and of what nonlinear
/// operations read, be cut to backward linear bounds. Neither kind of bound is always the better one: ranges are those
/// in which both hold.
public struct TracedForm: Sendable {
  let run: TracedRun

  init(_ run: TracedRun) {
    self.run = run
  }

  public init(_ form: AffineForm) {
    run = TracedRun(form.run)
  }
}

extension TracedForm: Scalar {
  public typealias Storage = TracedRun

  public static func exact(_ value: Rational, in context: AffineContext) -> TracedForm {
    TracedForm(AffineForm.exact(value, in: context))
  }

  public static let zero = TracedForm(AffineForm.zero)

  public static func + (left: TracedForm, right: TracedForm) -> TracedForm { TracedForm(.sum(left.run, right.run)) }
  public static func - (left: TracedForm, right: TracedForm) -> TracedForm {
    TracedForm(.difference(left.run, right.run))
  }
  public static func * (left: TracedForm, right: TracedForm) -> TracedForm {
    TracedForm(.hadamard(left.run, right.run))
  }
  public static prefix func - (operand: TracedForm) -> TracedForm { TracedForm(operand.run.negated()) }

  /// The form without its record.
  public var form: AffineForm { AffineForm(run.forms) }

  public var isZero: Bool { run.isZero }
  public func isCertainlyDifferent(from other: TracedForm) -> Bool { form.isCertainlyDifferent(from: other.form) }
  public func isCertainlyEqual(to other: TracedForm) -> Bool { form.isCertainlyEqual(to: other.form) }
  public var description: String { form.description }
}
