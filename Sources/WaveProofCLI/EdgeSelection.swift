import ArgumentParser
import WaveProof

/// Edges by name.
enum EdgeSelection {
  /// - Throws: `ValidationError` naming an edge that is not there, and some that are.
  static func indices(_ names: [String], in architecture: Architecture) throws -> [Int] {
    try names.map { try index($0, in: architecture) }
  }

  /// An edge by its name, `from->to`, or as `from:to` where exactly one way to split at a colon names an edge.
  static func index(_ name: String, in architecture: Architecture) throws -> Int {
    if let index = architecture.edgeIndex(named: name) { return index }
    let splits = name.indices.filter { name[$0] == ":" }.compactMap { colon in
      architecture.edgeIndex(named: "\(name[..<colon])->\(name[name.index(after: colon)...])")
    }
    if splits.count == 1 { return splits[0] }
    if splits.count > 1 {
      let candidates = splits.map { architecture.edges[$0].name }.joined(separator: ", ")
      throw ValidationError("\"\(name)\" may be any of \(candidates); write the one that is meant")
    }
    let edges = architecture.edges
    let known = edges.prefix(12).map(\.name).joined(separator: ", ")
    throw ValidationError("no edge is named \"\(name)\"; edges are \(known)\(edges.count > 12 ? ", …" : "")")
  }

  /// Edges that share one weight, from one `--shared first,second,…`.
  static func shared(_ list: String, in architecture: Architecture) throws -> SharedClass {
    do { return try architecture.sharedClass(named: list) } catch {
      throw ValidationError("--shared \(list): \(error)")
    }
  }

  /// Every edge of a layer.
  ///
  /// - Throws: `ValidationError` naming the layers that there are.
  static func layer(_ number: Int, in timing: TimingAnalysis) throws -> [Int] {
    let found = timing.edges.filter { $0.layer == number }.map(\.edge)
    guard found.isEmpty else { return found }
    throw ValidationError("no edge is of layer \(number); layers are 1 to \(timing.depth)")
  }
}
