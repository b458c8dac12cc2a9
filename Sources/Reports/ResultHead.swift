import Networks
import Timing
import Waves

/// What every result begins with: model, schedule, summary.
enum ResultHead {
  static func members(_ command: String, _ timing: TimingAnalysis) -> [JSONMember] {
    let architecture = timing.architecture
    return [
      JSONMember(key: "schema", value: .string("waveproof/1")),
      JSONMember(key: "command", value: .string(command)),
      JSONMember(
        key: "model",
        value: .object([
          "name": .string(architecture.name), "nodes": .integer(architecture.nodes.count),
          "edges": .integer(architecture.edges.count), "depth": .integer(timing.depth),
        ])),
      JSONMember(key: "schedule", value: schedule(timing)),
    ]
  }

  private static func schedule(_ timing: TimingAnalysis) -> JSONValue {
    var members = [JSONMember(key: "name", value: .string(timing.schedule.name))]
    if let reading = timing.schedule.reading {
      members.append(JSONMember(key: "slope", value: .string(reading.slope.rawValue)))
      members.append(JSONMember(key: "error", value: .string(reading.error.rawValue)))
    } else {
      members.append(JSONMember(key: "error", value: .string(timing.schedule.errorSource.rawValue)))
    }
    let reads = timing.schedule.weightReads
    if reads.policy != .frozen {
      members.append(JSONMember(key: "weights", value: .string(reads.policy.rawValue)))
      members.append(JSONMember(key: "weightsAt", value: .string(reads.side.rawValue)))
    }
    if timing.schedule.framePeriod != 1 {
      members.append(JSONMember(key: "framePeriod", value: .integer(timing.schedule.framePeriod)))
    }
    if let period = timing.period { members.append(JSONMember(key: "period", value: .integer(period))) }
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
