import ExactArithmetic
import Networks
import Testing
import Timing
import Waves

@testable import Claims

/// The corrected video formula against exact runs of generic chains.
@Suite struct SamplingTimeTests {
  static let readings = [
    Reading(), Reading(slope: .emitted), Reading(slope: .drive, error: .closedDrive),
    Reading(slope: .emitted, error: .closed),
  ]

  /// Exact ticks of every frame, per edge, when frame k is shown from tick ⌈k N⌉ on.
  ///
  /// - Parameter frames: how many frames are counted, after the waves have filled.
  private func counts(
    _ network: Network, _ schedule: Schedule, ticksPerFrame: Rational, frames: Int, fill: Int
  ) throws -> [[Int]] {
    func start(_ frame: Int) -> Int {
      let (quotient, remainder) = (ticksPerFrame * Rational(frame)).floorParts
      return remainder ? quotient + 1 : quotient
    }
    var first = 1
    while start(first) <= fill { first += 1 }
    let shown = first + frames
    let generic = ClaimNetworks.genericStream(network, ticks: shown)
    func held(_ series: [Vector<Rational>]) -> [Vector<Rational>] {
      (0..<shown).flatMap { frame in
        [Vector<Rational>](repeating: series[frame], count: start(frame + 1) - start(frame))
      }
    }
    let run = ExactRun(
      network, schedule,
      FrameStream(uncheckedInputs: generic.inputs.map(held), targets: generic.targets.map(held)))
    return try network.architecture.edges.indices.map { edge in
      try (first..<shown).map { frame in
        try (start(frame)..<start(frame + 1)).count { tick in
          let update = try run.update(edge, at: tick)
          return try (0...frame).contains { try run.gradient(edge, of: start($0)) == update }
        }
      }
    }
  }

  /// N whole and not: on average max(0, N − spread), in every frame max(0, ⌊N⌋ − spread) or one more.
  @Test(arguments: 1...4, readings.indices)
  func exactTicksAreThoseOfARun(depth: Int, reading: Int) throws {
    let network = try ClaimNetworks.genericChain(depth: depth)
    let schedule = try Schedule.diffusion(network.architecture, Self.readings[reading])
    let timing = try TimingAnalysis(network.architecture, schedule)
    for ticksPerFrame in [Rational(1), Rational(3), Rational(5, over: 2), Rational(10, over: 3), Rational(6)] {
      // 7 frames a second; N = 1/(f_v Δt).
      let sampling = try SamplingTime(tick: 1 / (7 * ticksPerFrame), frameRate: 7)
      #expect(sampling.ticksPerFrame == ticksPerFrame)
      // Over 6 frames the holds of halves and thirds average out.
      let counted = try counts(network, schedule, ticksPerFrame: ticksPerFrame, frames: 6, fill: timing.fill)
      for (edge, counts) in zip(timing.edges, counted) {
        #expect(sampling.exactTicks(edge) == Rational(counts.reduce(0, +)) / 6, "\(edge.name), N = \(ticksPerFrame)")
      }
    }
  }

  /// At the largest Δt every frame has an exact tick at every edge; a little above, some frame has none.
  @Test(arguments: 1...4, readings.indices)
  func largestTickIsSharp(depth: Int, reading: Int) throws {
    let network = try ClaimNetworks.genericChain(depth: depth)
    let schedule = try Schedule.diffusion(network.architecture, Self.readings[reading])
    let timing = try TimingAnalysis(network.architecture, schedule)
    let rate = Rational(24_000, over: 1_001)
    let largest = try #require(
      try SamplingTime(tick: nil, frameRate: rate).largestTick(window: timing.window))
    func least(_ tick: Rational) throws -> Int {
      let ticks = 1 / (rate * tick)
      let counted = try counts(network, schedule, ticksPerFrame: ticks, frames: 12, fill: timing.fill)
      return counted.flatMap { $0 }.min() ?? 0
    }
    #expect(try least(largest) == 1)
    #expect(try least(largest * Rational(11, over: 10)) == 0)
  }

  @Test func toleranceIsTheShareOfInexactTicks() throws {
    let network = try ClaimNetworks.genericChain(depth: 5)
    let timing = try TimingAnalysis(network.architecture, .diffusion(network.architecture))
    let tolerance = Rational(1, over: 4)
    let rate: Rational = 30
    let video = try SamplingTime(tick: nil, frameRate: rate, tolerance: tolerance)
    let tick = try #require(video.largestTickWithinTolerance(window: timing.window))
    let sampling = try SamplingTime(tick: tick, frameRate: rate, tolerance: tolerance)
    let ticks = try #require(sampling.ticksPerFrame)
    let shares = timing.edges.compactMap { edge in sampling.exactTicks(edge).map { $0 / ticks } }
    #expect(shares.min() == 1 - tolerance)
    #expect(sampling.synchronizationTime(window: timing.window) == tick * 4)
    #expect(video.largestTickWithinTolerance(window: 0) == nil)
  }

  @Test func badNumbersAreRefused() {
    #expect(throws: NetworkError.self) { try SamplingTime(tick: 0, frameRate: 1) }
    #expect(throws: NetworkError.self) { try SamplingTime(tick: 1, frameRate: -1) }
    #expect(throws: NetworkError.self) { try SamplingTime(tick: 1, frameRate: 1, tolerance: 1) }
  }
}

extension Rational {
  /// ⌊self⌋ of a number that is not negative, and whether anything is left.
  fileprivate var floorParts: (Int, Bool) {
    let (quotient, remainder) = numerator.quotientAndRemainder(dividingBy: denominator)
    return (Int(exactly: quotient) ?? 0, !remainder.isZero)
  }
}
