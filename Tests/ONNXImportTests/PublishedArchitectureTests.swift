#if ONNX
  import Foundation
  import Networks
  import ONNXImport
  import Testing
  import Timing
  import Waves

  /// The rows of docs/architectures.md, made anew from the published graphs.
  @Suite("Published architectures", .enabled(if: ModelFolder.isPresent, "no folder of models beside the package"))
  struct PublishedArchitectureTests {
    private static func row(_ name: String) throws -> [String] {
      let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()
      let page = try String(contentsOf: root.appendingPathComponent("docs/architectures.md"), encoding: .utf8)
      let line = try #require(page.split(separator: "\n").first { $0.hasPrefix("| \(name) |") })
      return line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }.filter { !$0.isEmpty }
    }

    @Test(arguments: ["light_densenet121", "light_inception_v1", "light_resnet50", "light_squeezenet"])
    func rowIsReal(name: String) throws {
      let architecture = try ONNXModel.architecture(contentsOf: ModelFolder.model(name), name: name).architecture
      let figures = try ArchitectureFigures(architecture)
      let numbers = [
        figures.nodes, figures.edges, figures.depth, figures.activities, figures.openWindow, figures.closedWindow,
        figures.closedFill, figures.openRegisters, figures.closedRegisters, figures.longestChain,
      ].map(String.init)
      var row = try Self.row(name)
      #expect(row.count == 13)
      #expect(row[5] == (figures.synchronous.isEmpty ? "none" : figures.synchronous.joined(separator: ", ")))
      row.remove(at: 11)
      row.remove(at: 5)
      #expect(row == [name] + numbers)
      // Windows of theorem 9's corollary: L* − 1 open, 2L* − 1 closed.
      #expect(figures.openWindow == figures.depth - 1 && figures.closedWindow == 2 * figures.depth - 1)
    }

    /// Every edge of DenseNet-121 is synchronous and causal on the repaired schedule.
    @Test func repairedDenseNet() throws {
      let name = "light_densenet121"
      let architecture = try ONNXModel.architecture(contentsOf: ModelFolder.model(name), name: name).architecture
      let latencies = Schedule.diffusionLatencies(architecture, error: .closed)
      let result = try RegisterSynthesis.solve(architecture, latencies, RegisterRequest(allEdgesOf: architecture))
      guard case .plan(let plan) = result else {
        Issue.record("a DAG is repaired")
        return
      }
      let timing = try TimingAnalysis(architecture, plan.schedule)
      #expect(timing.edges.allSatisfy { $0.isSynchronous && $0.causal && $0.errorCausal })
      #expect(timing.window == 0)
    }
  }
#endif
