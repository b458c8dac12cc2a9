#if ONNX
  import ExactArithmetic

  /// Einsum with at most one operand that depends on the model's inputs: linear in it.
  enum EinsumOperator {
    static func einsum(_ operation: Operation, _ lowering: inout Lowering) throws(OperatorProblem) -> Value {
      guard let text = try operation.text("equation") else { throw .malformed("the equation is missing") }
      var shapes: [Shape] = []
      var variable: Int?
      for index in operation.inputs.indices {
        let value = try operation.input(index)
        shapes.append(try value.knownShape())
        guard !value.isConstant else { continue }
        guard variable == nil else {
          throw .unsupported("a product of two tensors that depend on the model's inputs is not affine")
        }
        variable = index
      }
      let form = try Form(text, shapes)
      // Of constants alone the last one stands for the variable.
      guard let source = variable ?? operation.inputs.indices.last else { throw .malformed("it has no operands") }
      let tensor = try operation.input(source).affine(for: lowering.purpose)
      let others = operation.inputs.indices.filter { $0 != source }
      var use: WeightUse?
      if others.count == 1 {
        use = try operation.constant(others[0], "operand").origin?.after("Einsum \(text) of \(shapes)")
      }
      if others.count > 1 { use = nil }
      guard lowering.isExact else {
        return Value(
          try lowering.linear(tensor, to: form.output, use: use) { () throws(OperatorProblem) in
            .rationals([])
          } structure: { () throws(OperatorProblem) in
            try LinearStructure(rows: 0, columns: 0, entriesPerRow: 0)
          }, name: operation.outputName)
      }
      var factors: [Int: [Rational]] = [:]
      for index in others { factors[index] = try operation.constant(index, "operand").rationals() }
      let rows = try form.rows(source: source, factors: factors)
      return Value(
        try lowering.linear(tensor, to: form.output, use: use) { () throws(OperatorProblem) in
          .rationals(rows.flatMap { $0.map(\.weight) })
        } structure: { () throws(OperatorProblem) in
          var structure = try LinearStructure(rows: rows.count, columns: shapes[source].count, entriesPerRow: 0)
          var place = 0
          for row in rows {
            for entry in row {
              structure.append(column: entry.column, place: place)
              place += 1
            }
            structure.endRow()
          }
          return structure
        }, name: operation.outputName)
    }

    /// An equation and the lengths of its labels. The axes under an ellipsis are labelled by their distance from its end.
    private struct Form {
      let output: Shape
      private let shapes: [Shape]
      private let operands: [[String]]
      /// The labels of the result, then those that are summed over.
      private let labels: [String]
      private let lengths: [String: Int]

      init(_ text: String, _ shapes: [Shape]) throws(OperatorProblem) {
        let sides = text.filter { $0 != " " }.replacing("->", with: ">").split(
          separator: ">", maxSplits: 1, omittingEmptySubsequences: false)
        let terms = sides[0].split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        guard terms.count == shapes.count else {
          throw .malformed("the equation \"\(text)\" has \(terms.count) operands; \(shapes.count) are given")
        }
        var operands: [[String]] = []
        var lengths: [String: Int] = [:]
        var (counts, widest): ([String: Int], Int) = ([:], 0)
        for (term, shape) in zip(terms, shapes) {
          let (labels, hidden) = try Self.labels(term, rank: shape.rank)
          widest = max(widest, hidden)
          for (label, length) in zip(labels, shape.dimensions) {
            let known = lengths[label] ?? 1
            guard known == length || known == 1 || length == 1 else {
              throw .malformed("the label \(label) has the lengths \(known) and \(length)")
            }
            lengths[label] = known == 1 ? length : known
            counts[label, default: 0] += 1
          }
          operands.append(labels)
        }
        let hidden = (0..<widest).reversed().map { "…\($0)" }
        var result: [String]
        if sides.count == 2 {
          result = try Self.labels(String(sides[1]), rank: nil, hidden: hidden).labels
        } else {
          result = hidden + counts.filter { $0.value == 1 && !$0.key.hasPrefix("…") }.map(\.key).sorted()
        }
        guard Set(result).count == result.count, result.allSatisfy({ lengths[$0] != nil }) else {
          throw .malformed("the result of the equation \"\(text)\" names a label twice, or one that no operand has")
        }
        output = try Shape(result.map { lengths[$0] ?? 1 })
        labels = result + lengths.keys.filter { !result.contains($0) }.sorted()
        (self.operands, self.lengths, self.shapes) = (operands, lengths, shapes)
      }

      private static func labels(
        _ term: String, rank: Int?, hidden: [String] = []
      ) throws(OperatorProblem) -> (labels: [String], hidden: Int) {
        let pieces = term.split(separator: "...", omittingEmptySubsequences: false)
        let (first, last) = (
          pieces.first.map { $0.map(String.init) } ?? [], pieces.last.map { $0.map(String.init) } ?? []
        )
        guard pieces.count <= 2, term.replacing("...", with: "").allSatisfy({ $0.isASCII && $0.isLetter }) else {
          throw .malformed("\"\(term)\" is not made of letters and one ellipsis")
        }
        if pieces.count == 1 {
          guard rank ?? first.count == first.count else {
            throw .malformed("\"\(term)\" labels \(first.count) axes of \(rank ?? 0)")
          }
          return (first, 0)
        }
        guard let rank else { return (first + hidden + last, hidden.count) }
        let count = rank - first.count - last.count
        guard count >= 0 else { throw .malformed("\"\(term)\" labels more than \(rank) axes") }
        return (first + (0..<count).reversed().map { "…\($0)" } + last, count)
      }

      /// For each element of the result, the elements of one operand that it depends on, and by which factor.
      func rows(
        source: Int, factors: [Int: [Rational]]
      ) throws(OperatorProblem) -> [[(column: Int, weight: Rational)]] {
        let dimensions = labels.map { lengths[$0] ?? 1 }
        let total = try Shape(dimensions).count
        try Shape.checkSize(total, "the sum")
        let places = operands.indices.map { operand in
          Shape.walk(dimensions, strides: labels.map { stride(of: $0, in: operand) })
        }
        let share = output.count == 0 ? 0 : total / output.count
        var rows: [[(column: Int, weight: Rational)]] = []
        for row in 0..<output.count {
          var sums: [Int: Rational] = [:]
          for index in row * share..<(row + 1) * share {
            var weight = Rational.one
            for (operand, values) in factors { weight = weight * values[places[operand][index]] }
            sums[places[source][index], default: .zero] = sums[places[source][index], default: .zero] + weight
          }
          rows.append(sums.sorted { $0.key < $1.key }.map { ($0.key, $0.value) })
        }
        return rows
      }

      /// Axes of one label add up: a diagonal. An axis of length 1 repeats.
      private func stride(of label: String, in operand: Int) -> Int {
        let strides = shapes[operand].strides
        return operands[operand].indices.reduce(0) { sum, axis in
          operands[operand][axis] == label && shapes[operand].dimensions[axis] != 1 ? sum + strides[axis] : sum
        }
      }
    }
  }
#endif
