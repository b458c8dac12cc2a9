import ExactArithmetic

/// Evaluation that records itself: affine forms whose ranges are cut to backward linear bounds where that pays.
extension TracedForm: NetworkScalar {
  public static func apply(
    _ activation: Activation, to drive: Vector<TracedForm>, in context: AffineContext
  ) -> Vector<TracedForm> {
    guard activation != .identity else { return drive }
    return follow(DriveFunction(activation, .value), drive, in: context) {
      AffineForm.apply(activation, to: $0, in: context)
    }
  }

  public static func slope(
    _ activation: Activation, at drive: Vector<TracedForm>, in context: AffineContext
  ) -> Vector<TracedForm> {
    follow(DriveFunction(activation, .slope), drive, in: context) {
      AffineForm.slope(activation, at: $0, in: context)
    }
  }

  public static func pass(
    _ wave: Vector<TracedForm>, through activation: Activation, at drive: Vector<TracedForm>,
    in context: AffineContext
  ) -> Vector<TracedForm> {
    guard activation != .identity else { return wave }
    return Vector(
      storage: .hadamard(slope(activation, at: drive, in: context).storage, wave.storage, in: context))
  }

  private static func follow(
    _ function: DriveFunction, _ drive: Vector<TracedForm>, in context: AffineContext,
    _ evaluate: (Vector<AffineForm>) -> Vector<AffineForm>
  ) -> Vector<TracedForm> {
    let run = drive.storage.tightened(share: TapeShare.intermediate)
    let forms = evaluate(Vector(storage: run)).storage
    guard !forms.isUnbounded else { return Vector(storage: TracedRun(forms)) }
    var (below, above) = ([[SupportPlane]](), [[SupportPlane]]())
    for row in 0..<run.count {
      let (low, high) = run.deviation(row)
      let supports = SupportLines(
        function.unit(row), centre: run.centre(row), low: low, high: high, result: forms.centre(row))
      below.append(supports.below)
      above.append(supports.above)
    }
    return Vector(storage: drive.storage.following(forms, below: below, above: above))
  }
}
