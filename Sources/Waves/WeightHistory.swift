import ExactArithmetic
import Networks

/// The weights of every tick so far, exact: version t is what all updates of ticks before t have made.
///
/// Before tick 0 every version is the first one.
public final class WeightHistory {
  private let edges: [Edge]
  /// Per edge: a version for each number of updates.
  private var versions: [[LinearMap]]
  /// Per edge and tick: how many updates were applied before it.
  private var counts: [[Int]]

  /// - Parameter network: its weights are the first version.
  public init(_ network: Network) {
    edges = network.architecture.edges
    versions = network.weights.map { [$0] }
    counts = [[Int]](repeating: [0], count: versions.count)
  }

  /// The weight of an edge as of a tick.
  ///
  /// - Throws: `NetworkError` when that tick has not been reached.
  public func weight(_ edge: Int, at tick: Int) throws(NetworkError) -> LinearMap {
    versions[edge][try number(edge, at: tick)]
  }

  /// How many updates an edge has had before a tick.
  public func number(_ edge: Int, at tick: Int) throws(NetworkError) -> Int {
    guard tick < counts[edge].count else {
      throw NetworkError("the weight of edge \(edges[edge].name) is needed as of tick \(tick), which is still to come")
    }
    return counts[edge][max(tick, 0)]
  }

  /// The weight after a number of updates; before any, the first.
  public func version(_ edge: Int, _ number: Int) -> LinearMap { versions[edge][max(number, 0)] }

  /// How many updates an edge has had.
  public func updates(of edge: Int) -> Int { versions[edge].count - 1 }

  /// Ends a tick: `step` is added to the weight, or nothing changes.
  func append(_ step: LinearMap?, to edge: Int) {
    if let step, let last = versions[edge].last { versions[edge].append(last + step) }
    counts[edge].append(versions[edge].count - 1)
  }
}
