import Networks
import Timing
import Waves

/// What every result begins with: model, schedule, summary.
enum ResultHead {
  static func members(_ command: String, _ timing: TimingAnalysis) -> [JSONMember] {
    members(command, timing.architecture, depth: timing.depth, timing.schedule, period: timing.period)
  }

  /// - Parameter depth: `nil` on a graph with a cycle, which has none.
  static func members(
    _ command: String, _ architecture: Architecture, depth: Int?, _ schedule: Schedule, period: Int? = nil
  ) -> [JSONMember] {
    [
      JSONMember(key: "schema", value: .string("waveproof/1")),
      JSONMember(key: "command", value: .string(command)),
      JSONMember(
        key: "model",
        value: .object([
          "name": .string(architecture.name), "nodes": .integer(architecture.nodes.count),
          "edges": .integer(architecture.edges.count), "depth": .optional(depth),
        ])),
      JSONMember(key: "schedule", value: self.schedule(schedule, period)),
    ]
  }

  private static func schedule(_ schedule: Schedule, _ period: Int?) -> JSONValue {
    var members = [JSONMember(key: "name", value: .string(schedule.name))]
    if let reading = schedule.reading {
      members.append(JSONMember(key: "slope", value: .string(reading.slope.rawValue)))
      members.append(JSONMember(key: "error", value: .string(reading.error.rawValue)))
    } else {
      members.append(JSONMember(key: "error", value: .string(schedule.errorSource.rawValue)))
    }
    let reads = schedule.weightReads
    if reads.policy != .frozen {
      members.append(JSONMember(key: "weights", value: .string(reads.policy.rawValue)))
      members.append(JSONMember(key: "weightsAt", value: .string(reads.side.rawValue)))
    }
    if schedule.framePeriod != 1 {
      members.append(JSONMember(key: "framePeriod", value: .integer(schedule.framePeriod)))
    }
    if let period { members.append(JSONMember(key: "period", value: .integer(period))) }
    return .object(members)
  }

  static func summary(_ timing: TimingAnalysis) -> JSONValue {
    .object([
      "synchronous": .strings(timing.synchronous.map(\.name)), "maxMismatch": .integer(timing.maximumMismatch),
      "maxSpread": .integer(timing.window), "window": .integer(timing.window), "fill": .integer(timing.fill),
    ])
  }

  static func title(_ timing: TimingAnalysis) -> String {
    let architecture = timing.architecture
    let reading = timing.schedule.reading.map { ", \($0)" } ?? ", error \(timing.schedule.errorSource.rawValue)"
    let period = timing.period.map { ", period \($0)" } ?? ""
    return "\(architecture.name): \(architecture.nodes.count) nodes, \(architecture.edges.count) edges, depth "
      + "\(timing.depth); schedule \(timing.schedule.name)\(reading)\(period)"
  }

  /// A list that stays readable: the first few names and how many more there are.
  static func list(_ names: [String], limit: Int = 8) -> String {
    guard names.count > limit else { return names.joined(separator: ", ") }
    return names.prefix(limit).joined(separator: ", ") + ", and \(names.count - limit) more"
  }
}

/// A set of lags as people read it: `2`, `0…4`, `0,2,5`.
enum LagRange {
  static func text(_ lags: Lags) -> String {
    guard let low = lags.minimum, let high = lags.maximum else { return "-" }
    if low == high { return String(low) }
    if high - low + 1 == lags.count { return "\(low)…\(high)" }
    let values = lags.values
    guard values.count > 6 else { return values.map(String.init).joined(separator: ",") }
    return "\(low)…\(high) (\(values.count) lags)"
  }
}
