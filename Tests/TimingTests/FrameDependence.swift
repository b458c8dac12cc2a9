import ExactArithmetic
import Networks
import Timing
import Waves

/// Asks the tick machine, frame by frame, which frames each update depends on, and compares with the lag calculus.
///
/// With σ = a² + a, positive weights and inputs and negative targets every factor of an update is positive and strictly
/// monotone in every frame that it reads (docs/theory.md, necessity): the update grows when an input it depends on
/// grows, and stays the same bit for bit otherwise. So both directions are decided, not sampled.
struct FrameDependence {
  struct Case {
    let network: Network
    let schedule: Schedule
    let stream: FrameStream
    /// The tick at which updates are read; frames after it are those that the update may read from the future.
    let tick: Int

    init(network: Network, schedule: Schedule, stream: FrameStream, tick: Int? = nil) {
      self.network = network
      self.schedule = schedule
      self.stream = stream
      self.tick = tick ?? stream.ticks - 1
    }
  }

  var cases = 0
  var synchronous = 0
  var disagreements: [String] = []

  /// - Parameter machineSchedule: what the machine runs; another one than the calculus sees, to plant a fault.
  mutating func check(_ entry: Case, machineSchedule: Schedule? = nil) throws {
    let timing = try TimingAnalysis(entry.network.architecture, entry.schedule)
    let tick = entry.tick
    let running = machineSchedule ?? entry.schedule
    let base = try updates(entry.network, running, entry.stream, at: tick)
    for frame in frames(entry, timing) {
      let lag = tick - frame
      let raised = try updates(entry.network, running, Self.raised(entry.stream, frame), at: tick)
      let lowered = try updates(entry.network, running, Self.lowered(entry.stream, frame), at: tick)
      for edge in timing.edges {
        cases += 2
        let inputs = edge.inputLags.union(edge.errorLags).union(edge.countedSlopeLags)
        let live = !edge.reachesNoOutput
        compare(edge, "input", lag, live && inputs.values.contains(lag), base[edge.edge] != raised[edge.edge])
        compare(
          edge, "target", lag, edge.targetLags.values.contains(lag), base[edge.edge] != lowered[edge.edge])
      }
    }
    try checkGradients(entry, running, timing, base, at: tick)
  }

  /// The update is the gradient of frame t − d exactly where all lags are d.
  private mutating func checkGradients(
    _ entry: Case, _ running: Schedule, _ timing: TimingAnalysis, _ base: [Matrix<Rational>], at tick: Int
  ) throws {
    let context = ExactContext()
    let machine = TickMachine<Rational>(
      entry.network, running, frames: Frames(entry.stream, in: context), in: context)
    for edge in timing.edges where !edge.reachesNoOutput {
      if edge.isSynchronous { synchronous += 1 }
      for delay in frames(entry, timing).map({ tick - $0 }) {
        cases += 1
        let gradient = try machine.staticPass(at: tick - delay).gradient(
          of: entry.network.architecture.edges[edge.edge])
        compare(edge, "gradient", delay, edge.delay == delay, gradient == base[edge.edge])
      }
    }
  }

  /// Every frame of a short stream; of a long one, those that some update reads, and their neighbours.
  private func frames(_ entry: Case, _ timing: TimingAnalysis) -> [Int] {
    let all = 0..<entry.stream.ticks
    guard all.count > 60 else { return Array(all) }
    let read = timing.edges.flatMap { $0.allLags.values }.flatMap { [$0 - 1, $0, $0 + 1] }.map { entry.tick - $0 }
    return Set(read).filter(all.contains).sorted()
  }

  private mutating func compare(_ edge: EdgeTiming, _ what: String, _ lag: Int, _ calculus: Bool, _ machine: Bool) {
    if calculus != machine {
      disagreements.append("\(edge.name), \(what), lag \(lag): calculus \(calculus), machine \(machine)")
    }
  }

  private func updates(
    _ network: Network, _ schedule: Schedule, _ stream: FrameStream, at tick: Int
  ) throws -> [Matrix<Rational>] {
    let context = ExactContext()
    let machine = TickMachine<Rational>(network, schedule, frames: Frames(stream, in: context), in: context)
    return try network.architecture.edges.indices.map { try machine.update($0, at: tick) }
  }

  private static func raised(_ stream: FrameStream, _ frame: Int) -> FrameStream {
    var copy = stream
    for input in copy.inputs.indices { copy.inputs[input][frame] = shifted(copy.inputs[input][frame], by: 1) }
    return copy
  }

  private static func lowered(_ stream: FrameStream, _ frame: Int) -> FrameStream {
    var copy = stream
    for output in copy.targets.indices { copy.targets[output][frame] = shifted(copy.targets[output][frame], by: -1) }
    return copy
  }

  private static func shifted(_ vector: Vector<Rational>, by amount: Rational) -> Vector<Rational> {
    Vector(vector.elements.map { $0 + amount })
  }
}
