import ExactArithmetic

/// Enclosing evaluation that keeps correlations: σ and σ′ become lines with a band each.
extension AffineForm: NetworkScalar {
  public static func apply(
    _ activation: Activation, to drive: Vector<AffineForm>, in context: AffineContext
  ) -> Vector<AffineForm> {
    activation == .identity ? drive : follow(DriveFunction(activation, .value), drive, in: context)
  }

  public static func slope(
    _ activation: Activation, at drive: Vector<AffineForm>, in context: AffineContext
  ) -> Vector<AffineForm> {
    follow(DriveFunction(activation, .slope), drive, in: context)
  }

  public static func pass(
    _ wave: Vector<AffineForm>, through activation: Activation, at drive: Vector<AffineForm>,
    in context: AffineContext
  ) -> Vector<AffineForm> {
    guard activation != .identity else { return wave }
    return Vector(
      storage: .hadamard(slope(activation, at: drive, in: context).storage, wave.storage, in: context))
  }

  private static func follow(
    _ function: DriveFunction, _ drive: Vector<AffineForm>, in context: AffineContext
  ) -> Vector<AffineForm> {
    let run = drive.storage
    guard !run.isUnbounded else { return Vector(storage: .unbounded(run.count)) }
    // σ at the centres serves σ and σ′ alike, and is the dearest part of either.
    let values = { (row: Int) in
      run.memo.value(named: function.activation.description, row, of: run.count) {
        run.centre(row).image(under: function.activation.unit(row), in: context.interval)
      }
    }
    let lines = (0..<run.count).map { row in
      let (low, high) = run.deviation(row)
      return function.unit(row).line(centre: run.centre(row), low: low, high: high) { values(row) }
    }
    return Vector(storage: run.following(lines, in: context))
  }
}
