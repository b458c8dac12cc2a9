import Networks

extension JSONValue {
  /// The schedule file of a schedule, readable by `--schedule FILE`; every integer is stated where it is read.
  ///
  /// Which versions of the weights are read is stated by its policy, from which reading it back derives the registers.
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
    var members = [
      JSONMember(key: "format", value: .string("waveproof-schedule")),
      JSONMember(key: "name", value: .string(schedule.name)),
      JSONMember(key: "error", value: .string(schedule.errorSource.rawValue)),
      JSONMember(
        key: "slope", value: .string(schedule.slopeSource == .frameConsistent ? "frame-consistent" : "memory")),
    ]
    if schedule.weightReads.policy != .frozen {
      members.append(JSONMember(key: "weights", value: .string(schedule.weightReads.policy.rawValue)))
      members.append(JSONMember(key: "weightsAt", value: .string(schedule.weightReads.side.rawValue)))
    }
    if schedule.framePeriod != 1 {
      members.append(JSONMember(key: "framePeriod", value: .integer(schedule.framePeriod)))
    }
    members.append(JSONMember(key: "nodes", value: .object(nodes)))
    members.append(JSONMember(key: "edges", value: .object(edges)))
    return .object(members)
  }
}
