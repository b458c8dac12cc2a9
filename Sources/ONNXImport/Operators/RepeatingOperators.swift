#if ONNX
  import ExactArithmetic

  /// Expand, Tile, Pad, Range and Where: elements repeated, put among others, counted or chosen.
  enum RepeatingOperators {
    static func expand(_ operation: Operation, _ lowering: inout Lowering) throws(OperatorProblem) -> Value {
      let value = try operation.input(0)
      let own = try value.knownShape()
      let shape = try own.broadcast(with: Shape(operation.constant(1, "shape").integers()))
      return try lowering.move(value, to: shape, keepsOrder: own.count == shape.count) {
        () throws(OperatorProblem) in
        try own.indices(broadcastTo: shape)
      }
    }

    /// Counts per axis since opset 6; before, the count and the axis.
    static func tile(_ operation: Operation, _ lowering: inout Lowering) throws(OperatorProblem) -> Value {
      let value = try operation.input(0)
      let own = try value.knownShape()
      var repeats = try operation.constant(1, "repeats").integers()
      if operation.opset < 6 {
        guard let count = repeats.first, let axis = try operation.constant(2, "axis").integers().first else {
          throw .malformed("tiles and axis are single numbers")
        }
        repeats = [Int](repeating: 1, count: own.rank)
        repeats[try own.axis(axis)] = count
      }
      guard repeats.count == own.rank, repeats.allSatisfy({ $0 >= 0 }) else {
        throw .malformed("repeats \(repeats) are not one count for each axis of the shape \(own)")
      }
      var dimensions: [Int] = []
      for (dimension, count) in zip(own.dimensions, repeats) {
        dimensions.append(try Shape.product(dimension, count, of: own.dimensions))
      }
      let shape = try Shape(dimensions)
      let strides = own.strides
      return try lowering.move(value, to: shape, keepsOrder: shape == own) {
        positions(shape.dimensions) { axis, index in (index % own.dimensions[axis]) * strides[axis] }
      }
    }

    /// For each element of a shape, the sum over its axes of what a function gives; −1 where that is `nil` for an axis.
    static func positions(_ dimensions: [Int], _ place: (Int, Int) -> Int?) -> [Int] {
      var result = [0]
      for (axis, dimension) in dimensions.enumerated() {
        let places = (0..<dimension).map { place(axis, $0) }
        result = result.flatMap { before in places.map { before < 0 ? -1 : $0.map { before + $0 } ?? -1 } }
      }
      return result
    }

    /// Zeros, a constant, or the tensor's own elements around it; negative pads cut. Pads are an attribute before opset 11.
    static func pad(_ operation: Operation, _ lowering: inout Lowering) throws(OperatorProblem) -> Value {
      let value = try operation.input(0)
      let own = try value.knownShape()
      let listed: [Int]? =
        operation.opset < 11
        ? try operation.integers(operation.opset < 2 ? "paddings" : "pads")
        : try operation.constant(1, "pads").integers()
      var axes = Array(0..<own.rank)
      if let chosen = try operation.optionalConstant(3, "axes") {
        axes = []
        for axis in try chosen.integers() { axes.append(try own.axis(axis)) }
      }
      guard let pads = listed, pads.count == 2 * axes.count, Set(axes).count == axes.count,
        pads.allSatisfy({ $0.magnitude <= 1 << 40 })
      else { throw .malformed("pads are two numbers for each axis of the shape \(own), of at most 2^40") }
      var before = [Int](repeating: 0, count: own.rank)
      var dimensions = own.dimensions
      for (place, axis) in axes.enumerated() {
        before[axis] = pads[place]
        dimensions[axis] += pads[place] + pads[place + axes.count]
      }
      let shape = try Shape(dimensions)
      let strides = own.strides
      let mode = try operation.text("mode") ?? "constant"
      guard ["constant", "edge", "reflect", "wrap"].contains(mode) else {
        throw .malformed("mode \"\(mode)\" is unknown")
      }
      guard mode == "constant" || !own.dimensions.contains(0) else { throw .malformed("there is nothing to repeat") }
      func source(_ axis: Int, _ index: Int) -> Int? {
        let (place, length) = (index - before[axis], own.dimensions[axis])
        switch mode {
        case "constant": return (0..<length).contains(place) ? place : nil
        case "edge": return min(max(place, 0), length - 1)
        case "wrap": return ((place % length) + length) % length
        default:
          guard length > 1 else { return 0 }
          let period = 2 * (length - 1)
          let folded = ((place % period) + period) % period
          return folded < length ? folded : period - folded
        }
      }
      let moved = try lowering.move(value, to: shape, keepsOrder: shape == own && before.allSatisfy { $0 == 0 }) {
        positions(shape.dimensions) { axis, index in source(axis, index).map { $0 * strides[axis] } }
      }
      guard mode == "constant", let filling = try filling(operation) else { return moved }
      // Minus what a one at every element leaves zero, times the constant.
      let ones = Constant(
        name: operation.outputName, shape: own, type: filling.type,
        values: lowering.isExact ? .integers([Int](repeating: 1, count: own.count)) : nil)
      let inside = try lowering.move(.constant(ones), to: shape, keepsOrder: false) {
        positions(shape.dimensions) { axis, index in source(axis, index).map { $0 * strides[axis] } }
      }
      guard lowering.isExact, case .constant(let mask) = inside, case .integers(let truths)? = mask.values else {
        return moved
      }
      let outside = try filling.rationals()[0]
      let around = truths.map { $0 == 0 ? outside : Rational.zero }
      if case .constant(let constant) = moved {
        guard let values = constant.values else { return moved }
        var result = constant
        if case .integers(let integers) = values, case .integers(let fill)? = filling.values {
          result.values = .integers(zip(integers, truths).map { $1 == 0 ? fill[0] : $0 })
        } else {
          result.values = .rationals(zip(try constant.rationals(), around).map { $0 + $1 })
        }
        return .constant(result)
      }
      let added = AffineTensor(shape: shape, terms: [], bias: around, isShifted: true)
      return Value(
        try lowering.merge([moved.affine(for: lowering.purpose), added], shape: shape), name: operation.outputName)
    }

    /// The constant around a padded tensor, `nil` where that is zero.
    private static func filling(_ operation: Operation) throws(OperatorProblem) -> Constant? {
      if operation.opset < 11 {
        let value = Double(try operation.number("value", default: 0))
        return value == 0
          ? nil : Constant(name: "value", shape: try Shape([]), type: .float, values: .doubles([value]))
      }
      guard let constant = try operation.optionalConstant(2, "padding value"), constant.shape?.count == 1 else {
        return nil
      }
      return try constant.rationals()[0].isZero ? nil : constant
    }

    /// start, start + delta, … below the limit, of constants.
    static func range(_ operation: Operation, _ lowering: inout Lowering) throws(OperatorProblem) -> Value {
      let parts = [
        try operation.constant(0, "start"), try operation.constant(1, "limit"), try operation.constant(2, "delta"),
      ]
      var numbers: [Rational] = []
      for part in parts {
        guard let number = try part.rationals().first, part.shape?.count == 1 else {
          throw .malformed("start, limit and delta are single numbers")
        }
        numbers.append(number)
      }
      guard !numbers[2].isZero else { throw .malformed("delta is zero") }
      let quotient = (numbers[1] - numbers[0]) / numbers[2]
      var count = 0
      if quotient.sign > 0 {
        let (whole, rest) = quotient.numerator.quotientAndRemainder(dividingBy: quotient.denominator)
        try Shape.checkSize(Int(whole.description) ?? Int.max, "the range")
        count = (Int(whole.description) ?? 0) + (rest.isZero ? 0 : 1)
      }
      let (start, delta, type) = (numbers[0], numbers[2], parts[0].type)
      let exact = (0..<count).map { start + delta * Rational($0) }
      let values: TensorValues =
        type.isInteger
        ? .integers(exact.map { type.wrapped(Int($0.numerator.description) ?? 0) })
        : type.constants(exact)
      return .constant(Constant(name: operation.outputName, shape: try Shape([count]), type: type, values: values))
    }

    /// Elements of one tensor or the other, as a constant condition says.
    static func choose(_ operation: Operation, _ lowering: inout Lowering) throws(OperatorProblem) -> Value {
      let condition = try operation.constant(0, "condition")
      let (left, right) = (try operation.input(1), try operation.input(2))
      let shape = try condition.knownShape().broadcast(with: left.knownShape()).broadcast(with: right.knownShape())
      guard lowering.isExact else {
        let sum = try lowering.merge(
          [left.affine(for: .timing).unweighed(shape), right.affine(for: .timing).unweighed(shape)], shape: shape)
        return Value(sum, name: operation.outputName)
      }
      try Shape.checkSize(shape.count, "the tensor")
      let truths = try TensorValues.integers(condition.integers())
        .gathered(condition.knownShape().indices(broadcastTo: shape))
      guard case .integers(let chosen) = truths else { throw .malformed("the condition holds no truth values") }
      func part(_ value: Value, where truth: Bool) throws(OperatorProblem) -> Value {
        let places = try value.knownShape().indices(broadcastTo: shape)
        return try lowering.move(value, to: shape, keepsOrder: false) {
          places.indices.map { (chosen[$0] != 0) == truth ? places[$0] : -1 }
        }
      }
      let (first, second) = (try part(left, where: true), try part(right, where: false))
      if case .constant(let one) = first, case .constant(let other) = second {
        guard let ones = one.values, let others = other.values else { throw .malformed("an operand has no values") }
        let order = chosen.enumerated().map { $0.element != 0 ? $0.offset : chosen.count + $0.offset }
        return .constant(
          Constant(
            name: operation.outputName, shape: shape, type: one.type,
            values: try TensorValues.joined([ones, others]).gathered(order)))
      }
      var sum = try lowering.merge(
        [first.affine(for: lowering.purpose), second.affine(for: lowering.purpose)], shape: shape)
      sum.terms.removeAll { $0.map.selectsNothing }
      return Value(sum, name: operation.outputName)
    }
  }
#endif
