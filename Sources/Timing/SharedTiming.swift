import Networks
import Waves

/// Whether the update of a shared weight, the sum of its edges' updates, is the gradient of one frame.
///
/// It is exactly where every member is synchronous with one and the same delay (docs/theory.md, shared weights). Two
/// members on one path never are without registers.
public struct SharedTiming: Sendable, Hashable {
  public let name: String
  /// Every edge of the class, ascending.
  public let edges: [Int]
  /// Members that reach an output; the others add nothing to update or gradient.
  public let members: [EdgeTiming]
  /// Why the parameter is not the weight of its edges itself, so that its update is not the sum of theirs; `nil` where it
  /// is.
  public let folding: String?

  /// - Parameter sharedClass: edges of the analysed architecture.
  public init(_ timing: TimingAnalysis, _ sharedClass: SharedClass, folding: String? = nil) {
    self.folding = folding
    name = sharedClass.name
    edges = sharedClass.edges
    members = sharedClass.edges.map { timing.edges[$0] }.filter { !$0.reachesNoOutput }
  }

  /// The one delay of all members.
  public var delay: Int? {
    guard let first = members.first?.delay, members.allSatisfy({ $0.delay == first }) else { return nil }
    return first
  }

  /// Every lag that counts at any member.
  public var allLags: Lags { members.reduce(into: Lags.none) { $0.formUnion($1.allLags) } }

  public var isSynchronous: Bool { delay != nil || members.isEmpty }

  /// Largest − smallest lag over all members.
  public var spread: Int { (allLags.maximum ?? 0) - (allLags.minimum ?? 0) }
}
