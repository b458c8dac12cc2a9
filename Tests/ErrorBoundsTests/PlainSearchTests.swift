import ExactArithmetic
import Foundation
import Networks
import Testing
import Timing
import Waves

@testable import ErrorBounds

@Suite("Searches all over the box")
struct PlainSearchTests {
  /// Every vertex and first order of a wide box leads into saturation, where the error is 0.
  private static let saturated = """
    {"inputs": [{"name": "u", "width": 2}],
     "nodes": [{"name": "n0", "width": 1, "activation": "hard-tanh"}, {"name": "n1", "width": 1, "activation": "hard-tanh"},
               {"name": "n2", "width": 2, "activation": "hard-tanh"}],
     "edges": [{"from": "n0", "to": "n2", "weight": [["5/4"], ["0"]]}, {"from": "u", "to": "n0", "weight": [["-1/3", "-1"]]},
               {"from": "n0", "to": "n1", "weight": [["7/8"]]}, {"from": "u", "to": "n2", "weight": [["-5/3", "-9/5"], ["-1", "-1"]]}],
     "outputs": ["n1", "n2"]}
    """

  @Test("An error behind saturated units is found, and is attained by the stream that is given")
  func saturated() throws {
    let network = try Network(Architecture(json: Data(Self.saturated.utf8), fallbackName: "saturated"))
    let schedule = try Schedule.diffusion(network.architecture, Reading(slope: .previous, error: .closedDrive))
    let timing = try TimingAnalysis(network.architecture, schedule)
    let edge = try #require(network.architecture.edgeIndex(named: "u->n0"))
    let nominal = NominalFrame(
      inputs: [Vector([Rational(5, over: 3), -1])], targets: [Vector([Rational(3, over: 5)]), Vector([-2, -2])])
    let analysis = ErrorAnalysis(
      network, timing, try Variation(.window, input: 10), round: nominal, reference: .now)
    let bound = try analysis.bound(edge)
    let lower = try #require(bound.lower)
    #expect(lower.value > 20 && lower.value <= bound.upper, "\(lower.value)")
    // The tick machine, which knows nothing of families and lags.
    let machine = TickMachine<Rational>(
      network, schedule, frames: Frames(lower.stream, in: ExactContext()), in: ExactContext())
    let gradient = try machine.staticPass(at: lower.referenceTick).gradient(of: network.architecture.edges[edge])
    let reached = (try machine.update(edge, at: lower.tick) - gradient).maximumEntryMagnitude
    #expect(reached == lower.value)
  }

  @Test("Climbs end where the norm is large, and the same seed gives the same ends")
  func ends() {
    let search = PlainSearch(parameters: 3, finest: 0x1p-10, deadline: .distantFuture)
    // A narrow peak inside, and nothing elsewhere.
    func size(_ point: [Double]) -> Double { max(0, 1 - point.reduce(0) { $0 + ($1 - 0.25) * ($1 - 0.25) }) }
    let ends = search.ends(climbs: 4, evaluations: 4_000, size)
    #expect(ends.count == 4 && ends.contains { size($0) > 0.99 })
    #expect(ends == search.ends(climbs: 4, evaluations: 4_000, size))
    let late = PlainSearch(parameters: 3, finest: 0x1p-10, deadline: .distantPast)
    #expect(late.ends(climbs: 4, evaluations: 4_000, size).isEmpty)
  }

  @Test("The best of all moves does not lead away from a small piece, where the first that helps does")
  func bestMove() {
    // Where the first coordinate is large nothing else counts.
    func size(_ point: [Double]) -> Double { point[0] > 0.5 ? 1 : point[1] > 0.5 ? 2 : 0 }
    let first = PatternSearch(budget: 1_000).climb(from: [-1, -1], size)
    let best = PatternSearch(budget: 1_000, takesBest: true).climb(from: [-1, -1], size)
    #expect(first.value == 1 && best.value == 2 && best.point == [-1, 1])
    // Not where the budget ends before such moves lead anywhere.
    #expect(PatternSearch(budget: 100, takesBest: true).climb(from: [-1, -1], size).value == 1)
    // Coordinates that stand still are not asked about.
    let still = PatternSearch(budget: 1_000, takesBest: true).climb(from: [-1, -1], coordinates: 0..<1, size)
    #expect(still.value == 1 && still.point[1] == -1)
  }
}
