#if ONNX
  /// Conv: a sparse map with shared weights, never a dense matrix.
  enum ConvolutionOperators {
    static func convolve(_ operation: Operation, _ lowering: inout Lowering) throws(OperatorProblem) -> Value {
      let value = try operation.input(0)
      let weight = try operation.constant(1, "weight")
      let bias = try operation.optionalConstant(2, "bias")
      let form = try Form(operation, input: value.knownShape(), weight: weight.knownShape())
      let tensor = try lowering.linear(
        value.affine(for: lowering.purpose), to: form.output, use: weight.origin?.after(form.description)
      ) {
        () throws(OperatorProblem) in
        try weight.finiteValues()
      } structure: { () throws(OperatorProblem) in
        try form.structure()
      }
      guard let bias else { return Value(tensor, name: operation.outputName) }
      guard try bias.knownShape().count == form.outputChannels else {
        throw .malformed("the bias has not \(form.outputChannels) numbers, one per output channel")
      }
      let summand = try Value.constant(bias.reshaped(form.biasShape)).affine(for: lowering.purpose)
      return Value(try lowering.sum(tensor, summand), name: operation.outputName)
    }

    private struct Form {
      let batch: Int
      let groups: Int
      let channelsPerGroup: Int
      let outputChannels: Int
      let windows: Windows
      let output: Shape

      /// What two convolutions have in common if their kernels are read alike.
      let description: String

      init(_ operation: Operation, input: Shape, weight: Shape) throws(OperatorProblem) {
        let (batch, channels, spatial) = try WindowAttributes.split(input)
        groups = try operation.integer("group") ?? 1
        guard weight.rank == input.rank, groups >= 1, weight.count > 0, weight.dimensions[0] % groups == 0,
          channels % groups == 0, weight.dimensions[1] == channels / groups
        else {
          throw .malformed("the weights of shape \(weight) in \(groups) groups do not fit the input of shape \(input)")
        }
        self.batch = batch
        channelsPerGroup = weight.dimensions[1]
        outputChannels = weight.dimensions[0]
        windows = try WindowAttributes.windows(of: operation, over: spatial, kernel: Array(weight.dimensions[2...]))
        output = try Shape([batch, outputChannels] + windows.output.dimensions)
        description = "convolution of \(input) in \(groups) groups: \(windows.axes)"
      }

      /// One number per channel, to be repeated over the spatial axes.
      var biasShape: Shape {
        get throws(OperatorProblem) {
          try Shape([1, outputChannels] + [Int](repeating: 1, count: windows.output.rank))
        }
      }

      func structure() throws(OperatorProblem) -> LinearStructure {
        let channels = groups * channelsPerGroup
        var structure = try LinearStructure(
          rows: output.count, columns: batch * channels * windows.input.count,
          entriesPerRow: channelsPerGroup * windows.kernel.count)
        let places = try windows.places()
        for sample in 0..<batch {
          for outputChannel in 0..<outputChannels {
            let group = outputChannel / (outputChannels / groups)
            for window in places {
              for channel in 0..<channelsPerGroup {
                let from = (sample * channels + group * channelsPerGroup + channel) * windows.input.count
                let weight = (outputChannel * channelsPerGroup + channel) * windows.kernel.count
                for place in window { structure.append(column: from + place.input, place: weight + place.kernel) }
              }
              structure.endRow()
            }
          }
        }
        return structure
      }
    }
  }
#endif
