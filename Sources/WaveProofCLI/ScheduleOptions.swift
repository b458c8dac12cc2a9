import ArgumentParser
import Foundation
import WaveProof

/// Which schedule: a named one, with its reading for `diffusion`, or a file.
struct ScheduleOptions: ParsableArguments {
  @Option(help: "diffusion, sideways, partime, pipedream, gle-euler, or a schedule file *.json.")
  var schedule = "diffusion"

  @Option(help: "Where σ′ is read: frame-consistent, drive, emitted or previous (diffusion only).")
  var slope: Slope?

  @Option(help: "Which error enters: open, closed, closed-current or closed-drive (diffusion only).")
  var error: ErrorInjection?

  @Option(
    help:
      "Which weights are read while they change: frozen, current, stashed or vertical (default: the schedule's own).")
  var weights: WeightReads.Policy?

  @Option(help: "Where a wave reads a current weight on its way back: sender or receiver (default: sender).")
  var weightsAt: WeightReads.Side?

  @Option(help: "Compare lags modulo this many ticks, for inputs and targets that repeat.")
  var period: Int?

  mutating func validate() throws {
    guard period.map({ (1...Schedule.maximumTicks).contains($0) }) ?? true else {
      throw ValidationError("--period is from 1 to \(Schedule.maximumTicks) ticks")
    }
    guard schedule == "diffusion" || (slope == nil && error == nil) else {
      throw ValidationError("--slope and --error choose a reading of diffusion; schedule \(schedule) fixes both")
    }
  }

  var reading: Reading { Reading(slope: slope ?? .frameConsistent, error: error ?? .open) }

  func make(for architecture: Architecture) throws -> Schedule {
    let made = try Self.make(schedule, reading, for: architecture)
    let read =
      weights == nil && weightsAt == nil
      ? made
      : try made.reading(
        weights: weights ?? made.weightReads.policy, at: weightsAt ?? made.weightReads.side, on: architecture)
    guard read.weightReads.policy == .frozen || (read.slopeSource != .frameConsistent && read.errorSource == .closed)
    else {
      throw ValidationError(
        "weights \(read.weightReads.policy.rawValue): slopes of the wave's own frame and an open error come from a static "
          + "network, which has no versions; choose --slope emitted --error closed, or --schedule sideways")
    }
    return read
  }

  static let names = ["diffusion", "sideways", "partime", "pipedream", "gle-euler"]

  /// - Throws: `ValidationError` for a name that is neither known nor a file.
  static func check(_ name: String) throws {
    guard names.contains(name) || name.hasSuffix(".json") || name == "-" else {
      throw ValidationError("unknown schedule \"\(name)\"; known are \(names.joined(separator: ", ")), FILE.json")
    }
  }

  static func make(_ name: String, _ reading: Reading, for architecture: Architecture) throws -> Schedule {
    switch name {
    case "diffusion": return try .diffusion(architecture, reading)
    case "sideways": return try .sideways(architecture)
    case "partime": return try .partime(architecture)
    case "pipedream": return try .pipeDream(architecture)
    case "gle-euler": return try .generalizedLatentEquilibriumEuler(architecture)
    default:
      try check(name)
      return try Schedule(json: InputFile.read(name), for: architecture, named: name)
    }
  }
}

extension ScheduleOptions {
  /// The schedule whose latencies are repaired. Where σ′ is read is chosen anew, so that a diffusion needs no reading of
  /// its slopes, and a graph with a cycle has latencies like any other.
  func latencies(of architecture: Architecture) throws -> Schedule {
    guard schedule == "diffusion" else { return try make(for: architecture) }
    return .diffusionLatencies(architecture, error: reading.error)
  }

  /// What runs before any repair; σ′ of the wave's own frame, which needs memory, is then that of the present drive.
  func unrepaired(_ architecture: Architecture) throws -> Schedule {
    guard schedule == "diffusion", reading.slope == .frameConsistent else { return try make(for: architecture) }
    return try .diffusion(architecture, Reading(slope: .drive, error: reading.error))
  }
}

extension Slope: ExpressibleByArgument {}
extension ErrorInjection: ExpressibleByArgument {}
extension WeightReads.Policy: ExpressibleByArgument {}
extension WeightReads.Side: ExpressibleByArgument {}
