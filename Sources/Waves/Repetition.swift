/// A signal of a node at a tick.
enum NodeSignal {
  case drive(Int, Int)
  case activity(Int, Int)
  case delta(Int, Int)
  case waves(Int, Int)

  var tick: Int {
    switch self {
    case .drive(_, let tick), .activity(_, let tick), .delta(_, let tick), .waves(_, let tick): tick
    }
  }

  fileprivate var node: Int {
    switch self {
    case .drive(let node, _), .activity(let node, _), .delta(let node, _), .waves(let node, _): node
    }
  }

  fileprivate var kind: Int {
    switch self {
    case .drive: 0
    case .activity: 1
    case .delta: 2
    case .waves: 3
    }
  }
}

/// Which signals have the value that they had at another tick, because all that they read has.
///
/// In a stream whose frames stay for a while, most of a deep network stands still at most ticks: a wave of width-1 frames
/// through L layers then costs as many values as it meets changes, not L a tick. Signals are compared by what they read, never
/// by their numbers, so that this holds for enclosures as for exact numbers.
struct Repetition {
  /// The origin of all that is known before tick 0.
  static let beforeStart = -1
  /// Per kind and node: by what was read, the last tick that did.
  private var ticks: [[[Int]: Int]]
  /// Per kind and node: by tick, the tick that stands for the value.
  private var origins: [[Int: Int]]
  private let nodes: Int

  init(nodes: Int) {
    self.nodes = nodes
    ticks = [[[Int]: Int]](repeating: [:], count: 4 * nodes)
    origins = [[Int: Int]](repeating: [:], count: 4 * nodes)
  }

  /// Notes what a signal reads, as origins.
  ///
  /// - Returns: another tick at which it read the same; `nil` where there is none.
  mutating func tick(of signal: NodeSignal, reading origins: [Int]) -> Int? {
    let place = signal.kind * nodes + signal.node
    let known = ticks[place].updateValue(signal.tick, forKey: origins)
    self.origins[place][signal.tick] = known.flatMap { self.origins[place][$0] } ?? signal.tick
    return known
  }

  func origin(of signal: NodeSignal) -> Int? { origins[signal.kind * nodes + signal.node][signal.tick] }

  mutating func forget(before tick: Int) {
    for place in ticks.indices {
      ticks[place] = ticks[place].filter { $0.value >= tick }
      origins[place] = origins[place].filter { $0.key >= tick }
    }
  }
}
