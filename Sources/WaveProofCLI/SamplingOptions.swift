import ArgumentParser
import WaveProof

/// Ticks and frames in seconds.
struct SamplingOptions: ParsableArguments {
  @Option(parsing: .unconditional, help: "Δt: seconds a tick; gives τ_s in seconds.")
  var dt: String?

  @Option(parsing: .unconditional, help: "Frames a second of a video: how small Δt must be, and exact ticks a frame.")
  var fps: String?

  @Option(parsing: .unconditional, help: "With --fps: the share of a frame's ticks that may be inexact.")
  var tolerance = "1/10"

  mutating func validate() throws { _ = try sampling() }

  /// `nil` where nothing was asked.
  func sampling() throws -> SamplingTime? {
    let share = try OptionNumber.positive(tolerance, "--tolerance", "a share")
    guard share < 1 else { throw ValidationError("--tolerance \(tolerance) is no share; give a number below 1") }
    guard dt != nil || fps != nil else { return nil }
    return try SamplingTime(
      tick: try dt.map { try OptionNumber.positive($0, "--dt", "seconds") },
      frameRate: try fps.map { try OptionNumber.positive($0, "--fps", "frames a second") }, tolerance: share)
  }
}
