import ExactArithmetic

extension Integer: SourceCodeConvertible {
  /// An integer literal.
  public var sourceCode: SourceCode { .text(description) }
}

extension Rational: SourceCodeConvertible {
  /// An integer literal, or `Rational(p, over: q)`.
  public var sourceCode: SourceCode {
    denominator == 1 ? .text(numerator.description) : .text("Rational(\(numerator), over: \(denominator))")
  }
}

extension Dyadic: SourceCodeConvertible {
  /// An integer literal, or `Dyadic(m, exponent: e)`.
  public var sourceCode: SourceCode {
    exponent == 0 ? .text(mantissa.description) : .text("Dyadic(\(mantissa), exponent: \(exponent))")
  }
}

extension Interval: SourceCodeConvertible {
  /// The call that makes the interval from its ends.
  public var sourceCode: SourceCode {
    .call(
      "Interval", [("lower", lower.sourceCode), ("upper", upper.sourceCode), ("precision", .text("\(precision)"))])
  }
}

extension Vector: SourceCodeConvertible {
  /// `Vector([…])`.
  public var sourceCode: SourceCode {
    .call("Vector", [(nil, .array(elements.map { PropertyTesting.sourceCode(of: $0) }))])
  }
}

extension Matrix: SourceCodeConvertible {
  /// `Matrix(rows: …, columns: …, elements: […])`.
  public var sourceCode: SourceCode {
    .call(
      "Matrix",
      [
        ("rows", .text("\(rows)")), ("columns", .text("\(columns)")),
        ("elements", .array(elements.map { PropertyTesting.sourceCode(of: $0) })),
      ])
  }
}

extension LinearMap: SourceCodeConvertible {
  /// The map as its dense matrix, or as its entries where it is sparse.
  public var sourceCode: SourceCode {
    if isDense { return .call("LinearMap", [(nil, matrix.sourceCode)]) }
    var entries: [SourceCode] = []
    forEachNonzero { row, column, value in
      entries.append(.call("", [(nil, .text("\(row)")), (nil, .text("\(column)")), (nil, value.sourceCode)]))
    }
    return .call(
      "LinearMap",
      [("rows", .text("\(rows)")), ("columns", .text("\(columns)")), ("entries", .array(entries))])
  }
}
