import Networks
import Timing
import Waves

extension BuffersReport {
  private static let mostRows = 40

  var text: String {
    var lines = [title, ""]
    switch result {
    case .plan(let plan): lines += planLines(plan)
    case .impossible(let obstacle):
      lines.append("IMPOSSIBLE: no registers make \(askedText) exact under these conditions. The loop that forbids it:")
      lines += stepLines(obstacle)
      lines.append("")
    }
    if let edgeDelays { lines += edgeDelayLines(edgeDelays) }
    if let tradeOff { lines += tradeOffLines(tradeOff) }
    lines += notes.map { "Note: \($0)" }
    return lines.joined(separator: "\n") + "\n"
  }

  private var title: String {
    let depth = depth.map { "depth \($0)" } ?? "cyclic"
    return "\(architecture.name): \(architecture.nodes.count) nodes, \(architecture.edges.count) edges, \(depth); "
      + "schedule \(latencies.name), error \(latencies.errorSource.rawValue)"
  }

  private var askedText: String {
    let names = request.edges.map { architecture.edges[$0].name }
    return names.count == architecture.edges.count ? "all \(names.count) edges" : ResultHead.list(names)
  }

  private func planLines(_ plan: RegisterPlan) -> [String] {
    let nodes = nodeTable(plan, everyNode: false)
    let edges = edgeTable(plan)
    var lines = [
      "\(plan.registers) registers (scalars: width times ticks) make \(askedText) exact"
        + (request.tolerance == 0 ? " and causal" : " up to \(request.tolerance) ticks")
        + "; fewer do not: a dual flow of the same value proves it.",
      request.countsSlopes
        ? "A node's x chain holds its pre-activation and serves products and slopes alike."
        : "σ′ is taken as given: only products and delays are counted.",
      "",
    ]
    lines += limited(nodes, "every chain has length 0")
    lines.append("Products read x p ticks and δ d ticks ago; edges delay by what is added:")
    lines += limited(edges, "no edge was asked about")
    lines.append(
      "Targets are read as late as their frame's error: \(plan.targetRegisters) scalars, "
        + (request.countsTargets ? "counted." : "not counted."))
    return lines
  }

  private func limited(_ table: Table, _ empty: String) -> [String] {
    guard !table.rows.isEmpty else { return [empty, ""] }
    var short = table
    short.rows = Array(table.rows.prefix(Self.mostRows))
    let left = table.rows.count - short.rows.count
    return [short.rendered(.text) + (left > 0 ? "… \(left) more rows in --format json or csv\n" : "")]
  }

  private func stepLines(_ obstacle: RegisterObstacle) -> [String] {
    obstacle.steps.prefix(Self.mostRows).map { step in
      let later = step.ticks >= 0 ? "at least \(step.ticks) later than" : "at most \(-step.ticks) earlier than"
      return "  \(step.to) is \(later) \(step.from): \(step.because)"
    } + (obstacle.steps.count > Self.mostRows ? ["  … \(obstacle.steps.count - Self.mostRows) more steps"] : [])
      + ["  Around the loop a signal would be \(obstacle.excess) ticks later than itself."]
  }

  private func edgeDelayLines(_ repair: EdgeDelayRepair) -> [String] {
    switch repair {
    case .possible:
      [
        "Delays on edges, inputs and errors alone could do, with no memory at products (open loop, linear σ)."
      ]
    case .impossible(let obstacle):
      ["Delays on edges alone cannot do, not even in an open loop with linear σ:"] + stepLines(obstacle)
    }
  }

  private func tradeOffLines(_ tradeOff: RegisterTradeOff) -> [String] {
    ["", "Registers against mismatch, paths kept balanced:", tradeOff.table.rendered(.text)]
  }
}
