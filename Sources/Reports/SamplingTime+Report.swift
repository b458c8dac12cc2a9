import ExactArithmetic
import Networks
import Timing

extension SamplingTime {
  /// The key `sampling`.
  func members(_ timing: TimingAnalysis) -> [JSONMember] {
    func number(_ value: Rational?) -> JSONValue { value.map { .string($0.description) } ?? .null }
    let window = timing.window
    return [
      JSONMember(
        key: "sampling",
        value: .object([
          "dt": number(tick), "fps": number(frameRate), "tolerance": number(tolerance), "window": .integer(window),
          "tau": number(synchronizationTime(window: window)), "ticksPerFrame": number(ticksPerFrame),
          "largestDt": number(largestTick(window: window)),
          "largestDtWithinTolerance": number(largestTickWithinTolerance(window: window)),
        ]))
    ]
  }

  /// τ_s and the bounds on Δt, a sentence each.
  func sentences(_ timing: TimingAnalysis) -> [String] {
    let window = timing.window
    var lines: [String] = []
    if let tau = synchronizationTime(window: window), let tick {
      lines.append("τ_s = \(window) Δt = \(text(tau)) s at Δt = \(text(tick)) s.")
    }
    guard let frameRate, let largest = largestTick(window: window) else { return lines }
    if let ticks = ticksPerFrame {
      let least = timing.edges.compactMap { exactTicks($0) }.min() ?? ticks
      lines.append(
        "A frame is shown \(text(ticks)) ticks\(ticks.isInteger ? "" : " on average"); at every edge at least "
          + "\(text(least)) of them are exact.")
    }
    lines.append(
      "At \(text(frameRate)) frames a second every edge has an exact tick in every frame iff Δt ≤ 1/(f_v (S + 1)) = "
        + "\(text(largest)) s (S = \(window)),")
    guard let within = largestTickWithinTolerance(window: window) else {
      return lines + ["and then every tick is exact: S = 0."]
    }
    return lines + [
      "and at most \(text(tolerance)) of its ticks is inexact iff Δt ≤ ε/(f_v S) = \(text(within)) s."
    ]
  }

  /// Exactly, as a short decimal where there is one.
  private func text(_ value: Rational) -> String { NumberText.exact(value) }
}
