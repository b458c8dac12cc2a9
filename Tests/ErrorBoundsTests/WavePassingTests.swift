import ExactArithmetic
import Networks
import Testing
import Timing
import Waves

@testable import ErrorBounds

@Suite("Waves that pass a node")
struct WavePassingTests {
  /// Weights in sixths: relu layers with two edges that skip one, so that updates mix frames and the formula is evaluated.
  private static let weights: [(from: String, to: String, sixths: [[Int]])] = [
    ("u", "h1", [[-5, 4, 0], [7, -1, 5], [2, 4, 0], [4, 9, 4]]),
    ("h1", "h2", [[-8, 4, -5, -3], [-9, 6, 7, 4], [8, -2, -8, 5], [7, 0, 8, 1]]),
    ("h2", "h3", [[-2, -7, 9, 0], [-6, -2, -8, -8], [7, -3, 4, 9], [-8, -9, 6, -6]]),
    ("h1", "h3", [[-4, 7, 0, -2], [-9, 7, 8, 4], [-8, -6, 1, -5], [-1, 8, 6, -8]]),
    ("h3", "h4", [[2, -2, -3, -6], [8, -6, -4, -2], [-1, -5, -9, 6], [9, 3, -8, -1]]),
    ("h2", "h4", [[-2, -1, 7, 7], [4, -8, 6, 1], [-9, -8, -5, -8], [-6, -8, -7, 6]]),
    ("h4", "y", [[-8, -7, 7, 7], [6, 1, -4, 1]]),
  ]

  @Test("Forms that pass a relu keep their bands: a slope that is taken first and multiplied later is a fifth wider")
  func formsPassThrough() throws {
    let network = try Network(
      Architecture(
        name: "skip-relu", inputs: [(name: "u", width: 3)],
        nodes: (1...4).map { Node(name: "h\($0)", width: 4, activation: .relu) } + [Node(name: "y", width: 2)],
        connections: Self.weights.map { edge in
          let entries = edge.sixths.enumerated().flatMap { row, numbers in
            numbers.enumerated().map { (row: row, column: $0.offset, value: Rational(Integer($0.element), over: 6)) }
          }
          return Connection(
            from: edge.from, to: edge.to,
            weight: LinearMap(
              rows: edge.sixths.count, columns: edge.sixths[0].count, entries: entries.filter { !$0.value.isZero }))
        }, outputs: ["y"]))
    let schedule = try Schedule.diffusion(network.architecture, Reading(slope: .emitted, error: .closed))
    let analysis = ErrorAnalysis(
      network, try TimingAnalysis(network.architecture, schedule),
      try Variation(.window, input: Rational(1, over: 100)),
      round: NominalFrame(inputs: [.zeros(3, in: ExactContext())], targets: [.zeros(2, in: ExactContext())]))
    #expect(try analysis.problems(0).first?.factors == nil)
    let upper = FrameFamily.exact(analysis.size(try analysis.upper(0, usesBackwardBounds: true)))
    #expect(upper <= Rational(2616, over: 10_000))
    // An error that frames of the window attain, by the exact evaluation of a witness.
    #expect(upper >= Rational(298_318_924_394_077, over: 6_604_518_850_560_000))
  }
}
