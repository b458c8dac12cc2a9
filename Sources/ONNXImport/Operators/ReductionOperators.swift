#if ONNX
  import ExactArithmetic

  /// ReduceSum and ReduceMean: linear. ReduceProd, ReduceMax and ReduceMin of constants only.
  enum ReductionOperators {
    static func sum(_ operation: Operation, _ lowering: inout Lowering) throws(OperatorProblem) -> Value {
      try reduce(operation, lowering, axesInputSince: 13, isMean: false)
    }

    static func mean(_ operation: Operation, _ lowering: inout Lowering) throws(OperatorProblem) -> Value {
      try reduce(operation, lowering, axesInputSince: 18, isMean: true)
    }

    /// Products and extremes, as graphs that compute their shapes contain them.
    static func constants(_ operation: Operation, _ lowering: inout Lowering) throws(OperatorProblem) -> Value {
      guard case .constant(let constant) = try operation.input(0) else {
        throw .unsupported("it combines several units in a way that is not affine")
      }
      guard constant.isInteger || constant.values == nil else {
        throw .unsupported("of a constant it is known for integers only; fold constants before the export")
      }
      let form = try Form(operation, constant.knownShape(), axesInputSince: 18)
      guard constant.values != nil else {
        return .constant(Constant(name: operation.outputName, shape: form.shape, type: constant.type, values: nil))
      }
      let values = try constant.integers()
      let combine: (Int, Int) -> (Int, Bool) =
        switch operation.node.opType {
        case "ReduceProd": { $0.multipliedReportingOverflow(by: $1) }
        case "ReduceMax": { (max($0, $1), false) }
        default: { (min($0, $1), false) }
        }
      var results = [Int?](repeating: nil, count: form.shape.count)
      for (element, row) in form.rows().enumerated() {
        guard let other = results[row] else {
          results[row] = values[element]
          continue
        }
        let (value, overflow) = combine(other, values[element])
        guard !overflow else { throw .malformed("the product exceeds 64 bits") }
        results[row] = constant.type.wrapped(value)
      }
      return .constant(
        Constant(
          name: operation.outputName, shape: form.shape, type: constant.type, values: .integers(results.map { $0 ?? 1 })
        ))
    }

    private static func reduce(
      _ operation: Operation, _ lowering: Lowering, axesInputSince opset: Int, isMean: Bool
    ) throws(OperatorProblem) -> Value {
      let value = try operation.input(0)
      let form = try Form(operation, value.knownShape(), axesInputSince: opset)
      if form.isIdentity { return value }
      guard form.length > 0 else { throw .malformed("it reduces no elements") }
      if case .constant(let constant) = value, constant.isInteger, !isMean, constant.values != nil {
        let values = try constant.integers()
        var sums = [Int](repeating: 0, count: form.shape.count)
        for (element, row) in form.rows().enumerated() { sums[row] &+= values[element] }
        return .constant(
          Constant(
            name: operation.outputName, shape: form.shape, type: constant.type,
            values: .integers(sums.map(constant.type.wrapped))))
      }
      let tensor = try value.affine(for: lowering.purpose)
      let share = isMean ? Rational(1, over: Integer(form.length)) : .one
      return Value(
        try lowering.linear(tensor, to: form.shape) { () throws(OperatorProblem) in
          .rationals([share])
        } structure: { () throws(OperatorProblem) in
          try form.structure()
        }, name: operation.outputName)
    }

    /// Which elements are combined.
    private struct Form {
      private let own: Shape
      private let reduced: Set<Int>
      let shape: Shape
      /// Elements for each result.
      let length: Int
      let isIdentity: Bool

      init(_ operation: Operation, _ own: Shape, axesInputSince opset: Int) throws(OperatorProblem) {
        self.own = own
        var axes = try operation.integers("axes")
        if operation.opset >= opset { axes = try operation.integers(input: 1, orAttribute: "axes") }
        let isEmpty = axes?.isEmpty ?? true
        let keepsAll = try operation.isSet("noop_with_empty_axes")
        isIdentity = isEmpty && keepsAll
        var reduced = Set(isEmpty && !isIdentity ? Array(0..<own.rank) : [])
        for axis in axes ?? [] { reduced.insert(try own.axis(axis)) }
        self.reduced = reduced
        let keeps = try operation.integer("keepdims") ?? 1 != 0
        shape = try Shape(
          own.dimensions.enumerated().compactMap { reduced.contains($0.offset) ? (keeps ? 1 : nil) : $0.element })
        length = try Shape(reduced.map { own.dimensions[$0] }).count
      }

      /// For each element the result that it goes into.
      func rows() -> [Int] {
        let kept = own.dimensions.enumerated().map { reduced.contains($0.offset) ? 1 : $0.element }
        guard let shape = try? Shape(kept) else { return [] }
        let strides = shape.strides
        return Shape.walk(
          own.dimensions, strides: own.dimensions.indices.map { reduced.contains($0) ? 0 : strides[$0] })
      }

      func structure() throws(OperatorProblem) -> LinearStructure {
        var structure = try LinearStructure(rows: shape.count, columns: own.count, entriesPerRow: length)
        try Shape.checkSize(own.count, "the tensor")
        var columns = [[Int]](repeating: [], count: shape.count)
        for (element, row) in rows().enumerated() { columns[row].append(element) }
        for row in columns {
          for column in row { structure.append(column: column, place: 0) }
          structure.endRow()
        }
        return structure
      }
    }
  }
#endif
