/// Edges whose weight is one and the same parameter: its update is the sum of theirs.
public struct SharedClass: Sendable, Hashable {
  public let name: String
  /// Edge indices, ascending.
  public let edges: [Int]

  public init(name: String, edges: [Int]) {
    self.name = name
    self.edges = edges.sorted()
  }
}

extension Architecture {
  /// The classes that the model names with `"shared"`, in the order in which they appear.
  public var sharedClasses: [SharedClass] {
    var names: [Name] = []
    var members: [Name: [Int]] = [:]
    for (index, edge) in edges.enumerated() {
      guard let name = edge.shared.map(Name.init) else { continue }
      if members[name] == nil { names.append(name) }
      members[name, default: []].append(index)
    }
    return names.map { SharedClass(name: $0.text, edges: members[$0] ?? []) }
  }

  /// Each of the edges by itself, under its own name.
  public func single(_ edges: some Sequence<Int>) -> [SharedClass] {
    edges.map { SharedClass(name: self.edges[$0].name, edges: [$0]) }
  }

  /// A class of edges given by their names, as `first,second`.
  ///
  /// - Throws: `NetworkError` naming an edge that does not exist or does not fit the others.
  public func sharedClass(named list: String) throws(NetworkError) -> SharedClass {
    var members: [Int] = []
    for name in list.split(separator: ",").map(String.init) {
      guard let index = edgeIndex(named: name) else {
        throw NetworkError("shared weights: no edge is named \"\(name)\"")
      }
      guard !members.contains(index) else { throw NetworkError("shared weights: \"\(name)\" is listed twice") }
      members.append(index)
    }
    guard members.count > 1 else {
      throw NetworkError("shared weights: \"\(list)\" names one edge; give at least two, separated by commas")
    }
    try Self.checkFit(members.map { edges[$0] }, name: list, nodes: nodes)
    return SharedClass(name: list, edges: members)
  }

  /// One weight has one shape, and one value where values are stated.
  static func checkSharedWeights(_ edges: [Edge], nodes: [Node]) throws(NetworkError) {
    var classes: [Name: [Edge]] = [:]
    for edge in edges { if let name = edge.shared.map(Name.init) { classes[name, default: []].append(edge) } }
    for name in classes.keys.sorted() { try checkFit(classes[name] ?? [], name: name.text, nodes: nodes) }
  }

  private static func checkFit(_ members: [Edge], name: String, nodes: [Node]) throws(NetworkError) {
    guard let first = members.first else { return }
    for edge in members.dropFirst() {
      guard nodes[edge.source].width == nodes[first.source].width, nodes[edge.target].width == nodes[first.target].width
      else {
        throw NetworkError("shared weights \"\(name)\": \(edge.name) and \(first.name) differ in shape")
      }
      guard edge.weight == first.weight else {
        throw NetworkError("shared weights \"\(name)\": \(edge.name) and \(first.name) state different weights")
      }
    }
  }
}
