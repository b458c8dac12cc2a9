import Timing
import Waves

/// What makes a synchronous edge exact, in words, with the general theorem where one covers the very case.
///
/// The named theorems are those of `proofs/theories/Dag.v`: any DAG and delays, open error; with the wave's own σ′, or with
/// σ′ read from a drive where the lags of all slopes agree: those of affine activations among them, and those of nodes that
/// lead to no output, whose waves are zero: the theorem asks them of every node with an edge out of it.
struct SynchronyReason {
  let text: String

  init(_ timing: TimingAnalysis, _ edge: Int) {
    let condition = timing.period.map { " modulo \($0), for inputs and targets of that period" } ?? ""
    let theorem = Self.theorem(timing, edge).map { " (\($0))" } ?? " (chain rule at that one frame)"
    text = "all lags equal\(condition), for all weights, inputs and σ\(theorem)"
  }

  private static func theorem(_ timing: TimingAnalysis, _ edge: Int) -> String? {
    guard timing.period == nil, let reading = timing.schedule.reading, reading.error == .open else { return nil }
    switch reading.slope {
    case .frameConsistent: return "synchronous_edge_exact_own"
    case .drive, .emitted, .previous:
      let covered = timing.slopeLags(of: edge).allSatisfy { $0.lags.single == timing.edges[edge].delay }
      return covered && !timing.passesDeadEnd(edge) ? "synchronous_edge_exact" : nil
    }
  }
}
