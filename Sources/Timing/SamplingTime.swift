import ExactArithmetic
import Networks

/// Ticks in seconds: τ_s, the ticks for which a frame of a video is shown, and how small Δt must be.
///
/// With f_v frames a second and Δt seconds a tick, a frame is shown N = 1/(f_v Δt) ticks, and an edge of spread s is exact
/// for max(0, N − s) of them (theorem 6). With S the window, the greatest spread:
/// ```
/// some exact tick of every frame at every edge        iff  Δt ≤ 1/(f_v (S + 1))
/// at most a share ε of the ticks is not exact         iff  Δt ≤ ε/(f_v S)
/// ```
/// Where N is not whole, frames are shown ⌊N⌋ or ⌈N⌉ ticks and both counts are averages over frames; the first statement
/// holds for every single frame. Source: docs/theory.md, theorem 6. All numbers exact, seconds and 1/seconds.
public struct SamplingTime: Sendable, Hashable {
  /// Δt: seconds a tick.
  public let tick: Rational?
  /// f_v: frames a second.
  public let frameRate: Rational?
  /// ε: the share of ticks that may be inexact, above 0 and below 1.
  public let tolerance: Rational

  /// - Throws: `NetworkError` for numbers that are not positive, or a tolerance outside 0…1.
  public init(
    tick: Rational?, frameRate: Rational?, tolerance: Rational = Rational(1, over: 10)
  ) throws(NetworkError) {
    for (name, unit, value) in [("Δt", "seconds", tick), ("f_v", "frames a second", frameRate)] {
      guard let value, value.sign <= 0 else { continue }
      throw NetworkError("\(name) = \(value) \(unit) is not positive; give a number above 0")
    }
    guard tolerance.sign > 0, tolerance < 1 else {
      throw NetworkError("a tolerance of \(tolerance) is no share; give a number above 0 and below 1")
    }
    self.tick = tick
    self.frameRate = frameRate
    self.tolerance = tolerance
  }

  /// τ_s = window · Δt, in seconds.
  public func synchronizationTime(window: Int) -> Rational? { tick.map { $0 * Rational(window) } }

  /// N, the ticks for which a frame is shown.
  public var ticksPerFrame: Rational? {
    guard let tick, let frameRate else { return nil }
    return 1 / (frameRate * tick)
  }

  /// Exact ticks a frame at an edge, averaged over frames where N is not whole.
  public func exactTicks(_ edge: EdgeTiming) -> Rational? {
    ticksPerFrame.map { max(0, $0 - Rational(edge.spread)) }
  }

  /// The largest Δt with an exact tick of every frame at every edge.
  public func largestTick(window: Int) -> Rational? { frameRate.map { 1 / ($0 * Rational(window + 1)) } }

  /// The largest Δt with at most a share ε of inexact ticks; `nil` where every tick is exact, at any Δt.
  public func largestTickWithinTolerance(window: Int) -> Rational? {
    guard window > 0 else { return nil }
    return frameRate.map { tolerance / ($0 * Rational(window)) }
  }
}
