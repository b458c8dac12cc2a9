import Networks
import Timing
import Waves

extension BuffersReport {
  public var json: JSONValue {
    var members = ResultHead.members("buffers", architecture, depth: depth, latencies)
    members.append(
      JSONMember(key: "asked", value: .strings(request.edges.map { architecture.edges[$0].name })))
    switch result {
    case .plan(let plan): members += planMembers(plan)
    case .impossible(let obstacle):
      members += [
        JSONMember(key: "feasible", value: .bool(false)), JSONMember(key: "registers", value: .null),
        JSONMember(key: "perEdge", value: .object([])), JSONMember(key: "perNode", value: .object([])),
        JSONMember(key: "cycle", value: .array(Self.steps(obstacle))),
        JSONMember(key: "cycleExcess", value: .integer(obstacle.excess)),
      ]
    }
    if let withoutRegisters { members.append(JSONMember(key: "withoutRegisters", value: json(withoutRegisters))) }
    if let edgeDelays { members.append(JSONMember(key: "edgeDelaysOnly", value: json(edgeDelays))) }
    if let tradeOff { members.append(JSONMember(key: "tradeOff", value: tradeOffValue(tradeOff))) }
    members.append(JSONMember(key: "notes", value: .strings(notes)))
    return .object(members)
  }

  private func planMembers(_ plan: RegisterPlan) -> [JSONMember] {
    let edges = architecture.edges.indices.map { edge in
      JSONMember(
        key: architecture.edges[edge].name,
        value: .object([
          "p": .integer(plan.schedule.inputMemory[edge]), "d": .integer(plan.schedule.errorMemory[edge]),
          "forward": .integer(plan.addedForward[edge]), "backward": .integer(plan.addedBackward[edge]),
        ]))
    }
    let nodes = architecture.nodes.indices.map { node in
      JSONMember(
        key: architecture.nodes[node].name,
        value: .object([
          "registers": .integer(plan.registers(at: node)), "activity": .integer(plan.activityTicks[node]),
          "error": .integer(plan.errorTicks[node]),
        ]))
    }
    return [
      JSONMember(key: "feasible", value: .bool(true)), JSONMember(key: "registers", value: .integer(plan.registers)),
      JSONMember(key: "provedLeast", value: .integer(plan.provedLeast)),
      JSONMember(key: "targetRegisters", value: .integer(plan.targetRegisters)),
      JSONMember(key: "countsSlopes", value: .bool(request.countsSlopes)),
      JSONMember(key: "perEdge", value: .object(edges)), JSONMember(key: "perNode", value: .object(nodes)),
      JSONMember(key: "cycle", value: .array([])),
    ]
  }

  static func steps(_ obstacle: RegisterObstacle) -> [JSONValue] {
    obstacle.steps.map { step in
      .object([
        "from": .string(step.from), "to": .string(step.to), "ticks": .integer(step.ticks),
        "because": .string(step.because),
      ])
    }
  }

  private func json(_ repair: EdgeDelayRepair) -> JSONValue {
    switch repair {
    case .possible: .object(["possible": .bool(true), "cycle": .array([])])
    case .impossible(let obstacle):
      .object(["possible": .bool(false), "cycle": .array(Self.steps(obstacle))])
    }
  }

  private func json(_ best: BestWithoutRegisters) -> JSONValue {
    func names(_ edges: [Int]) -> JSONValue { .strings(edges.map { architecture.edges[$0].name }) }
    return .object([
      "openCuts": .array(
        best.cuts.map { .object(["wait": .integer($0.wait), "edges": names($0.edges), "isCut": .bool($0.isCut)]) }),
      "frames": .array(
        best.frames.map { frame in
          .object([
            "edge": .string(architecture.edges[frame.edge].name), "reference": .optional(frame.reference),
            "bound": frame.bound.map { .string($0.description) } ?? .null,
          ])
        }),
    ])
  }

  private func tradeOffValue(_ tradeOff: RegisterTradeOff) -> JSONValue {
    .array(
      tradeOff.rows.map { row in
        .object(
          [
            JSONMember(key: "tolerance", value: .integer(row.tolerance)),
            JSONMember(key: "registers", value: .integer(row.registers)),
            JSONMember(key: "exactEdges", value: .integer(row.exactEdges)),
            JSONMember(key: "window", value: .integer(row.window)),
          ]
            + zip(tradeOff.columnKeys, row.columns).map { key, value in
              JSONMember(key: key, value: value.map { .string($0.description) } ?? .null)
            })
      })
  }
}
