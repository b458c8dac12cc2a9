/// Where a wave reads σ′ as it passes a node: the choice that the paper leaves open.
///
/// In ticks: the drive present at t is a(t), the one that produced the present activity is a(t − 1).
public enum Slope: String, Sendable, Hashable, CaseIterable {
  /// σ′ of the static network at the frame that the wave was injected for.
  case frameConsistent = "frame-consistent"
  /// a_v(t): the pre-activation present at the node when the wave is there.
  case drive
  /// a_v(t − 1): the pre-activation that produced the node's present activity.
  case emitted
  /// a_v(t − 2): one tick earlier still.
  case previous

  /// The σ′ memory m in ticks, or `nil` where the frame decides instead.
  public var memory: Int? {
    switch self {
    case .frameConsistent: nil
    case .drive: 0
    case .emitted: 1
    case .previous: 2
    }
  }
}

/// Which output error enters the backward wave at tick t: the other choice that the paper leaves open.
public enum ErrorInjection: String, Sendable, Hashable, CaseIterable {
  /// The static output delta of frame t, given from outside.
  case open
  /// From the network's own output x(t), with the target of the frame that produced it.
  case closed
  /// From the network's own output x(t), with the target of tick t.
  case closedCurrent = "closed-current"
  /// From the output's drive, one tick earlier, with the target of its frame.
  case closedDrive = "closed-drive"
}

/// A reading of the paper: one choice of slope and one of error.
public struct Reading: Sendable, Hashable, CustomStringConvertible {
  public let slope: Slope
  public let error: ErrorInjection

  public init(slope: Slope = .frameConsistent, error: ErrorInjection = .open) {
    self.slope = slope
    self.error = error
  }

  /// Every slope with every error, slopes first.
  public static let all: [Reading] = Slope.allCases.flatMap { slope in
    ErrorInjection.allCases.map { Reading(slope: slope, error: $0) }
  }

  public var description: String { "slope \(slope.rawValue), error \(error.rawValue)" }
}
