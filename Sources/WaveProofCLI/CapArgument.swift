import ArgumentParser
import WaveProof

/// `--cap KEY=N` and `--cap KEY@NAME=N`.
enum CapArgument {
  static func parse(_ text: String, _ architecture: Architecture) throws -> RegisterCap {
    let known = RegisterCap.Resource.allCases.map(\.rawValue).joined(separator: ", ")
    guard let equals = text.lastIndex(of: "="), let limit = Int(text[text.index(after: equals)...]), limit >= 0 else {
      throw ValidationError("--cap \(text): write KEY=N or KEY@NAME=N with N a whole number of ticks from 0 on")
    }
    let subject = text[..<equals]
    let parts = subject.split(separator: "@", maxSplits: 1).map(String.init)
    guard let key = parts.first, let resource = RegisterCap.Resource(rawValue: key) else {
      throw ValidationError("--cap \(text): known keys are \(known)")
    }
    guard parts.count == 2 else { return RegisterCap(resource, limit: limit) }
    let place = resource.isOfEdges ? architecture.edgeIndex(named: parts[1]) : architecture.nodeIndex(named: parts[1])
    guard let place else {
      throw ValidationError("--cap \(text): no \(resource.isOfEdges ? "edge" : "node") is named \"\(parts[1])\"")
    }
    return RegisterCap(resource, at: place, limit: limit)
  }
}
