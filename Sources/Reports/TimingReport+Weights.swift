import Networks
import Timing
import Waves

/// Which versions of the weights an edge's update is made of, where weights change while waves are in flight.
extension TimingReport {
  /// `weightVersions` of an edge; nothing for frozen weights.
  func versionMembers(_ edge: EdgeTiming) -> [JSONMember] {
    guard let versions else { return [] }
    var members = [
      JSONMember(key: "forwardAge", value: .optional(versions.forwardAge(of: edge.edge))),
      JSONMember(key: "backwardAge", value: .optional(versions.backwardAge(of: edge.edge))),
      JSONMember(key: "gap", value: .lags(versions.gap(of: edge.edge))),
    ]
    if listsSlopes, let reads = try? versions.reads(by: edge.edge) {
      members.append(
        JSONMember(
          key: "reads",
          value: .object(
            reads.map { read in
              JSONMember(
                key: timing.edges[read.edge].name,
                value: .object(["forward": .lags(read.forward), "backward": .lags(read.backward)]))
            })))
    }
    return [JSONMember(key: "weightVersions", value: .object(members))]
  }

  func addVersions(to page: inout TextPage) {
    guard let versions else { return }
    let reads = timing.schedule.weightReads
    let side = reads.policy == .current ? ", read at the \(reads.side.rawValue)" : ""
    let table = Table(
      header: ["edge", "forward age", "backward age", "gap"],
      rows: timing.edges.map { edge in
        [
          edge.name, versions.forwardAge(of: edge.edge).map(String.init) ?? "-",
          versions.backwardAge(of: edge.edge).map(String.init) ?? "-", LagRange.text(versions.gap(of: edge.edge)),
        ]
      }, rightAligned: [1, 2])
    page.lines([
      "",
      "Weights that change: \(reads.policy.rawValue)\(side). Of the updates of earlier frames, how many each pass has "
        + "missed, and how many the backward pass has seen that the forward pass had not (gap):",
    ])
    page.table(table)
  }
}
