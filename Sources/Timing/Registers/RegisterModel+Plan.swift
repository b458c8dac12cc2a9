import Networks
import Waves

extension RegisterModel {
  /// The schedule and the chains of a solution.
  func plan(_ minimum: DifferenceProgram.Minimum) -> RegisterPlan {
    let lags = Lags(model: self, values: minimum.values)
    var schedule = latencies
    schedule.name = latencies.name + "+registers"
    schedule.reading = nil
    var addedForward = [Int](repeating: 0, count: architecture.edges.count)
    var addedBackward = addedForward
    for (index, edge) in architecture.edges.enumerated() {
      if relevant.carriesActivity(edge), let start = lags.activity[edge.source], let end = lags.activity[edge.target] {
        addedForward[index] = end - start - hop(index)
        schedule.forwardLatency[index] += addedForward[index]
      }
      if relevant.carriesError(edge), let start = lags.error[edge.target], let end = lags.error[edge.source] {
        addedBackward[index] = end - start - latencies.backwardLatency[index]
        schedule.backwardLatency[index] += addedBackward[index]
      }
      if let (input, error) = lags.products(at: index) {
        schedule.inputMemory[index] = input
        schedule.errorMemory[index] = error
      }
    }
    schedule.slopeSource = .memory(slopeMemory(lags))
    setInjection(&schedule, lags)
    return RegisterPlan(
      architecture: architecture, edges: request.completed, schedule: schedule, registers: minimum.objective,
      activityTicks: lags.lengths(lags.activity, lags.activityEnd),
      errorTicks: lags.lengths(lags.error, lags.errorEnd), targetRegisters: targetRegisters(schedule),
      addedForward: addedForward, addedBackward: addedBackward, provedLeast: minimum.objective)
  }

  /// m_v: as near to the frame of the error as the chain and the present drive allow.
  private func slopeMemory(_ lags: Lags) -> [Int] {
    architecture.nodes.indices.map { node in
      guard relevant.slope[node], let activity = lags.activity[node], let error = lags.error[node] else { return 0 }
      let drive = activity - latencies.activationDelay[node]
      guard request.countsSlopes, let end = lags.activityEnd[node] else { return max(error - drive, 0) }
      return max(min(error, end) - drive, 0)
    }
  }

  private func setInjection(_ schedule: inout Schedule, _ lags: Lags) {
    for output in architecture.outputs {
      guard let error = lags.error[output] else { continue }
      schedule.targetLag[output] = error
      guard latencies.errorSource == .closed, let activity = lags.activity[output] else { continue }
      schedule.outputMemory[output] = error - activity
      schedule.residualSlopeMemory[output] = error - activity + latencies.activationDelay[output]
    }
  }

  private func targetRegisters(_ schedule: Schedule) -> Int {
    architecture.outputs.reduce(0) { $0 + architecture.nodes[$1].width * max(schedule.targetLag[$1], 0) }
  }

  /// The values of the variables by what they stand for; `nil` where a signal does not matter.
  struct Lags {
    let model: RegisterModel
    let activity: [Int?]
    let activityEnd: [Int?]
    let error: [Int?]
    let errorEnd: [Int?]
    private let values: [Int]

    init(model: RegisterModel, values: [Int]) {
      func lookup(_ variables: [Int]) -> [Int?] { variables.map { $0 < 0 ? nil : values[$0] } }
      self.model = model
      self.values = values
      activity = lookup(model.activity)
      activityEnd = lookup(model.activityEnd)
      error = lookup(model.error)
      errorEnd = lookup(model.errorEnd)
    }

    func lengths(_ start: [Int?], _ end: [Int?]) -> [Int] {
      zip(start, end).map { start, end in start.flatMap { start in end.map { $0 - start } } ?? 0 }
    }

    /// p and d: the product is taken as early as both signals allow, also at an edge that nobody asked about but whose
    /// signals are there anyway.
    func products(at index: Int) -> (input: Int, error: Int)? {
      let edge = model.architecture.edges[index]
      guard let error = error[edge.target], let errorEnd = errorEnd[edge.target] else { return nil }
      let common = model.product[index]
      guard let input = activity[edge.source], let inputEnd = activityEnd[edge.source] else {
        guard model.relevant.isLive[index] else { return nil }
        return (0, common >= 0 ? values[common] - error : 0)
      }
      let meeting = common >= 0 ? values[common] : max(error, min(errorEnd, input))
      let read = max(input, min(inputEnd, meeting))
      return model.relevant.isLive[index] || read == meeting ? (read - input, meeting - error) : nil
    }
  }
}
