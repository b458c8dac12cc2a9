#if ONNX
  import ExactArithmetic

  /// Arithmetic on integer constants, as graphs that compute their shapes contain it.
  enum IntegerFolding {
    enum Rule {
      case add, subtract, multiply, divide

      /// `nil` on overflow or division by zero. Division truncates.
      func apply(_ left: Int, _ right: Int) -> Int? {
        if self == .divide, right == 0 { return nil }
        let (value, overflow) =
          switch self {
          case .add: left.addingReportingOverflow(right)
          case .subtract: left.subtractingReportingOverflow(right)
          case .multiply: left.multipliedReportingOverflow(by: right)
          case .divide: left.dividedReportingOverflow(by: right)
          }
        return overflow ? nil : value
      }
    }

    /// The elementwise result, if both operands are integer constants with values.
    static func fold(
      _ left: Value, _ right: Value, by rule: Rule, _ operation: Operation
    ) throws(OperatorProblem) -> Value? {
      guard case .constant(let first) = left, case .constant(let second) = right, first.isInteger, second.isInteger,
        case .integers(let leftValues)? = first.values, case .integers(let rightValues)? = second.values
      else { return nil }
      let (leftShape, rightShape) = (try first.knownShape(), try second.knownShape())
      let shape = try leftShape.broadcast(with: rightShape)
      try Shape.checkSize(shape.count, "the tensor")
      var values: [Int] = []
      for (one, other) in zip(try leftShape.indices(broadcastTo: shape), try rightShape.indices(broadcastTo: shape)) {
        guard let value = rule.apply(leftValues[one], rightValues[other]) else {
          throw .malformed("integer arithmetic on \(leftValues[one]) and \(rightValues[other]) overflows")
        }
        values.append(value)
      }
      return .constant(
        Constant(name: operation.outputName, shape: shape, isInteger: true, values: .integers(values)))
    }

    /// Fractions cut off.
    static func truncated(_ constant: Constant) throws(OperatorProblem) -> [Int] {
      var integers: [Int] = []
      for value in try constant.rationals() {
        let quotient = value.numerator.quotientAndRemainder(dividingBy: value.denominator).quotient
        guard let integer = Int(quotient.description) else {
          throw .malformed("the tensor \"\(constant.name)\" holds \(value), which is beyond 64 bits")
        }
        integers.append(integer)
      }
      return integers
    }
  }
#endif
