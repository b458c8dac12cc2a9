import Networks
import Timing
import Waves

extension BuffersReport {
  private static let mostRows = 40

  private static func count(_ ticks: Int) -> String { ticks == 1 ? "1 tick" : "\(ticks) ticks" }

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
    if let withoutRegisters { lines += bestLines(withoutRegisters) }
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
      let later =
        step.ticks > 0
        ? "at least \(Self.count(step.ticks)) later than"
        : step.ticks == 0 ? "no earlier than" : "at most \(Self.count(-step.ticks)) earlier than"
      return "  \(step.to) is \(later) \(step.from): \(step.because)"
    } + (obstacle.steps.count > Self.mostRows ? ["  … \(obstacle.steps.count - Self.mostRows) more steps"] : [])
      + ["  Around the loop a signal would be \(Self.count(obstacle.excess)) later than itself."]
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

  private func bestLines(_ best: BestWithoutRegisters) -> [String] {
    var lines = ["", "Without registers, in an open loop (linear σ, or σ′ of the wave's frame), synchronous at once:"]
    lines += best.cuts.prefix(Self.mostRows).map { cut in
      let names = ResultHead.list(cut.edges.map { architecture.edges[$0].name })
      return "  error injected \(Self.count(cut.wait)) late: \(names)\(cut.isCut ? " (every path passes one)" : "")"
    }
    if best.cuts.isEmpty { lines.append("  no edge, however late the error is injected") }
    guard !best.frames.isEmpty else { return lines }
    let table = Table(
      header: ["edge", "nearest gradient", "error at most"],
      rows: best.frames.map { frame in
        [
          architecture.edges[frame.edge].name, frame.reference.map { "frame t−\($0)" } ?? "-",
          frame.bound?.approximation(significantDigits: 6, rounding: .up) ?? "unbounded",
        ]
      }, rightAligned: [2])
    return lines + ["Under the schedule as it is, at the given rate and domain:"] + limited(table, "")
  }

  private func tradeOffLines(_ tradeOff: RegisterTradeOff) -> [String] {
    [
      "", "Registers against mismatch of input and σ′ from the error's frame, paths kept balanced:",
      tradeOff.table.rendered(.text),
    ]
  }
}
