import ArgumentParser
import Foundation
import WaveProof

/// What every command takes.
struct CommonOptions: ParsableArguments {
  @Option(help: "text, json, csv, markdown or latex.")
  var format: OutputFormat = .text

  @Option(name: .short, help: "Write the result to this file instead of stdout.")
  var output: String?

  @Option(help: "Bits of an enclosure, where numbers are not exact.")
  var precision: Int = 128

  @Option(help: "Seed of every random choice.")
  var seed: UInt64 = 1

  @Option(help: "How many threads may work at once (default: all cores).")
  var jobs: Int?

  @Flag(help: "No progress and no notes on stderr.")
  var quiet = false

  @Option(help: "auto, always or never.")
  var color: ColorChoice = .auto

  mutating func validate() throws {
    guard (24...1_000_000).contains(precision) else {
      throw ValidationError("--precision is a number of bits from 24 to 1000000")
    }
    guard jobs.map({ $0 >= 1 }) ?? true else { throw ValidationError("--jobs is at least 1") }
  }

  var style: TextStyle {
    switch color {
    case .always: .coloured
    case .never: .plain
    case .auto: output == nil && isatty(1) == 1 && Self.terminalTakesColour ? .coloured : .plain
    }
  }

  /// What a person has set: NO_COLOR to anything, or a terminal without colours.
  private static var terminalTakesColour: Bool {
    let environment = ProcessInfo.processInfo.environment
    return (environment["NO_COLOR"] ?? "").isEmpty && environment["TERM"] != "dumb"
  }

  /// Whether progress may be shown: only to a person at a terminal.
  var showsProgress: Bool { !quiet && isatty(2) == 1 }

  var threads: Int { jobs ?? ProcessInfo.processInfo.activeProcessorCount }
}

enum ColorChoice: String, ExpressibleByArgument, CaseIterable {
  case auto, always, never
}

extension OutputFormat: ExpressibleByArgument {}
