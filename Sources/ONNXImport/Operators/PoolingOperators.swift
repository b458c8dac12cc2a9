#if ONNX
  import ExactArithmetic

  /// AveragePool and GlobalAveragePool: linear, with the exact weights 1/n.
  enum PoolingOperators {
    static func average(_ operation: Operation, _ lowering: inout Lowering) throws(OperatorProblem) -> Value {
      let value = try operation.input(0)
      let (batch, channels, spatial) = try WindowAttributes.split(value.knownShape())
      let windows = try WindowAttributes.windows(of: operation, over: spatial)
      let shape = try Shape([batch, channels] + windows.output.dimensions)
      let countsPadding = try operation.isSet("count_include_pad")
      return Value(
        try pool(value, to: shape, maps: batch * channels, windows: windows, lowering) {
          () throws(OperatorProblem) in
          let places = try windows.places()
          return (places, countsPadding ? windows.paddedCounts() : places.map(\.count))
        }, name: operation.outputName)
    }

    static func globalAverage(_ operation: Operation, _ lowering: inout Lowering) throws(OperatorProblem) -> Value {
      let value = try operation.input(0)
      let (batch, channels, spatial) = try WindowAttributes.split(value.knownShape())
      var axes: [WindowAxis] = []
      for length in spatial {
        axes.append(try WindowAxis(length: length, kernel: length, stride: 1, dilation: 1, padding: .valid))
      }
      let windows = try Windows(input: spatial, axes: axes)
      let shape = try Shape([batch, channels] + windows.output.dimensions)
      return Value(
        try pool(value, to: shape, maps: batch * channels, windows: windows, lowering) {
          () throws(OperatorProblem) in
          let places = try windows.places()
          return (places, places.map(\.count))
        }, name: operation.outputName)
    }

    /// - Parameter form: the places of each window and the number that their sum is divided by.
    private static func pool(
      _ value: Value, to shape: Shape, maps: Int, windows: Windows, _ lowering: Lowering,
      form: () throws(OperatorProblem) -> (places: [[Windows.Place]], counts: [Int])
    ) throws(OperatorProblem) -> AffineTensor {
      let tensor = try value.affine(for: lowering.purpose)
      guard lowering.isExact else { return tensor.unweighed(shape) }
      let (places, counts) = try form()
      guard !counts.contains(0) else { throw .malformed("a window lies wholly on the padding; its mean is undefined") }
      let reciprocals = counts.map { Rational(1, over: Integer($0)) }
      return try lowering.linear(tensor, to: shape) { () throws(OperatorProblem) in
        .rationals(reciprocals)
      } structure: { () throws(OperatorProblem) in
        var structure = try LinearStructure(
          rows: shape.count, columns: maps * windows.input.count, entriesPerRow: windows.kernel.count)
        for map in 0..<maps {
          for (position, window) in places.enumerated() {
            for place in window { structure.append(column: map * windows.input.count + place.input, place: position) }
            structure.endRow()
          }
        }
        return structure
      }
    }
  }
#endif
