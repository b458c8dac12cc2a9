import ExactArithmetic
import Foundation
import Networks
internal import Synchronization

/// The pieces of the boxes of a network's frames, by the radii of the box and the number at which they are given up: cut
/// once, shared by all edges.
final class PieceCache: Sendable {
  private struct Key: Hashable {
    let input: Rational
    let target: Rational
    let most: Int
  }

  private struct Outcome {
    /// `nil` where they were given up.
    let pieces: FramePieces?
  }

  private let made = Mutex<[Key: Outcome]>([:])

  func pieces(
    _ radii: (input: Rational, target: Rational), most: Int, _ make: () -> FramePieces?
  ) -> FramePieces? {
    let key = Key(input: radii.input, target: radii.target, most: most)
    if let known = made.withLock({ $0[key] }) { return known.pieces }
    // Made outside the lock, as forms are: threads that ask at once make the same pieces.
    let outcome = Outcome(pieces: make())
    return made.withLock { made in
      if made[key]?.pieces == nil { made[key] = outcome }
      return made[key]?.pieces
    }
  }
}
