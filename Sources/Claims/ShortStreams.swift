import ExactArithmetic
import Networks

/// The shortest streams in which one update sees two different frames: one frame for ever, then another one.
///
/// Before tick 0 every frame is that of tick 0, so that lags far apart need no stream as long as they are: a step between two
/// neighbouring lags a < b is read a + 1 ticks after it, whatever b is.
struct ShortStreams {
  /// The ticks at which one update is read, and how far it reads ahead.
  struct Reads {
    let ticks: [Int]
    let future: Int

    /// - Parameter lags: of one update, ascending.
    init(_ lags: [Int]) {
      ticks = lags.dropLast().filter { $0 >= 0 }.prefix(ShortStreams.steps).map { $0 + 1 }
      future = max(0, -(lags.first ?? 0))
    }
  }

  private let architecture: Architecture
  private let length: Int

  /// The most numbers of a stream that is tried.
  static let longest = 1 << 20
  /// The most steps that are tried, from the least lag on.
  private static let steps = 8

  init(_ architecture: Architecture, reads: [Reads]) {
    self.architecture = architecture
    let maker = StreamMaker(architecture)
    let most = Self.longest / max(1, maker.inputWidth + maker.targetWidth)
    length = reads.flatMap { reads in reads.ticks.map { $0 + 1 + reads.future } }.filter { $0 <= most }.max() ?? 0
  }

  /// Zeros, a one at one unit where there are many, ones.
  private static func targets(width: Int) -> [[Rational]] {
    let one = width > 8 ? [(0..<width).map { $0 == 0 ? 1 : 0 } as [Rational]] : []
    return [[Rational](repeating: 0, count: width)] + one + [[Rational](repeating: 1, count: width)]
  }

  /// Calls `body` with streams until it returns false.
  func each<Failure: Error>(_ body: (FrameStream) throws(Failure) -> Bool) throws(Failure) {
    guard length > 0 else { return }
    let maker = StreamMaker(architecture)
    for pattern in WitnessCandidates.patterns(width: maker.inputWidth) {
      for (base, step) in [(0, 1), (1, 2), (1, -1), (0, -1)] as [(Rational, Rational)] {
        for targets in Self.targets(width: maker.targetWidth) {
          let (low, high) = (pattern.map { $0 * base }, pattern.map { $0 * step })
          let stream = maker.stream(
            inputs: (0..<length).map { $0 == 0 ? low : high }, targets: (0..<length).map { _ in targets })
          guard try body(stream) else { return }
        }
      }
    }
  }
}
