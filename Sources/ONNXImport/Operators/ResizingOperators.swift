#if ONNX
  import ExactArithmetic

  /// Resize and Upsample, by the nearest element or linearly between neighbours: a linear map, axis by axis.
  enum ResizingOperators {
    /// Scales are an attribute before opset 9 and an input since.
    static func upsample(_ operation: Operation, _ lowering: inout Lowering) throws(OperatorProblem) -> Value {
      let own = try operation.input(0).knownShape()
      var scales: [Rational] = []
      if operation.opset >= 9 {
        scales = try operation.constant(1, "scales").rationals()
      } else {
        scales = try (operation.floats("scales") ?? []).map { Rational(finite: Double($0)) }
      }
      var dimensions: [Int] = []
      guard scales.count == own.rank else {
        throw .malformed("scales are one number for each axis of the shape \(own)")
      }
      for (length, scale) in zip(own.dimensions, scales) { dimensions.append(try scaled(length, by: scale)) }
      let mode = try operation.text("mode") ?? "nearest"
      return try resize(
        operation, lowering, to: dimensions, scales: scales, mode: mode, coordinates: "asymmetric", rounding: "floor")
    }

    static func resize(_ operation: Operation, _ lowering: inout Lowering) throws(OperatorProblem) -> Value {
      let own = try operation.input(0).knownShape()
      var axes = Array(0..<own.rank)
      if let chosen = try operation.integers("axes") {
        axes = []
        for axis in chosen { axes.append(try own.axis(axis)) }
      }
      let isOld = operation.opset < 11
      let policy = try operation.text("keep_aspect_ratio_policy") ?? "stretch"
      guard policy == "stretch" else { throw .unsupported("keep_aspect_ratio_policy \"\(policy)\" is not known") }
      guard try operation.integer("antialias") ?? 0 == 0, try operation.integer("exclude_outside") ?? 0 == 0 else {
        throw .unsupported("antialias and exclude_outside are not known; only plain interpolation is")
      }
      var scales = [Rational](repeating: .one, count: own.rank)
      var dimensions = own.dimensions
      let given = try operation.optionalConstant(isOld ? 1 : 2, "scales")
      let sizes = isOld ? nil : try operation.optionalConstant(3, "sizes")
      if let sizes, sizes.shape?.count != 0 {
        let lengths = try sizes.integers()
        guard lengths.count == axes.count else { throw .malformed("sizes are one number for each axis") }
        for (axis, length) in zip(axes, lengths) {
          guard length > 0, own.dimensions[axis] > 0 else { throw .malformed("a size of \(length) is none") }
          dimensions[axis] = length
          scales[axis] = Rational(length) / Rational(own.dimensions[axis])
        }
      } else if let given, given.shape?.count != 0 {
        let numbers = try given.rationals()
        guard numbers.count == axes.count else { throw .malformed("scales are one number for each axis") }
        for (axis, scale) in zip(axes, numbers) {
          scales[axis] = scale
          dimensions[axis] = try scaled(own.dimensions[axis], by: scale)
        }
      } else {
        throw .malformed("neither scales nor sizes are given")
      }
      return try resize(
        operation, lowering, to: dimensions, scales: scales, mode: operation.text("mode") ?? "nearest",
        coordinates: isOld ? "asymmetric" : operation.text("coordinate_transformation_mode") ?? "half_pixel",
        rounding: isOld ? "floor" : operation.text("nearest_mode") ?? "round_prefer_floor")
    }

    private static func floor(_ value: Rational) throws(OperatorProblem) -> Int {
      let (quotient, remainder) = value.numerator.quotientAndRemainder(dividingBy: value.denominator)
      guard let whole = Int(quotient.description) else { throw .malformed("a coordinate exceeds 64 bits") }
      return value.sign < 0 && !remainder.isZero ? whole - 1 : whole
    }

    private static func scaled(_ length: Int, by scale: Rational) throws(OperatorProblem) -> Int {
      guard scale.sign > 0 else { throw .malformed("a scale of \(scale) is not positive") }
      let result = try floor(Rational(length) * scale)
      // Runtimes multiply in 32-bit floats, which may round up to the next length.
      let rounded = ElementType.float.nearest(Rational(length) * scale)
      guard rounded.isFinite, try floor(Rational(finite: rounded)) == result else {
        throw .unsupported("\(length) elements times the scale \(scale) is rounded; give sizes in place of scales")
      }
      guard (0...(1 << 40)).contains(result) else { throw .malformed("an axis of \(result) elements is too long") }
      return result
    }

    private static func resize(
      _ operation: Operation, _ lowering: Lowering, to dimensions: [Int], scales: [Rational], mode: String,
      coordinates: String, rounding: String
    ) throws(OperatorProblem) -> Value {
      let value = try operation.input(0)
      let own = try value.knownShape()
      let shape = try Shape(dimensions)
      guard ["nearest", "linear"].contains(mode) else {
        throw .unsupported("mode \"\(mode)\" is not known; nearest and linear are")
      }
      if shape == own, scales.allSatisfy({ $0 == 1 }) { return value }
      let tensor = try value.affine(for: lowering.purpose)
      guard lowering.isExact else { return Value(tensor.unweighed(shape), name: operation.outputName) }
      try Shape.checkSize(shape.count, "the tensor")
      guard own.count > 0 else { throw .malformed("there is nothing to resize") }
      // Per axis and position, the elements that it is made of.
      var parts: [[[(index: Int, share: Rational)]]] = []
      for axis in 0..<own.rank {
        var positions: [[(index: Int, share: Rational)]] = []
        for position in 0..<dimensions[axis] {
          let place = try place(
            position, own.dimensions[axis], dimensions[axis], scale: scales[axis], by: coordinates)
          positions.append(
            mode == "nearest"
              ? [(try nearest(place, own.dimensions[axis], rounding), .one)] : try linear(place, own.dimensions[axis]))
        }
        parts.append(positions)
      }
      let strides = own.strides
      var rows: [[(index: Int, share: Rational)]] = [[(0, .one)]]
      for axis in 0..<own.rank {
        rows = rows.flatMap { row in
          parts[axis].map { part in
            row.flatMap { before in
              part.map { (before.index + $0.index * strides[axis], before.share * $0.share) }
            }
          }
        }
        try Shape.checkSize(rows.reduce(0) { $0 + $1.count }, "the interpolation")
      }
      return Value(
        try lowering.linear(tensor, to: shape) { () throws(OperatorProblem) in
          .rationals(rows.flatMap { $0.map(\.share) })
        } structure: { () throws(OperatorProblem) in
          var structure = try LinearStructure(rows: rows.count, columns: own.count, entriesPerRow: 0)
          var place = 0
          for row in rows {
            for part in row {
              structure.append(column: part.index, place: place)
              place += 1
            }
            structure.endRow()
          }
          return structure
        }, name: operation.outputName)
    }

    /// The coordinate in the tensor of a position in the result.
    private static func place(
      _ position: Int, _ length: Int, _ resized: Int, scale: Rational, by mode: String
    ) throws(OperatorProblem) -> Rational {
      let half = Rational(1, over: 2)
      let x = Rational(position)
      // ONNX's text takes the length of the result here, its reference implementation the length before it is cut off.
      if mode == "align_corners" || (mode == "pytorch_half_pixel" && resized == 1),
        Rational(length) * scale != Rational(resized)
      {
        throw .unsupported("\(mode) with a scale that does not give a whole length has two meanings; give sizes")
      }
      switch mode {
      case _ where length == resized && scale == 1: return x
      case "half_pixel": return (x + half) / scale - half
      case "pytorch_half_pixel": return resized > 1 ? (x + half) / scale - half : 0
      case "asymmetric": return x / scale
      case "align_corners": return resized > 1 ? x * Rational(length - 1) / Rational(resized - 1) : 0
      case "half_pixel_symmetric":
        let adjustment = Rational(resized) / (scale * Rational(length))
        let centre = Rational(length) / 2
        return centre * (1 - adjustment) + (x + half) / scale - half
      default: throw .unsupported("coordinate_transformation_mode \"\(mode)\" is not known")
      }
    }

    private static func nearest(_ place: Rational, _ length: Int, _ mode: String) throws(OperatorProblem) -> Int {
      let below = try floor(place)
      let rest = place - Rational(below)
      let half = Rational(1, over: 2)
      let index: Int
      switch mode {
      case "round_prefer_floor": index = rest > half ? below + 1 : below
      case "round_prefer_ceil": index = rest >= half ? below + 1 : below
      case "floor": index = below
      case "ceil": index = rest.isZero ? below : below + 1
      default: throw .malformed("nearest_mode \"\(mode)\" is unknown")
      }
      return min(max(index, 0), length - 1)
    }

    private static func linear(
      _ place: Rational, _ length: Int
    ) throws(OperatorProblem) -> [(index: Int, share: Rational)] {
      let below = try floor(place)
      let share = place - Rational(below)
      let (left, right) = (min(max(below, 0), length - 1), min(max(below + 1, 0), length - 1))
      return left == right || share.isZero ? [(left, .one)] : [(left, 1 - share), (right, share)]
    }
  }
#endif
