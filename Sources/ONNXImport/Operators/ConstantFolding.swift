#if ONNX
  import ExactArithmetic

  /// Elementwise operators on constants, type by type: integers wrap, short floats round once, `float` and `double` are
  /// exact (`ElementType.constants`). What jumps (comparisons, Floor, casts to integers) sees each number rounded to its
  /// type, for it asks on which side of a jump the float lies.
  enum ConstantFolding {
    /// An operator of two operands, as it acts on each kind of number; `nil` where it has no such meaning.
    struct Rule: Sendable {
      var integers: (@Sendable (Int, Int) -> Int?)?
      /// Exact, or rounded once to a double: what is then rounded to a shorter float is rounded right.
      var doubles: (@Sendable (Double, Double) -> Double)?
      var rationals: (@Sendable (Rational, Rational) -> Rational?)?
      /// The result is a truth value.
      var isComparison = false
      var actsOnTruthValues = false

      static let add = Rule(
        integers: wrapping { $0.addingReportingOverflow($1) }, doubles: { $0 + $1 }, rationals: { $0 + $1 })
      static let subtract = Rule(
        integers: wrapping { $0.subtractingReportingOverflow($1) }, doubles: { $0 - $1 }, rationals: { $0 - $1 })
      static let multiply = Rule(
        integers: wrapping { $0.multipliedReportingOverflow(by: $1) }, doubles: { $0 * $1 }, rationals: { $0 * $1 })
      /// Integers truncate.
      static let divide = Rule(
        integers: wrapping { $1 == 0 ? (0, true) : $0.dividedReportingOverflow(by: $1) }, doubles: { $0 / $1 },
        rationals: { $1.isZero ? nil : $0 / $1 })
      static let least = Rule(integers: { min($0, $1) }, doubles: { min($0, $1) }, rationals: { min($0, $1) })
      static let greatest = Rule(integers: { max($0, $1) }, doubles: { max($0, $1) }, rationals: { max($0, $1) })

      static let comparisons: [String: Rule] = [
        "Equal": comparison({ $0 == $1 }, { $0 == $1 }, { $0 == $1 }),
        "Less": comparison({ $0 < $1 }, { $0 < $1 }, { $0 < $1 }),
        "Greater": comparison({ $0 > $1 }, { $0 > $1 }, { $0 > $1 }),
        "LessOrEqual": comparison({ $0 <= $1 }, { $0 <= $1 }, { $0 <= $1 }),
        "GreaterOrEqual": comparison({ $0 >= $1 }, { $0 >= $1 }, { $0 >= $1 }),
        "And": logic { $0 & $1 }, "Or": logic { $0 | $1 }, "Xor": logic { $0 ^ $1 },
      ]

      private static func comparison(
        _ integers: @escaping @Sendable (Int, Int) -> Bool, _ doubles: @escaping @Sendable (Double, Double) -> Bool,
        _ rationals: @escaping @Sendable (Rational, Rational) -> Bool
      ) -> Rule {
        Rule(
          integers: { integers($0, $1) ? 1 : 0 }, doubles: { doubles($0, $1) ? 1 : 0 },
          rationals: { rationals($0, $1) ? .one : .zero }, isComparison: true, actsOnTruthValues: true)
      }

      private static func logic(_ integers: @escaping @Sendable (Int, Int) -> Int) -> Rule {
        Rule(integers: integers, isComparison: true, actsOnTruthValues: true)
      }

      private static func wrapping(
        _ operation: @escaping @Sendable (Int, Int) -> (partialValue: Int, overflow: Bool)
      ) -> @Sendable (Int, Int) -> Int? {
        { left, right in
          let (value, overflow) = operation(left, right)
          return overflow ? nil : value
        }
      }
    }

    /// The elementwise result where both operands are constants, without values where theirs are not read.
    static func fold(
      _ left: Value, _ right: Value, by rule: Rule, _ operation: Operation
    ) throws(OperatorProblem) -> Value? {
      guard case .constant(let first) = left, case .constant(let second) = right else { return nil }
      guard first.type == second.type else {
        throw .malformed("the operands are of type \(first.type) and \(second.type); cast one of them")
      }
      let type = first.type
      guard type != .bool || rule.actsOnTruthValues else { throw .malformed("truth values are no numbers: cast them") }
      let (leftShape, rightShape) = (try first.knownShape(), try second.knownShape())
      let shape = try leftShape.broadcast(with: rightShape)
      var values: TensorValues?
      if let one = first.values, let other = second.values {
        try Shape.checkSize(shape.count, "the tensor")
        values = try apply(
          rule, one.gathered(leftShape.indices(broadcastTo: shape)),
          other.gathered(rightShape.indices(broadcastTo: shape)),
          type: type)
      }
      if rule.isComparison, case .doubles(let truths)? = values { values = .integers(truths.map { $0 == 0 ? 0 : 1 }) }
      return .constant(
        Constant(name: operation.outputName, shape: shape, type: rule.isComparison ? .bool : type, values: values))
    }

    private static func apply(
      _ rule: Rule, _ left: TensorValues, _ right: TensorValues, type: ElementType
    ) throws(OperatorProblem) -> TensorValues {
      switch (left, right) {
      case (.integers(let left), .integers(let right)):
        guard let function = rule.integers else { throw .malformed("it is not defined for the type \(type)") }
        var values: [Int] = []
        values.reserveCapacity(left.count)
        for (one, other) in zip(left, right) {
          guard let value = function(one, other) else {
            throw .malformed("integer arithmetic on \(one) and \(other) overflows 64 bits or divides by zero")
          }
          values.append(rule.isComparison ? value : type.wrapped(value))
        }
        return .integers(values)
      default:
        guard let onDoubles = rule.doubles, let onRationals = rule.rationals else {
          throw .malformed("it is not defined for the type \(type)")
        }
        let divides = onRationals(.one, .zero) == nil && right.holdsZero
        guard !rule.isComparison, left.firstNonfinite == nil, right.firstNonfinite == nil, !divides else {
          // An infinity or a NaN is what floats make of it; it is refused where something reads it as a number.
          return .doubles(zip(left.doubles(type), right.doubles(type)).map { type.nearest(onDoubles($0, $1)) })
        }
        return type.constants(zip(left.rationals, right.rationals).compactMap(onRationals))
      }
    }

    /// A function of each element of a constant; `nil` in place of a value that has no exact meaning. Floats are given to
    /// `rationals` where that is stated and they are finite.
    static func map(
      _ constant: Constant, _ operation: Operation, integers: ((Int) -> Int?)? = nil,
      rationals exact: ((Rational) -> Rational?)? = nil, doubles: (Double) -> Double?
    ) throws(OperatorProblem) -> Value {
      var result = Constant(
        name: operation.outputName, shape: constant.shape, type: constant.type, values: constant.values)
      func refusal() -> OperatorProblem {
        .malformed("it has no value for an element of \"\(constant.name)\" of type \(constant.type)")
      }
      switch constant.values {
      case nil: break
      case .integers(let values)?:
        guard let integers, constant.type != .bool else { throw refusal() }
        var mapped: [Int] = []
        for value in values {
          guard let image = integers(value) else { throw refusal() }
          mapped.append(constant.type.wrapped(image))
        }
        result.values = .integers(mapped)
      case .some(let values):
        if let exact, values.firstNonfinite == nil {
          var mapped: [Rational] = []
          for value in values.rationals {
            guard let image = exact(value) else { throw refusal() }
            mapped.append(image)
          }
          result.values = constant.type.constants(mapped)
        } else {
          result.values = try map(values.doubles(constant.type), constant.type, doubles, refusal())
        }
      }
      return .constant(result)
    }

    private static func map(
      _ values: [Double], _ type: ElementType, _ function: (Double) -> Double?, _ refusal: OperatorProblem
    ) throws(OperatorProblem) -> TensorValues {
      var mapped: [Double] = []
      mapped.reserveCapacity(values.count)
      for value in values {
        guard let image = function(value) else { throw refusal }
        mapped.append(type.nearest(image))
      }
      return .doubles(mapped)
    }

    /// A constant in another type, as ONNX casts: to a truth value by being other than zero, from a float to an integer by
    /// cutting the fraction off, among integers by their low bits, to a shorter float by rounding.
    static func cast(_ constant: Constant, to type: ElementType) throws(OperatorProblem) -> Constant {
      guard type.isFloat || type.isInteger else { throw .unsupported("a cast to \(type) is not known") }
      var result = Constant(name: constant.name, shape: constant.shape, type: type, values: constant.values)
      if type == constant.type { result.origin = constant.origin }
      // Nothing is rounded by a cast that every float of the type survives.
      if type == constant.type || (type, constant.type) == (.double, .float) { return result }
      guard let values = constant.values else { return result }
      switch values {
      case .integers(let integers):
        result.values =
          type.isInteger
          ? .integers(integers.map(type.wrapped))
          : .doubles(integers.map { type.nearest(Rational(Integer($0), over: 1)) })
      case .doubles(let doubles):
        if type == .bool {
          result.values = .integers(doubles.map { $0 == 0 ? 0 : 1 })
        } else if type.isInteger {
          result.values = .integers(try truncated(doubles.map { $0 }, constant, type))
        } else {
          result.values = .doubles(doubles.map { type.nearest($0) })
        }
      case .rationals(let rationals):
        let doubles = rationals.map { (type.isFloat ? type : constant.type).nearest($0) }
        if type.isFloat {
          result.values = .doubles(doubles)
        } else {
          result.values =
            type == .bool
            ? .integers(rationals.map { $0.isZero ? 0 : 1 }) : .integers(try truncated(doubles, constant, type))
        }
      }
      return result
    }

    private static func truncated(
      _ values: [Double], _ constant: Constant, _ type: ElementType
    ) throws(OperatorProblem) -> [Int] {
      var integers: [Int] = []
      integers.reserveCapacity(values.count)
      for value in values {
        guard let integer = Int(exactly: value.rounded(.towardZero)), type.holds(integer) else {
          throw .malformed(
            "the tensor \"\(constant.name)\" holds \(value), which is none of the type \(type): ONNX leaves that cast open"
          )
        }
        integers.append(integer)
      }
      return integers
    }
  }
#endif
