import Networks
import Waves

extension JSONValue {
  /// The schedule file of a schedule, readable by `--schedule FILE`; every integer is stated where it is read.
  public static func schedule(_ schedule: Schedule, of architecture: Architecture) -> JSONValue {
    let outputs = Set(architecture.outputs)
    let isClosed = schedule.errorSource == .closed
    var nodes: [JSONMember] = []
    for (index, node) in architecture.nodes.enumerated() where !node.isInput {
      var entry = [JSONMember(key: "s", value: .integer(schedule.activationDelay[index]))]
      if case .memory(let memory) = schedule.slopeSource {
        entry.append(JSONMember(key: "m", value: .integer(memory[index])))
      }
      if outputs.contains(index) {
        if isClosed {
          entry.append(JSONMember(key: "n", value: .integer(schedule.outputMemory[index])))
          entry.append(JSONMember(key: "r", value: .integer(schedule.residualSlopeMemory[index])))
        }
        entry.append(JSONMember(key: "q", value: .integer(schedule.targetLag[index])))
      }
      nodes.append(JSONMember(key: node.name, value: .object(entry)))
    }
    let edges = architecture.edges.enumerated().map { index, edge in
      JSONMember(
        key: edge.name,
        value: .object([
          "f": .integer(schedule.forwardLatency[index]), "b": .integer(schedule.backwardLatency[index]),
          "p": .integer(schedule.inputMemory[index]), "d": .integer(schedule.errorMemory[index]),
        ]))
    }
    return .object([
      "format": .string("waveproof-schedule"), "name": .string(schedule.name),
      "error": .string(schedule.errorSource.rawValue),
      "slope": .string(schedule.slopeSource == .frameConsistent ? "frame-consistent" : "memory"),
      "nodes": .object(nodes), "edges": .object(edges),
    ])
  }
}
