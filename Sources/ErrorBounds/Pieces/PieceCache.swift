import ExactArithmetic
import Foundation
import Networks
internal import Synchronization

/// The pieces of the boxes of a network's frames, by the radii of the box: cut once, shared by all edges.
final class PieceCache: Sendable {
  private struct Radii: Hashable {
    let input: Rational
    let target: Rational
  }

  private struct Outcome {
    /// `nil` where they were given up.
    let pieces: FramePieces?
  }

  private let made = Mutex<[Radii: Outcome]>([:])

  func pieces(_ radii: (input: Rational, target: Rational), _ make: () -> FramePieces?) -> FramePieces? {
    let key = Radii(input: radii.input, target: radii.target)
    if let known = made.withLock({ $0[key] }) { return known.pieces }
    // Made outside the lock, as forms are: threads that ask at once make the same pieces.
    let outcome = Outcome(pieces: make())
    return made.withLock { made in
      if made[key]?.pieces == nil { made[key] = outcome }
      return made[key]?.pieces
    }
  }
}
