import ExactArithmetic

extension PublishedClaim {
  static let delayedDescent = PublishedClaim(
    id: "PD4", paper: pipelinePaper, source: "on stale gradients, by linear stability",
    statement: "Descent by gradients D updates old on a curvature h, w_{t+1} = w_t − h w_{t−D}, is stable iff "
      + "0 < h < 2 sin(π/(4D + 2)).",
    hypotheses: ["quadratic loss, learning rate 1", "D = 0 … 6"]
  ) { _ in
    var parts: [ClaimPart] = []
    func eighths(_ count: Int) -> Rational { Rational(Integer(count), over: 8) }
    for delay in 0...6 {
      let (lower, upper) = criticalCurvature(delay)
      let inside = try (1...8).allSatisfy { try isStable(delay, lower * eighths($0)) }
      let outside = try (0...8).contains { try isStable(delay, upper + (2 - lower) * eighths($0)) }
      let holds = try inside && !outside && !isStable(delay, 0) && !isStable(delay, -lower)
      let text = "2 sin(π/\(4 * delay + 2)) " + NumberText.marked(lower, digits: 9)
      parts.append(
        ClaimPart(
          "D = \(delay)", holds ? .proved : .refuted,
          text
            + ": stable at the lower end of a bracket 2^−48 wide and at 7 points below, unstable at the upper end and above",
          witness: holds ? nil : ClaimWitness(text: text + " is not the bound")))
    }
    let failed = parts.first { $0.verdict != .proved }
    return ClaimOutcome(
      failed?.verdict ?? .proved,
      reasons: [
        .proved:
          "Schur and Cohn's test of z^{D+1} − z^D + h in rational numbers on both sides of the root of a Chebyshev "
          + "polynomial, 2 sin(π/(4D + 2)) = 2 cos(Dπ/(2D + 1)); between those points roots cross the circle at no smaller h"
      ], witness: failed?.witness, parts: parts)
  }

  /// A bracket of 2 cos(Dπ/(2D + 1)): the least positive root of C_{D+1} ± C_D, where C_n(2 cos a) = 2 cos(n a).
  private static func criticalCurvature(_ delay: Int) -> (Rational, Rational) {
    func value(_ x: Rational) -> Rational {
      var (previous, current) = (2 as Rational, x)
      for _ in 0..<delay { (previous, current) = (current, x * current - previous) }
      return delay % 2 == 1 ? current + previous : current - previous
    }
    let step = Rational(1, over: 64)
    var lower: Rational = step
    while value(lower).sign == value(lower + step).sign { lower = lower + step }
    var upper = lower + step
    if value(upper).isZero { return (upper - Rational(1, over: 2).power(48), upper + Rational(1, over: 2).power(48)) }
    while upper - lower > Rational(1, over: 2).power(48) {
      let middle = (lower + upper) / 2
      if value(middle).sign == value(lower).sign { lower = middle } else { upper = middle }
    }
    return (lower, upper)
  }

  /// Whether all roots of z^{D+1} − z^D + h lie inside the unit circle.
  private static func isStable(_ delay: Int, _ curvature: Rational) throws -> Bool {
    var coefficients = [Rational](repeating: 0, count: delay + 2)
    coefficients[0] = curvature
    coefficients[delay] = coefficients[delay] - 1
    coefficients[delay + 1] = 1
    while coefficients.count > 1 {
      guard let last = coefficients.last, coefficients[0].magnitude < last.magnitude else { return false }
      let first = coefficients[0]
      let reversed = Array(coefficients.reversed())
      coefficients = (1..<coefficients.count).map { last * coefficients[$0] - first * reversed[$0] }
    }
    return true
  }
}
