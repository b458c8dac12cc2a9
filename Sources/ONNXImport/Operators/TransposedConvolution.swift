#if ONNX
  /// ConvTranspose: the transpose of a convolution, written down by its results.
  enum TransposedConvolution {
    static func convolve(_ operation: Operation, _ lowering: inout Lowering) throws(OperatorProblem) -> Value {
      let value = try operation.input(0)
      let weight = try operation.constant(1, "weight")
      let form = try Form(operation, input: value.knownShape(), weight: weight.knownShape())
      let tensor = try lowering.linear(
        value.affine(for: lowering.purpose), to: form.output, use: weight.origin?.after(form.description)
      ) { () throws(OperatorProblem) in
        try weight.finiteValues()
      } structure: { () throws(OperatorProblem) in
        try form.structure()
      }
      guard let bias = try operation.optionalConstant(2, "bias") else {
        return Value(tensor, name: operation.outputName)
      }
      guard try bias.knownShape().count == form.channels else {
        throw .malformed("the bias has not \(form.channels) numbers, one per output channel")
      }
      let summand = try bias.reshaped(
        Shape([1, form.channels] + [Int](repeating: 1, count: form.output.rank - 2)))
      return Value(
        try lowering.sum(tensor, Value.constant(summand).affine(for: lowering.purpose)), name: operation.outputName)
    }

    private struct Form {
      let channels: Int
      let output: Shape
      let description: String
      private let input: Shape
      private let weight: Shape
      private let groups: Int
      private let axes: [(kernel: Int, stride: Int, dilation: Int, before: Int)]

      init(_ operation: Operation, input: Shape, weight: Shape) throws(OperatorProblem) {
        let (batch, inputs, spatial) = try WindowAttributes.split(input)
        let rank = spatial.count
        groups = try operation.integer("group") ?? 1
        guard weight.rank == input.rank, groups >= 1, weight.dimensions[0] == inputs, inputs % groups == 0 else {
          throw .malformed("the weights of shape \(weight) in \(groups) groups do not fit the input of shape \(input)")
        }
        let limit = 1 << 20
        func list(_ name: String, _ count: Int, _ standard: Int) throws(OperatorProblem) -> [Int] {
          let list = try operation.integers(name) ?? [Int](repeating: standard, count: count)
          guard list.count == count, list.allSatisfy({ (0...limit).contains($0) }) else {
            throw .malformed("\(name) \(list) are not \(count) numbers from 0 to \(limit)")
          }
          return list
        }
        let kernel = Array(weight.dimensions[2...])
        if let stated = try operation.integers("kernel_shape"), stated != kernel {
          throw .malformed("kernel_shape \(stated) differs from the weights' \(kernel)")
        }
        guard kernel.allSatisfy({ (1...limit).contains($0) }), spatial.allSatisfy({ (1...limit).contains($0) }) else {
          throw .malformed("a kernel \(kernel) over \(spatial) elements is none, or too large")
        }
        let (strides, dilations) = (try list("strides", rank, 1), try list("dilations", rank, 1))
        let further = try list("output_padding", rank, 0)
        let pads = try list("pads", 2 * rank, 0)
        let stated = try operation.integers("output_shape")
        let mode = try operation.text("auto_pad") ?? "NOTSET"
        guard strides.allSatisfy({ $0 > 0 }), dilations.allSatisfy({ $0 > 0 }) else {
          throw .malformed("strides and dilations are positive")
        }
        guard ["NOTSET", "", "VALID", "SAME_UPPER", "SAME_LOWER"].contains(mode) else {
          throw .malformed("auto_pad \"\(mode)\" is unknown")
        }
        var axes: [(kernel: Int, stride: Int, dilation: Int, before: Int)] = []
        var lengths: [Int] = []
        for axis in 0..<rank {
          let full = strides[axis] * (spatial[axis] - 1) + further[axis] + (kernel[axis] - 1) * dilations[axis] + 1
          var (before, length) = (pads[axis], full - pads[axis] - pads[axis + rank])
          if mode == "VALID" { (before, length) = (0, full) }
          if stated != nil || mode.hasPrefix("SAME") {
            length = spatial[axis] * strides[axis]
            if let stated {
              guard stated.count == rank || stated.count == rank + 2 else {
                throw .malformed("output_shape \(stated) is not one number per axis")
              }
              length = stated[stated.count - rank + axis]
            }
            guard (0...(1 << 40)).contains(length) else { throw .malformed("an output of \(length) elements is none") }
            let total = max(full - length, 0)
            before = mode == "SAME_UPPER" ? total / 2 : total - total / 2
            if mode != "SAME_LOWER", mode != "SAME_UPPER" { before = total - total / 2 }
          }
          guard length > 0 else { throw .malformed("the padding leaves no output") }
          axes.append((kernel[axis], strides[axis], dilations[axis], before))
          lengths.append(length)
        }
        self.axes = axes
        self.input = input
        self.weight = weight
        channels = try Shape.product(weight.dimensions[1], groups, of: weight.dimensions)
        output = try Shape([batch, channels] + lengths)
        description = "transposed convolution of \(input) in \(groups) groups: \(axes), \(output)"
      }

      func structure() throws(OperatorProblem) -> LinearStructure {
        let (perGroup, kernelCount) = (weight.dimensions[1], axes.reduce(1) { $0 * $1.kernel })
        let inputsPerGroup = input.dimensions[1] / groups
        let (inner, outer) = (try Shape(Array(input.dimensions[2...])), try Shape(Array(output.dimensions[2...])))
        let (entries, overflow) = outer.count.multipliedReportingOverflow(by: kernelCount)
        try Shape.checkSize(overflow ? Int.max : entries, "the window over \(inner)")
        var structure = try LinearStructure(
          rows: output.count, columns: input.count, entriesPerRow: inputsPerGroup * kernelCount)
        let places = places(inner, outer)
        for sample in 0..<input.dimensions[0] {
          for channel in 0..<channels {
            let (group, within) = (channel / perGroup, channel % perGroup)
            for window in places {
              for feature in 0..<inputsPerGroup {
                let source = group * inputsPerGroup + feature
                let column = (sample * input.dimensions[1] + source) * inner.count
                let place = (source * perGroup + within) * kernelCount
                for hit in window { structure.append(column: column + hit.input, place: place + hit.kernel) }
              }
              structure.endRow()
            }
          }
        }
        return structure
      }

      /// For each position of the result, the input elements and kernel elements whose product it holds.
      private func places(_ inner: Shape, _ outer: Shape) -> [[Windows.Place]] {
        var windows: [[Windows.Place]] = [[.init(kernel: 0, input: 0)]]
        for (axis, form) in axes.enumerated() {
          windows = windows.flatMap { window in
            (0..<outer.dimensions[axis]).map { position in
              let hits = (0..<form.kernel).compactMap { index -> Windows.Place? in
                let distance = position + form.before - index * form.dilation
                guard distance >= 0, distance % form.stride == 0, distance / form.stride < inner.dimensions[axis]
                else { return nil }
                return .init(kernel: index, input: distance / form.stride)
              }
              return window.flatMap { outer in
                hits.map {
                  .init(
                    kernel: outer.kernel * form.kernel + $0.kernel,
                    input: outer.input * inner.dimensions[axis] + $0.input)
                }
              }
            }
          }
        }
        return windows
      }
    }
  }
#endif
