import ArgumentParser
import WaveProof

/// Which schedules and references a table goes through, and which part of it this run computes.
struct SweepOptions: ParsableArguments {
  @Option(
    name: [.customLong("schedules"), .customLong("schedule")],
    help: "Schedules, as diffusion,partime; names or files *.json (default: diffusion).")
  var schedules: [String] = []

  @Option(
    name: [.customLong("slope"), .customLong("slopes")],
    help: "Where diffusion reads σ′, as frame-consistent,emitted (default: frame-consistent).")
  var slopes: [String] = []

  @Option(
    name: [.customLong("error"), .customLong("errors")],
    help: "Which error enters diffusion, as open,closed (default: open).")
  var errors: [String] = []

  @Option(help: "References, as error,free (default: that of --reference).")
  var references: [String] = []

  @Flag(help: "A row for every edge instead of one for the edge with the largest bound.")
  var perEdge = false

  @Flag(help: "Add the seconds that each row took; then the same input no longer gives the same bytes.")
  var time = false

  @Flag(help: "Write a JSON object on every line, which --resume and --merge can read, instead of --format.")
  var jsonLines = false

  @Flag(help: "Go on with what -o FILE already holds, as CSV or JSON lines.")
  var resume = false

  @Option(help: "i/n: compute only the i-th of n parts of the rows.")
  var shard: String?

  @Flag(help: "Take the arguments as files that shards wrote, and join them.")
  var merge = false

  mutating func validate() throws {
    for name in OptionNumber.list(schedules) { try ScheduleOptions.check(name) }
    _ = try readings()
    _ = try referenceFrames(.error)
    _ = try part()
    let names = OptionNumber.list(schedules)
    guard names.isEmpty || names.contains("diffusion") || (slopes.isEmpty && errors.isEmpty) else {
      throw ValidationError("--slope and --error choose readings of diffusion, which --schedules leaves out")
    }
  }

  private static func values<Value: RawRepresentable & CaseIterable>(
    _ texts: [String], _ option: String, default value: Value
  ) throws -> [Value] where Value.RawValue == String {
    let texts = OptionNumber.list(texts)
    guard !texts.isEmpty else { return [value] }
    return try texts.map { text in
      guard let found = Value(rawValue: text) else {
        let known = Value.allCases.map(\.rawValue).joined(separator: ", ")
        throw ValidationError("\(option): unknown \"\(text)\"; known are \(known)")
      }
      return found
    }
  }

  func referenceFrames(_ one: ReferenceFrame) throws -> [ReferenceFrame] {
    try Self.values(references, "--references", default: one)
  }

  /// Every slope with every error.
  func readings() throws -> [Reading] {
    let errors = try Self.values(errors, "--error", default: ErrorInjection.open)
    return try Self.values(slopes, "--slope", default: Slope.frameConsistent).flatMap { slope in
      errors.map { Reading(slope: slope, error: $0) }
    }
  }

  /// The cases of a network: each schedule, diffusion under every reading.
  func cases(_ network: Network) throws -> [SweepPlan.Case] {
    let names = schedules.isEmpty ? ["diffusion"] : OptionNumber.list(schedules)
    let readings = try readings()
    return try names.flatMap { name in
      try (name == "diffusion" ? readings.map(Optional.some) : [nil]).map { reading in
        let made = Swift.Result {
          try ScheduleOptions.make(name, reading ?? Reading(), for: network.architecture)
        }
        // A reading that a graph refuses is a row that says so; a file that cannot be used ends the command.
        guard ScheduleOptions.names.contains(name), case .failure(let error) = made, let error = error as? NetworkError
        else { return SweepPlan.Case(network, named: name, reading: reading, .success(try made.get())) }
        return SweepPlan.Case(network, named: name, reading: reading, .failure(error))
      }
    }
  }

  /// The part of the rows, counted from 0, and of how many.
  func part() throws -> (index: Int, count: Int) {
    guard let shard else { return (0, 1) }
    let numbers = shard.split(separator: "/", omittingEmptySubsequences: false).map { Int($0) }
    guard numbers.count == 2, let index = numbers[0], let count = numbers[1], count >= 1, (1...count).contains(index)
    else { throw ValidationError("--shard \(shard): give i/n with 1 ≤ i ≤ n, as 2/8") }
    return (index - 1, count)
  }
}
