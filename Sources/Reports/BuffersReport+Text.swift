import Networks
import Timing
import Waves

extension BuffersReport {
  private static let mostRows = 40

  private static func count(_ ticks: Int) -> String { ticks == 1 ? "1 tick" : "\(ticks) ticks" }

  var text: String {
    var page = TextPage([title, ""])
    switch result {
    case .plan(let plan): add(plan, to: &page)
    case .impossible(let obstacle):
      page.line("IMPOSSIBLE: no registers make \(askedText) exact under these conditions. The loop that forbids it:")
      page.lines(stepLines(obstacle) + [""])
    }
    if let edgeDelays { page.lines(edgeDelayLines(edgeDelays)) }
    if let withoutRegisters { add(withoutRegisters, to: &page) }
    if let tradeOff {
      page.lines(["", "Registers against mismatch of input and σ′ from the error's frame, paths kept balanced:"])
      page.table(tradeOff.table)
    }
    page.lines(notes.map { "Note: \($0)" })
    return page.text
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

  private func add(_ plan: RegisterPlan, to page: inout TextPage) {
    page.lines([
      "\(plan.registers) registers (scalars: width times ticks) make \(askedText) exact"
        + (request.tolerance == 0 ? " and causal" : " up to \(request.tolerance) ticks")
        + "; fewer do not: a dual flow of the same value proves it.",
      request.countsSlopes
        ? "A node's x chain holds its pre-activation and serves products and slopes alike."
        : "σ′ is taken as given: only products and delays are counted.",
      "",
    ])
    add(nodeTable(plan, everyNode: false), or: "every chain has length 0", to: &page)
    page.line("Products read x p ticks and δ d ticks ago; edges delay by what is added:")
    add(edgeTable(plan), or: "no edge was asked about", to: &page)
    page.line(
      "Targets are read as late as their frame's error: \(plan.targetRegisters) scalars, "
        + (request.countsTargets ? "counted." : "not counted."))
  }

  /// The first rows of a table, an empty line below them.
  private func add(_ table: Table, or empty: String, to page: inout TextPage) {
    guard !table.rows.isEmpty else { return page.lines([empty, ""]) }
    var short = table
    short.rows = Array(table.rows.prefix(Self.mostRows))
    let left = table.rows.count - short.rows.count
    page.table(short, below: left > 0 ? "… \(left) more rows in --format json or csv" : nil)
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

  private func add(_ best: BestWithoutRegisters, to page: inout TextPage) {
    page.lines([
      "", "Without registers, in an open loop (linear σ, or σ′ of the wave's frame), synchronous at once:",
    ])
    for cut in best.cuts.prefix(Self.mostRows) {
      let names = ResultHead.list(cut.edges.map { architecture.edges[$0].name })
      page.line(
        "  error injected \(Self.count(cut.wait)) late: \(names)\(cut.isCut ? " (every path passes one)" : "")")
    }
    if best.cuts.isEmpty { page.line("  no edge, however late the error is injected") }
    guard !best.frames.isEmpty else { return }
    let table = Table(
      header: ["edge", "nearest gradient", "error at most"],
      rows: best.frames.map { frame in
        [
          architecture.edges[frame.edge].name, frame.reference.map { "frame t−\($0)" } ?? "-",
          frame.bound.map { BoundNumber.upper($0) } ?? "unbounded",
        ]
      }, rightAligned: [2])
    page.line("Under the schedule as it is, at the given rate and domain:")
    add(table, or: "", to: &page)
  }
}
