/// Replays a recording bracket by bracket, so that what was cut out of one stretch does not shift the others.
///
/// A draw takes its choices from the next stretch of the recording. Choices that the stretch lacks are 0; choices that
/// it has too many of are dropped.
struct TreeReplay: Sendable {
  private let tokens: [Recording.Token]
  private let closings: [Int: Int]
  private var positions = [0]
  private var ends: [Int]

  init(_ recording: Recording) {
    tokens = recording.tokens
    closings = recording.closings
    ends = [recording.tokens.count]
  }

  /// The next choice of the present stretch; 0 when it has none left, or a stretch comes first.
  mutating func next() -> UInt64 {
    let depth = positions.count - 1
    guard positions[depth] < ends[depth], case .choice(let choice) = tokens[positions[depth]] else { return 0 }
    positions[depth] += 1
    return choice
  }

  /// Enters the next stretch within the present one; choices before it are dropped.
  mutating func enter() {
    let depth = positions.count - 1
    while positions[depth] < ends[depth], case .choice = tokens[positions[depth]] { positions[depth] += 1 }
    guard positions[depth] < ends[depth], let closing = closings[positions[depth]] else {
      positions.append(0)
      ends.append(0)
      return
    }
    positions.append(positions[depth] + 1)
    ends.append(closing)
    positions[depth] = closing + 1
  }

  /// Leaves the present stretch.
  mutating func leave() {
    positions.removeLast()
    ends.removeLast()
  }
}
