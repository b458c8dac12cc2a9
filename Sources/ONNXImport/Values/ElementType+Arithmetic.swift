import ExactArithmetic

/// What a number becomes when it is stored as an element of a type: floats round to nearest, ties to even; integers wrap.
extension ElementType {
  /// Precision in bits and the exponent of the least normal number, of a float type.
  private var floatFormat: (precision: Int, leastExponent: Int, greatestExponent: Int)? {
    switch self {
    case .float16: (11, -14, 15)
    case .bfloat16: (8, -126, 127)
    case .float: (24, -126, 127)
    case .double: (53, -1022, 1023)
    default: nil
    }
  }

  /// The nearest float of this type; an infinity beyond its range.
  ///
  /// The result of one operation +, −, ×, ÷, √ on floats of this type, evaluated in doubles first, is rounded as if it
  /// were evaluated exactly: a double has more than twice the bits of a shorter float, and two more.
  func nearest(_ value: Double) -> Double {
    guard let format = floatFormat, value.isFinite, value != 0, format.precision < 53 else { return value }
    let exponent = Swift.max(Int(value.exponent), format.leastExponent) - format.precision + 1
    // A power of two, so that both products are exact.
    let unit = Double(sign: .plus, exponent: exponent, significand: 1)
    let rounded = (value / unit).rounded(.toNearestOrEven) * unit
    return rounded.magnitude > largestFinite(format) ? (rounded < 0 ? -.infinity : .infinity) : rounded
  }

  private func largestFinite(_ format: (precision: Int, leastExponent: Int, greatestExponent: Int)) -> Double {
    Double(sign: .plus, exponent: format.greatestExponent, significand: 2)
      .nextDown(by: 53 - format.precision)
  }

  /// The nearest float of this type to an exact number.
  func nearest(_ value: Rational) -> Double {
    guard let format = floatFormat else { return .nan }
    if value.isZero { return 0 }
    let magnitude = value.magnitude
    // 2^exponent ≤ magnitude < 2^(exponent + 1)
    var exponent = magnitude.numerator.bitWidth - magnitude.denominator.bitWidth
    while Self.power(exponent) > magnitude { exponent -= 1 }
    while Self.power(exponent + 1) <= magnitude { exponent += 1 }
    guard exponent <= format.greatestExponent else { return value.sign < 0 ? -.infinity : .infinity }
    let place = Swift.max(exponent, format.leastExponent) - format.precision + 1
    let scaled = magnitude * Self.power(-place)
    let (quotient, remainder) = scaled.numerator.quotientAndRemainder(dividingBy: scaled.denominator)
    let twice = remainder + remainder
    guard var count = Int(quotient.description) else { return .nan }
    if twice > scaled.denominator || (twice == scaled.denominator && !count.isMultiple(of: 2)) { count += 1 }
    let rounded = Double(sign: .plus, exponent: place, significand: 1) * Double(count)
    let result = rounded > largestFinite(format) ? .infinity : rounded
    return value.sign < 0 ? -result : result
  }

  /// What constants of this float type become: a short float rounds to nearest, as ONNX has it; `float` and `double` stand
  /// for the real numbers that they approximate, as they do in what a variable passes through, and are not rounded.
  func constants(_ exact: [Rational]) -> TensorValues {
    let nearest = exact.map(nearest)
    switch self {
    case .float, .double:
      return zip(nearest, exact).allSatisfy { $0.isFinite && Rational(finite: $0) == $1 }
        ? .doubles(nearest) : .rationals(exact)
    default: return .doubles(nearest)
    }
  }

  private static func power(_ exponent: Int) -> Rational {
    exponent >= 0 ? Rational(Integer.one << exponent, over: 1) : Rational(1, over: Integer.one << -exponent)
  }

  /// The bits of an integer type, and whether it has a sign.
  private var integerFormat: (bits: Int, isSigned: Bool)? {
    switch self {
    case .uint8: (8, false)
    case .int8: (8, true)
    case .uint16: (16, false)
    case .int16: (16, true)
    case .int32: (32, true)
    case .uint32: (32, false)
    default: nil
    }
  }

  /// The low bits of an integer, read in this type; truth values are 0 and 1.
  func wrapped(_ value: Int) -> Int {
    if self == .bool { return value == 0 ? 0 : 1 }
    guard let format = integerFormat else { return value }
    let low = value & ((1 << format.bits) - 1)
    return format.isSigned && low >> (format.bits - 1) == 1 ? low - (1 << format.bits) : low
  }

  /// Whether a whole number is one of this type's.
  func holds(_ value: Int) -> Bool {
    self == .uint64 ? value >= 0 : wrapped(value) == value
  }
}

extension Double {
  /// The largest double below a power of two whose last `count` bits of the significand are zero.
  fileprivate func nextDown(by count: Int) -> Double {
    Double(bitPattern: nextDown.bitPattern & ~((1 << UInt64(count)) - 1))
  }
}
