#if ONNX
  import ExactArithmetic
  import Networks

  /// Functions of constants alone: rational ones as `ConstantFolding` says, a root rounded once to the constant's type.
  enum ConstantFunctions {
    static func absolute(_ operation: Operation, _ lowering: inout Lowering) throws(OperatorProblem) -> Value {
      guard case .constant(let constant) = try operation.input(0) else {
        // |a| is −a left of 0.
        return try lowering.activate(operation.input(0), by: .leakyRelu(-1), name: operation.outputName)
      }
      return try ConstantFolding.map(
        constant, operation, integers: { $0 < 0 ? 0 &- $0 : $0 }, rationals: { $0.magnitude }, doubles: { $0.magnitude }
      )
    }

    /// Sqrt, Reciprocal, Floor, Ceil, Round, Sign and Not.
    static func elementwise(_ operation: Operation, _ lowering: inout Lowering) throws(OperatorProblem) -> Value {
      guard case .constant(let constant) = try operation.input(0) else {
        throw .unsupported(OperatorReasons.elementwise)
      }
      switch operation.node.opType {
      case "Sqrt": return try ConstantFolding.map(constant, operation) { $0 < 0 ? nil : $0.squareRoot() }
      case "Reciprocal":
        return try ConstantFolding.map(
          constant, operation, rationals: { $0.isZero ? nil : .one / $0 }, doubles: { 1 / $0 })
      case "Floor": return try ConstantFolding.map(constant, operation) { $0.rounded(.down) }
      case "Ceil": return try ConstantFolding.map(constant, operation) { $0.rounded(.up) }
      case "Round": return try ConstantFolding.map(constant, operation) { $0.rounded(.toNearestOrEven) }
      case "Sign":
        return try ConstantFolding.map(
          constant, operation, integers: { $0.signum() }, doubles: { $0 > 0 ? 1 : $0 < 0 ? -1 : $0 })
      default:
        guard constant.type == .bool else { throw .malformed("Not is defined for truth values") }
        var result = constant
        result.origin = nil
        if case .integers(let truths)? = constant.values { result.values = .integers(truths.map { 1 - $0 }) }
        return .constant(result)
      }
    }

    /// Comparisons and logic.
    static func compare(_ operation: Operation, _ lowering: inout Lowering) throws(OperatorProblem) -> Value {
      guard let rule = ConstantFolding.Rule.comparisons[operation.node.opType],
        let folded = try ConstantFolding.fold(operation.input(0), operation.input(1), by: rule, operation)
      else { throw .unsupported("a comparison jumps: its result has no derivative where it changes") }
      return folded
    }

    /// A power with a constant exponent: of a constant a number; of a variable a polynomial.
    static func power(_ operation: Operation, _ lowering: inout Lowering) throws(OperatorProblem) -> Value {
      let exponents = try operation.constant(1, "exponent")
      guard exponents.values != nil else {
        throw .unsupported("the exponent is computed; fold constants before the export")
      }
      let numbers = try exponents.rationals()
      guard let exponent = numbers.first, numbers.allSatisfy({ $0 == exponent }) else {
        throw .unsupported("it has several exponents; one is known")
      }
      let whole = exponent.denominator == 1 ? Int(exponent.numerator.description) : nil
      let base = try operation.input(0)
      guard case .constant(let constant) = base else {
        guard let whole, (1...8).contains(whole) else {
          throw .unsupported("a power is known for the exponents 1 to 8, where it is a polynomial")
        }
        if whole == 1 { return base }
        let powers = [Rational](repeating: .zero, count: whole) + [.one]
        let activation: Activation =
          whole == 2 ? .square : whole == 3 ? .cubic : .polynomial(powers)
        return try lowering.activate(base, by: activation, name: operation.outputName)
      }
      guard try exponents.knownShape().count == 1 else { throw .unsupported("it has several exponents; one is known") }
      if exponent == Rational(1, over: 2) {
        return try ConstantFolding.map(constant, operation) { $0 < 0 ? nil : $0.squareRoot() }
      }
      guard let whole, whole.magnitude <= 64 else {
        throw .unsupported("a power of a constant is known for 1/2 and for whole exponents up to 64")
      }
      func raised(_ value: Rational) -> Rational {
        (0..<Int(whole.magnitude)).reduce(.one) { power, _ in power * value }
      }
      return try ConstantFolding.map(
        constant, operation,
        integers: { value in
          guard whole >= 0 else { return nil }
          return Int(raised(Rational(value)).numerator.description)
        },
        rationals: { value in
          let power = raised(value)
          if whole < 0 { return power.isZero ? nil : .one / power }
          return power
        }, doubles: { _ in nil })
    }

    /// (x − zero point)·scale: what a quantised weight stands for, in the type of the scale.
    static func dequantize(_ operation: Operation, _ lowering: inout Lowering) throws(OperatorProblem) -> Value {
      guard case .constant(let quantised) = try operation.input(0) else {
        throw .unsupported("what it reads was quantised from a variable, which rounds: its derivative is zero or none")
      }
      let shape = try quantised.knownShape()
      let scale = try operation.constant(1, "scale")
      let zero = try operation.optionalConstant(2, "zero point")
      guard try operation.integer("block_size") ?? 0 == 0 else { throw .unsupported("scales per block are not known") }
      var result = Constant(name: operation.outputName, shape: shape, type: scale.type, values: nil)
      result.origin = quantised.origin?.folded("it is quantised")
      guard let own = quantised.values, lowering.isExact else { return .constant(result) }
      guard case .integers(let integers) = own else { throw .malformed("a quantised tensor holds integers") }
      let places: [Int]
      if try scale.knownShape().count == 1 {
        places = [Int](repeating: 0, count: shape.count)
      } else {
        let axis = try shape.axis(try operation.integer("axis") ?? 1)
        guard try scale.knownShape().dimensions == [shape.dimensions[axis]] else {
          throw .malformed("the scale is not one number, or one for each element of axis \(axis)")
        }
        places = Shape.walk(shape.dimensions, strides: shape.dimensions.indices.map { $0 == axis ? 1 : 0 })
      }
      let scales = try scale.rationals()
      let zeros = try zero?.integers() ?? [0]
      guard zeros.count == 1 || zeros.count == scales.count else {
        throw .malformed("zero points do not fit the scale")
      }
      result.values = scale.type.constants(
        zip(integers, places).map { value, place in
          (Rational(value) - Rational(zeros[zeros.count == 1 ? 0 : place])) * scales[place]
        })
      return .constant(result)
    }
  }
#endif
