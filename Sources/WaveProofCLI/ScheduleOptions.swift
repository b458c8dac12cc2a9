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

  @Option(help: "Compare lags modulo this many ticks, for inputs and targets that repeat.")
  var period: Int?

  mutating func validate() throws {
    guard period.map({ $0 >= 1 }) ?? true else { throw ValidationError("--period is at least 1 tick") }
    guard schedule == "diffusion" || (slope == nil && error == nil) else {
      throw ValidationError("--slope and --error choose a reading of diffusion; schedule \(schedule) fixes both")
    }
  }

  var reading: Reading { Reading(slope: slope ?? .frameConsistent, error: error ?? .open) }

  func make(for architecture: Architecture) throws -> Schedule {
    try Self.make(schedule, reading, for: architecture)
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

extension Slope: ExpressibleByArgument {}
extension ErrorInjection: ExpressibleByArgument {}
