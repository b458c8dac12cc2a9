import Networks
import Testing
import Timing
import Waves

@Suite struct RegisterEnumerationTests {
  private func least(_ architecture: Architecture, _ error: ErrorInjection) throws -> Int {
    let latencies = Schedule.diffusionLatencies(architecture, error: error)
    let result = try RegisterSynthesis.solve(architecture, latencies, RegisterRequest(allEdgesOf: architecture))
    guard case .plan(let plan) = result else {
      Issue.record("a DAG without caps is always repaired")
      return -1
    }
    return plan.registers
  }

  /// Every DAG of up to 5 nodes, unit widths: no assignment of taps with fewer registers does, and one with as many does.
  @Test(arguments: [(2, 0..<1), (3, 0..<3), (4, 0..<21), (5, 0..<105), (5, 105..<210), (5, 210..<315)])
  func everyGraphAgainstEveryAssignment(count: Int, part: Range<Int>) throws {
    var tried = 0
    let all = ExampleGraphs.all(count)
    #expect(all.count == [2: 1, 3: 3, 4: 21, 5: 315][count])
    let graphs = all[part]
    for edges in graphs {
      let architecture = try ExampleGraphs.graph(count, edges)
      let least = try least(architecture, .closed)
      let enumeration = try TapEnumeration(
        architecture, .diffusionLatencies(architecture, error: .closed), upTo: least)
      tried += enumeration.tried
      #expect(enumeration.least == least, "\(edges)")
    }
    #expect(tried >= graphs.count)
  }

  /// Every DAG of up to 4 nodes with widths that make it worth moving registers, in both loops.
  @Test(arguments: [ErrorInjection.open, .closed, .closedCurrent])
  func widthsAndOpenLoops(error: ErrorInjection) throws {
    for count in 2...4 {
      for (index, edges) in ExampleGraphs.all(count).enumerated() {
        let widths = (0..<count).map { [1, 3, 2, 5][($0 * 3 + index) % 4] }
        let architecture = try ExampleGraphs.graph(count, edges, widths: widths)
        let least = try least(architecture, error)
        let enumeration = try TapEnumeration(
          architecture, .diffusionLatencies(architecture, error: error), upTo: least)
        #expect(enumeration.least == least, "\(edges) \(widths)")
      }
    }
  }

  /// The enumeration itself can say no: with one register fewer it finds nothing.
  @Test func oneRegisterFewerDoesNot() throws {
    let architecture = try ExampleGraphs.chain([1, 1, 1, 1])
    let base = Schedule.diffusionLatencies(architecture, error: .closed)
    #expect(try TapEnumeration(architecture, base, upTo: 11).least == 11)
    #expect(try TapEnumeration(architecture, base, upTo: 10).least == nil)
  }
}
