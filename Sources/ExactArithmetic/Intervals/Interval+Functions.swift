internal import CMPFR

/// Enclosures of the range of a function over the interval: each end is the function at a point where it is extreme,
/// rounded outward.
///
/// Beyond |x| = 2¹⁶ a value that tends to zero is enclosed by 0 and its value at 2¹⁶: its exact ends would have
/// exponents of any size.
extension Interval {
  typealias Evaluation = (
    _ result: UnsafeMutablePointer<__mpfr_struct>, _ argument: UnsafePointer<__mpfr_struct>, _ rounding: mpfr_rnd_t
  ) -> Void

  /// Working bits beyond the result's for functions composed of several roundings.
  static let guardBits = 32

  /// [f(lower), f(upper)] for an increasing f.
  func increasing(_ function: Evaluation) -> Interval {
    let (result, ends) = (IntervalEnds(precision: precision), ends)
    unsafe function(&result.lower, &ends.lower, MPFR_RNDD)
    unsafe function(&result.upper, &ends.upper, MPFR_RNDU)
    return Interval(result)
  }

  /// f over |self| for a positive f that decreases in |x|, such as the derivative of a sigmoid.
  ///
  /// - Parameter cut: beyond 2^cut the value is enclosed by 0 and that at 2^cut.
  func decreasingInMagnitude(cut: Int = 16, _ function: Evaluation) -> Interval {
    let (result, magnitude) = (IntervalEnds(precision: precision), absoluteValue.ends)
    if unsafe mpfr_cmp_ui_2exp(&magnitude.upper, 1, cut) > 0 {
      unsafe mpfr_set_ui_2exp(&result.lower, 0, 0, MPFR_RNDD)
    } else {
      unsafe function(&result.lower, &magnitude.upper, MPFR_RNDD)
    }
    let nearest = Scratch(precision: precision)
    unsafe mpfr_set_ui_2exp(&nearest.value, 1, cut, MPFR_RNDN)
    unsafe mpfr_min(&nearest.value, &nearest.value, &magnitude.lower, MPFR_RNDN)
    unsafe function(&result.upper, &nearest.value, MPFR_RNDU)
    return Interval(result)
  }

  /// tanh over the interval, tight.
  public func tanh() -> Interval {
    unsafe increasing { unsafe mpfr_tanh($0, $1, $2) }
  }

  /// tanh′ = sech² over the interval: largest, 1, at zero.
  public func tanhDerivative() -> Interval {
    unsafe decreasingInMagnitude { result, argument, rounding in
      let scratch = unsafe Scratch(precision: mpfr_get_prec(result) + Interval.guardBits)
      unsafe mpfr_sech(&scratch.value, argument, rounding)
      unsafe mpfr_sqr(result, &scratch.value, rounding)
    }
  }

  /// 1/(1 + e⁻ˣ) over the interval.
  public func logistic() -> Interval {
    unsafe increasing { result, argument, rounding in
      let scratch = unsafe Scratch(precision: mpfr_get_prec(result) + Interval.guardBits)
      let isFarLeft = unsafe mpfr_cmp_si_2exp(argument, -1, 16) < 0
      if isFarLeft && rounding == MPFR_RNDD {
        unsafe mpfr_set_ui_2exp(result, 0, 0, rounding)
        return
      }
      if isFarLeft {
        unsafe mpfr_set_ui_2exp(&scratch.value, 1, 16, MPFR_RNDN)
      } else {
        // Exact: the scratch has more bits than the argument.
        unsafe mpfr_neg(&scratch.value, argument, MPFR_RNDN)
      }
      let opposite = rounding == MPFR_RNDD ? MPFR_RNDU : MPFR_RNDD
      unsafe mpfr_exp(&scratch.value, &scratch.value, opposite)
      unsafe mpfr_add_ui(&scratch.value, &scratch.value, 1, opposite)
      unsafe mpfr_ui_div(result, 1, &scratch.value, rounding)
    }
  }

  /// logistic′ = sech²(x/2)/4 over the interval: largest, ¼, at zero.
  public func logisticDerivative() -> Interval {
    unsafe decreasingInMagnitude { result, argument, rounding in
      let scratch = unsafe Scratch(precision: mpfr_get_prec(result) + Interval.guardBits)
      unsafe mpfr_div_2ui(&scratch.value, argument, 1, MPFR_RNDN)  // exact
      unsafe mpfr_sech(&scratch.value, &scratch.value, rounding)
      unsafe mpfr_sqr(result, &scratch.value, rounding)
      unsafe mpfr_div_2ui(result, result, 2, rounding)  // exact
    }
  }

  /// eˣ over the interval, tight; it is its own derivative.
  ///
  /// - Throws: ``NumberError`` if the interval reaches beyond 2²⁰, where the result would have a million bits.
  public func exp() throws(NumberError) -> Interval {
    guard unsafe mpfr_cmp_ui_2exp(&ends.upper, 1, 20) <= 0 else {
      throw NumberError("exp over \(self) is refused: arguments up to 2^20 are evaluated")
    }
    return unsafe increasing { result, argument, rounding in
      guard unsafe mpfr_cmp_si_2exp(argument, -1, 16) < 0 else {
        unsafe mpfr_exp(result, argument, rounding)
        return
      }
      if rounding == MPFR_RNDD {
        unsafe mpfr_set_ui_2exp(result, 0, 0, rounding)
      } else {
        let nearest = Scratch(precision: 2)
        unsafe mpfr_set_si_2exp(&nearest.value, -1, 16, MPFR_RNDN)
        unsafe mpfr_exp(result, &nearest.value, rounding)
      }
    }
  }

  /// x/(1 + |x|) over the interval.
  public func softsign() -> Interval {
    unsafe increasing { result, argument, rounding in
      let scratch = unsafe Scratch(precision: mpfr_get_prec(result) + Interval.guardBits)
      unsafe mpfr_abs(&scratch.value, argument, MPFR_RNDN)  // exact
      // A larger denominator makes the quotient smaller in magnitude.
      let towardZero = unsafe (mpfr_sgn(argument) > 0) == (rounding == MPFR_RNDD)
      unsafe mpfr_add_ui(&scratch.value, &scratch.value, 1, towardZero ? MPFR_RNDU : MPFR_RNDD)
      unsafe mpfr_div(result, argument, &scratch.value, rounding)
    }
  }

  /// softsign′ = 1/(1 + |x|)² over the interval: largest, 1, at zero.
  public func softsignDerivative() -> Interval {
    unsafe decreasingInMagnitude { result, argument, rounding in
      let scratch = unsafe Scratch(precision: mpfr_get_prec(result) + Interval.guardBits)
      let opposite = rounding == MPFR_RNDD ? MPFR_RNDU : MPFR_RNDD
      unsafe mpfr_add_ui(&scratch.value, argument, 1, opposite)
      unsafe mpfr_sqr(&scratch.value, &scratch.value, opposite)
      unsafe mpfr_ui_div(result, 1, &scratch.value, rounding)
    }
  }
}
