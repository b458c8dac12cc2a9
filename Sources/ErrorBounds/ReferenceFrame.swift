import Networks
import Timing

/// Whose gradient an update is compared with.
public enum ReferenceFrame: String, Sendable, Hashable, CaseIterable {
  /// The frame of the error wave; where several meet, the worst of them.
  case error
  /// The frame of the forward wave; where several meet, the worst of them.
  case input
  /// The frame of tick t.
  case now
  /// Any frame of the window, t back to t − fill: the worst one.
  case free
}

extension ReferenceFrame {
  /// The lags that the reference can have at an edge, in ticks, ascending.
  public func lags(of edge: EdgeTiming, in timing: TimingAnalysis) -> [Int] {
    switch self {
    // Outputs that no input reaches have errors all the same: those of their targets' frames.
    case .error:
      !edge.errorLags.isEmpty ? edge.errorLags.values : edge.targetLags.isEmpty ? [0] : edge.targetLags.values
    case .input: edge.inputLags.isEmpty ? [0] : edge.inputLags.values
    case .now: [0]
    case .free: Array(0...max(timing.fill, 0))
    }
  }
}
