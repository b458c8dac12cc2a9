#if ONNX
  import ExactArithmetic
  import Foundation
  import Networks
  import Testing

  @testable import ONNXImport

  /// The operator conformance data of the Python package `onnx` 1.22.
  ///
  /// Each case is read three times: with all its inputs variable, with all but the first bound as constants, and with
  /// all but the last. Every reading that is possible must give the stated outputs; a case counts as refused if none is.
  @Suite(
    "Operator conformance", .enabled(if: ConformanceData.folder != nil, "Python with the package onnx 1.22 is not here")
  )
  struct ConformanceTests {
    private enum Outcome {
      case passed
      case refused(String)
    }

    @Test("Every case gives its outputs or is refused, in pinned numbers")
    func all() throws {
      var (passed, refused): ([String], [String: String]) = ([], [:])
      for one in try ConformanceData.cases() {
        switch outcome(of: one) {
        case .passed: passed.append(one.name)
        case .refused(let reason): refused[one.name] = reason
        }
      }
      let expected = ConformanceRefusals.all
      for (name, reason) in refused.sorted(by: { $0.key < $1.key }) where !expected.contains(name) {
        Issue.record("\(name) is refused: \(reason)")
      }
      #expect(Set(refused.keys) == expected)
      #expect(passed.count == 301)
    }

    private func outcome(of one: ConformanceCase) -> Outcome {
      let names = one.graph.input.map(\.name)
      let choices = [[], names.dropFirst(), names.dropLast()].map(Set.init)
      var reasons: [String] = []
      var count = 0
      for bound in Set(choices) {
        var bindings: [String: ONNXTensor] = [:]
        let read: ONNXArchitecture
        do {
          for (index, name) in names.enumerated() where bound.contains(name) {
            bindings[name] = try one.tensor("input", index)
          }
          read = try ONNXModel.annotatedNetwork(
            contentsOf: one.data, name: one.name, options: ONNXOptions(bindingInputs: bindings))
        } catch {
          reasons.append("\(error)")
          continue
        }
        do {
          try check(Network(read.architecture), one, bindings: bindings)
          count += 1
        } catch {
          Issue.record("\(one.name): \(error)")
        }
      }
      return count > 0 ? .passed : .refused(reasons.sorted().joined(separator: "; "))
    }

    private func check(_ network: Network, _ one: ConformanceCase, bindings: [String: ONNXTensor]) throws {
      var inputs: [Vector<Rational>] = []
      for (index, input) in one.graph.input.enumerated() where bindings[input.name] == nil {
        inputs.append(Vector(try one.numbers("input", index).map { $0 ?? 0 }))
      }
      let values = ForwardEvaluation.enclosures(network, inputs: inputs)
      let magnitudes = try MagnitudeModel(one.data, bindings: bindings)
      for (index, output) in one.graph.output.enumerated() {
        let node = try #require(network.architecture.nodeIndex(named: output.name))
        let format = try #require(FloatFormat(elementType: Int(output.type.tensorType.elemType)))
        let errors = ForwardErrorBound(network, magnitudes: magnitudes, values: values, format: format).errors[node]
        let numbers = try one.numbers("output", index)
        let decimals = Self.decimals[one.name]
        #expect(numbers.count == values[node].count, "\(one.name): \(numbers.count) numbers expected")
        for (place, number) in numbers.enumerated() where place < values[node].count {
          guard let value = number else { continue }
          let difference = max(value - values[node][place].lower, values[node][place].upper - value)
          guard difference > errors[place] + (decimals ?? 0) else { continue }
          Issue.record("\(one.name), \(output.name)[\(place)]: \(value) is not \(values[node][place])")
          break
        }
      }
    }

    /// Data that was written down with few decimals: a unit of the last of them.
    private static let decimals: [String: Rational] = [
      "averagepool_2d_ceil_last_window_starts_on_pad": Rational(1, over: 10_000)
    ]
  }
#endif
