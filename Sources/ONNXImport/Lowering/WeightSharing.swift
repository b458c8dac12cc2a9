import ExactArithmetic
import Networks

/// Which initializers are one parameter of several edges, and which are folded into edges in different ways.
struct WeightSharing {
  private struct Reading {
    /// Index of the edge in the order in which connections are made.
    let edge: Int
    let use: WeightUse
  }

  private var readings: [Name: [Reading]] = [:]
  private var order: [Name] = []

  init(_ nodes: [DraftNode]) {
    var edge = 0
    for node in nodes where !node.isInput {
      for term in node.drive.terms {
        for use in term.uses {
          let name = Name(use.initializer)
          if readings[name] == nil { order.append(name) }
          readings[name, default: []].append(Reading(edge: edge, use: use))
        }
        edge += 1
      }
    }
  }

  /// One parameter is the weight itself of every edge that it is in, read alike.
  private func isWeight(_ name: Name) -> Bool {
    guard let all = readings[name], all.count > 1, let first = all.first else { return false }
    return Set(all.map(\.edge)).count == all.count && all.allSatisfy { $0.use == first.use && $0.use.folded == nil }
  }

  /// The class of edges with one weight that an edge with these uses belongs to.
  func className(of uses: [WeightUse]) -> String? {
    guard uses.count == 1, isWeight(Name(uses[0].initializer)) else { return nil }
    return uses[0].initializer
  }

  /// Initializers that several operators read and that are not a class of edges, with the edges they are in.
  func folded(in architecture: Architecture) -> [FoldedParameter] {
    order.filter { readings[$0]?.count ?? 0 > 1 && !isWeight($0) }.map { name in
      let all = readings[name] ?? []
      let reasons = Set(all.compactMap(\.use.folded)).sorted()
      return FoldedParameter(
        name: name.text, edges: Set(all.map(\.edge)).sorted(),
        reason: reasons.isEmpty ? "its elements are read in different ways" : reasons.joined(separator: "; "))
    }
  }
}
