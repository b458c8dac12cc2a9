import Networks

/// The lags of the forward signals: which frames a_v(t) and x_v(t) are functions of.
///
/// A(v) = ∪ (F(u) + f_e), F(v) = A(v) + s_v, F(input) = {0}. Complexity: linear in edges times the size of a lag set.
/// Source: docs/theory.md, lag sets.
public struct ForwardLags: Sendable {
  /// A(v): lags of the drive, per node; empty for an input.
  public let drive: [Lags]
  /// F(v): lags of the activity, per node.
  public let activity: [Lags]
  public let order: [Int]

  /// - Throws: `NetworkError` naming a cycle.
  public init(_ architecture: Architecture, _ schedule: Schedule) throws(NetworkError) {
    order = try architecture.topologicalOrder()
    var drive = [Lags](repeating: .none, count: architecture.nodes.count)
    var activity = drive
    for node in order {
      if architecture.nodes[node].isInput {
        activity[node] = Lags(0)
        continue
      }
      for edge in architecture.incoming[node] {
        drive[node].formUnion(activity[architecture.edges[edge].source].shifted(by: schedule.forwardLatency[edge]))
      }
      activity[node] = drive[node].shifted(by: schedule.activationDelay[node])
    }
    self.drive = drive
    self.activity = activity
  }
}
