internal import CMPFR

/// Functions made of the exponential and the normal distribution, enclosed over the interval.
///
/// Where a value tends to zero or to its asymptote it is enclosed by that and by its value at the edge of the range that
/// is evaluated, as in the functions of sigmoids: exact ends would have exponents of any size.
extension Interval {
  /// eˣ − 1 over the part of the interval that is not positive (0 where there is none).
  public func negativeExponentialMinusOne() -> Interval {
    unsafe nonpositive.increasing { result, argument, rounding in
      guard unsafe mpfr_cmp_si_2exp(argument, -1, 16) < 0 else {
        unsafe mpfr_expm1(result, argument, rounding)
        return
      }
      if rounding == MPFR_RNDD {
        unsafe mpfr_set_si_2exp(result, -1, 0, rounding)
      } else {
        let edge = Scratch(precision: 2)
        unsafe mpfr_set_si_2exp(&edge.value, -1, 16, MPFR_RNDN)
        unsafe mpfr_expm1(result, &edge.value, rounding)
      }
    }
  }

  /// eˣ over the part of the interval that is not positive (1 where there is none).
  public func negativeExponential() -> Interval {
    guard let result = try? nonpositive.exp() else { preconditionFailure("exp of a number that is not positive") }
    return result
  }

  private var nonpositive: Interval { Interval.minimum(self, Interval(point: 0, precision: max(precision, 53))) }

  /// ln(1 + eˣ), which increases.
  public func softplus() -> Interval {
    unsafe increasing { result, argument, rounding in
      if unsafe mpfr_cmp_ui_2exp(argument, 1, 16) > 0 {
        // x < ln(1 + eˣ) < x + e⁻ˣ, and e⁻ˣ < 2⁻⁹⁴⁰⁰⁰.
        let rest = Scratch(precision: 2)
        unsafe mpfr_set_ui_2exp(&rest.value, rounding == MPFR_RNDD ? 0 : 1, -94_000, MPFR_RNDN)
        unsafe mpfr_add(result, argument, &rest.value, rounding)
        return
      }
      let scratch = unsafe Scratch(precision: mpfr_get_prec(result) + Interval.guardBits)
      if unsafe mpfr_cmp_si_2exp(argument, -1, 16) < 0 {
        if rounding == MPFR_RNDD {
          unsafe mpfr_set_ui_2exp(result, 0, 0, rounding)
          return
        }
        unsafe mpfr_set_si_2exp(&scratch.value, -1, 16, MPFR_RNDN)
        unsafe mpfr_exp(&scratch.value, &scratch.value, rounding)
      } else {
        unsafe mpfr_exp(&scratch.value, argument, rounding)
      }
      unsafe mpfr_log1p(result, &scratch.value, rounding)
    }
  }

  /// Φ(x), the distribution function of the standard normal distribution: ½ erfc(−x/√2).
  public func normalDistribution() -> Interval {
    unsafe increasing { result, argument, rounding in
      let scratch = unsafe Scratch(precision: mpfr_get_prec(result) + Interval.guardBits)
      let isFarLeft = unsafe mpfr_cmp_si_2exp(argument, -1, 8) < 0
      if isFarLeft && rounding == MPFR_RNDD {
        unsafe mpfr_set_ui_2exp(result, 0, 0, rounding)
        return
      }
      // erfc falls: its argument is rounded the other way.
      let opposite = rounding == MPFR_RNDD ? MPFR_RNDU : MPFR_RNDD
      let root = unsafe Scratch(precision: mpfr_get_prec(result) + Interval.guardBits)
      unsafe mpfr_sqrt_ui(&root.value, 2, (mpfr_sgn(argument) < 0) == (opposite == MPFR_RNDU) ? MPFR_RNDD : MPFR_RNDU)
      if isFarLeft {
        unsafe mpfr_set_ui_2exp(&scratch.value, 1, 8, MPFR_RNDN)
        unsafe mpfr_div(&scratch.value, &scratch.value, &root.value, opposite)
      } else {
        unsafe mpfr_neg(&scratch.value, argument, opposite)
        unsafe mpfr_div(&scratch.value, &scratch.value, &root.value, opposite)
      }
      unsafe mpfr_erfc(&scratch.value, &scratch.value, rounding)
      unsafe mpfr_div_2ui(result, &scratch.value, 1, rounding)
    }
  }

  /// φ(x) = e^(−x²/2)/√(2π), the density of the standard normal distribution.
  public func normalDensity() -> Interval {
    unsafe decreasingInMagnitude(cut: 8) { result, argument, rounding in
      let opposite = rounding == MPFR_RNDD ? MPFR_RNDU : MPFR_RNDD
      let scratch = unsafe Scratch(precision: mpfr_get_prec(result) + Interval.guardBits)
      let root = unsafe Scratch(precision: mpfr_get_prec(result) + Interval.guardBits)
      unsafe mpfr_sqr(&scratch.value, argument, opposite)
      unsafe mpfr_div_2ui(&scratch.value, &scratch.value, 1, opposite)
      unsafe mpfr_neg(&scratch.value, &scratch.value, rounding)
      unsafe mpfr_exp(&scratch.value, &scratch.value, rounding)
      unsafe mpfr_const_pi(&root.value, opposite)
      unsafe mpfr_mul_2ui(&root.value, &root.value, 1, opposite)
      unsafe mpfr_sqrt(&root.value, &root.value, opposite)
      unsafe mpfr_div(result, &scratch.value, &root.value, rounding)
    }
  }

  /// √(8/π), enclosed: twice the factor in the tanh form of gelu.
  public static func rootOfEightOverPi(precision: Int) -> Interval {
    let result = IntervalEnds(precision: max(precision, 53))
    let scratch = Scratch(precision: result.precision + guardBits)
    unsafe mpfr_const_pi(&scratch.value, MPFR_RNDU)
    unsafe mpfr_ui_div(&scratch.value, 8, &scratch.value, MPFR_RNDD)
    unsafe mpfr_sqrt(&result.lower, &scratch.value, MPFR_RNDD)
    unsafe mpfr_const_pi(&scratch.value, MPFR_RNDD)
    unsafe mpfr_ui_div(&scratch.value, 8, &scratch.value, MPFR_RNDU)
    unsafe mpfr_sqrt(&result.upper, &scratch.value, MPFR_RNDU)
    return Interval(result)
  }
}
