import ArgumentParser
import WaveProof

/// Edges by name.
enum EdgeSelection {
  /// - Throws: `ValidationError` naming an edge that is not there, and some that are.
  static func indices(_ names: [String], in timing: TimingAnalysis) throws -> [Int] {
    try names.map { name in
      guard let index = timing.architecture.edgeIndex(named: name) else {
        let known = timing.edges.prefix(12).map(\.name).joined(separator: ", ")
        throw ValidationError("no edge is named \"\(name)\"; edges are \(known)\(timing.edges.count > 12 ? ", …" : "")")
      }
      return index
    }
  }
}
