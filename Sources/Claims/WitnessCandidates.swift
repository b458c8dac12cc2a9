import ErrorBounds
import ExactArithmetic
import Networks

/// Streams to try as witnesses, simplest first: a pulse in one frame, in a target, a step, then small random frames.
///
/// Two streams in which the update sees two different frames where a gradient sees one suffice whenever lags differ, for
/// generic weights; which frame and which unit it is depends on the network, so several are tried.
struct WitnessCandidates {
  let architecture: Architecture
  /// The lags that the updates in question read.
  let lags: [Int]
  /// The tick at which updates are read, and the number of ticks of a stream.
  let tick: Int
  let ticks: Int

  init(_ architecture: Architecture, lags: [Int]) {
    self.architecture = architecture
    self.lags = lags
    tick = max(lags.max() ?? 0, 0)
    ticks = tick + 1 + max(-(lags.min() ?? 0), 0)
  }

  /// Calls `body` with one stream after the other until it returns false.
  func forEach<Failure: Error>(random: Int, seed: UInt64, _ body: (FrameStream) throws(Failure) -> Bool) throws(Failure)
  {
    for (base, pulse) in [(0, 1), (0, -1), (1, 2), (1, -1)] as [(Rational, Rational)] {
      for target in [0, 1] as [Rational] {
        for pattern in patterns {
          let (low, high) = (pattern.map { $0 * base }, pattern.map { $0 * pulse })
          for lag in lags {
            guard try body(stream(target: target) { $0 == tick - lag ? high : low }) else { return }
          }
          for lag in lags.dropFirst() {
            guard try body(stream(target: target) { $0 > tick - lag ? high : low }) else { return }
          }
        }
      }
    }
    for pattern in patterns {
      for lag in lags {
        guard try body(targetPulse(at: tick - lag, input: pattern)) else { return }
      }
    }
    var generator = SplitMix(state: seed)
    for _ in 0..<random {
      guard try body(randomStream(&generator)) else { return }
    }
  }

  /// Input patterns over all input units: single units, few of them where there are many, and all units together.
  private var patterns: [[Rational]] {
    Self.patterns(width: architecture.nodes[..<architecture.inputCount].reduce(0) { $0 + $1.width })
  }

  static func patterns(width: Int) -> [[Rational]] {
    let all = [Rational](repeating: 1, count: width)
    let single = (0..<min(width, 8)).map { unit in (0..<width).map { $0 == unit ? 1 : 0 } as [Rational] }
    let alternating = (0..<width).map { $0 % 2 == 0 ? 1 : -1 } as [Rational]
    return width == 1
      ? [all] : width <= 8 ? single + [all, alternating] : [single[0], all, alternating] + single.dropFirst()
  }

  private func stream(target: Rational, input: (Int) -> [Rational]?) -> FrameStream {
    StreamMaker(architecture).stream(
      inputs: (0..<ticks).map(input),
      targets: [[Rational]?](repeating: targetPattern(target), count: ticks))
  }

  private func targetPulse(at pulse: Int, input: [Rational]) -> FrameStream {
    StreamMaker(architecture).stream(
      inputs: (0..<ticks).map { _ in input }, targets: (0..<ticks).map { $0 == pulse ? targetPattern(1) : nil })
  }

  private func targetPattern(_ value: Rational) -> [Rational] {
    [Rational](repeating: value, count: architecture.outputs.reduce(0) { $0 + architecture.nodes[$1].width })
  }

  private func randomStream(_ generator: inout SplitMix) -> FrameStream {
    let maker = StreamMaker(architecture)
    return maker.stream(ticks: ticks) {
      Rational(Integer(Int(generator.next() % 9) - 4), over: Integer(1 << (generator.next() % 3)))
    }
  }
}
