import Foundation
import WaveProof

/// The first rungs of `bound` on every edge of a network, timed: upper bounds only, from the network to the numbers.
///
/// All three frames distinct: closed loop, the wave's own σ′, any reference. Weights are converted before the clock
/// starts, as the peers convert theirs.
struct BoundRun {
  let network: Network
  let timing: TimingAnalysis
  let nominal: NominalFrame

  init(model: String, at stream: String) throws {
    func read(_ path: String) throws -> Data { try Data(contentsOf: URL(fileURLWithPath: path)) }
    let architecture = try Architecture(json: read(model), fallbackName: "model")
    network = try Network(architecture)
    timing = try TimingAnalysis(
      architecture, .diffusion(architecture, Reading(slope: .frameConsistent, error: .closed)))
    nominal = NominalFrame(try FrameStream(json: read(stream), for: architecture, named: stream))
  }

  /// The largest upper bound over all edges, by forms alone or with backward bounds.
  func largest(_ variation: Rational, backward: Bool) throws -> Double {
    let analysis = ErrorAnalysis(
      network, timing, try Variation(.window, input: variation), round: nominal, reference: .free)
    var largest = 0.0
    for edge in timing.edges.indices {
      largest = max(largest, analysis.size(try analysis.upper(edge, usesBackwardBounds: backward)))
    }
    return largest
  }
}
