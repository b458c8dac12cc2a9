import ExactArithmetic
import Networks
import Timing
import Waves

/// Runs one stream on one network and compares updates with gradients of output times, one by one or in sum.
///
/// The machine runs the updates; the gradients come from the unrolled static network. Neither knows of round trips.
struct SenseTrial<S: NetworkScalar & WitnessScalar>: Sendable {
  struct Difference {
    let update: Matrix<S>
    let gradient: Matrix<S>
    let outputTime: Int?
    let entry: WitnessEntry
  }

  let network: Network
  let schedule: Schedule
  let sense: ExactnessSense
  let context: S.Context
  private let outputs: OutputTimeNetwork
  /// Ticks of rest that a finite signal needs before and after it, so that all that it causes is summed.
  private let lead: Int
  private let tail: Int

  init(_ network: Network, _ timing: TimingAnalysis, _ sense: ExactnessSense, in context: S.Context)
    throws(NetworkError)
  {
    self.network = network
    schedule = timing.schedule
    self.sense = sense
    self.context = context
    outputs = try OutputTimeNetwork(network, timing.schedule)
    let schedule = timing.schedule
    let shifts = timing.architecture.outputs.map { schedule.outputMemory[$0] - schedule.targetLag[$0] }
    let earliest = timing.edges.compactMap(\.allLags.minimum).min() ?? 0
    let latest = timing.edges.compactMap(\.allLags.maximum).max() ?? 0
    lead = max(-earliest, shifts.max() ?? 0, 0) + 1
    tail = max(latest, outputs.memory, -(shifts.min() ?? 0), 0) + lead + 1
  }

  /// The differences at those of the parameters, by position, for which the stream is a witness: at its tick, or in sum.
  func differences(
    _ parameters: [SharedClass], _ stream: FrameStream, at tick: Int
  ) throws(NetworkError) -> [Int: Difference] {
    switch sense {
    case .delay, .frame: preconditionFailure("exactness by frames is NetworkDecision's")
    case .outputTime: try single(parameters, stream, at: tick)
    case .accumulated: try summed(parameters, finite(stream))
    }
  }

  /// The stream between rests: it begins in frame 0 for ever, and goes back to it.
  func finite(_ stream: FrameStream) -> FrameStream {
    func padded(_ rows: [Vector<Rational>]) -> [Vector<Rational>] {
      [Vector<Rational>](repeating: rows[0], count: lead) + rows
        + [Vector<Rational>](repeating: rows[0], count: tail)
    }
    return FrameStream(uncheckedInputs: stream.inputs.map(padded), targets: stream.targets.map(padded))
  }

  private func machine(_ stream: FrameStream) -> (TickMachine<S>, Frames<S>) {
    let frames = Frames<S>(stream, in: context)
    return (TickMachine(network, schedule, frames: frames, in: context), frames)
  }

  private func update(
    _ parameter: SharedClass, _ machine: TickMachine<S>, at tick: Int
  ) throws(NetworkError) -> Matrix<S> {
    var sum = try machine.update(parameter.edges[0], at: tick)
    for edge in parameter.edges.dropFirst() { sum = sum + (try machine.update(edge, at: tick)) }
    return sum
  }

  private func gradient(_ parameter: SharedClass, _ all: [Matrix<S>]) -> Matrix<S> {
    parameter.edges.dropFirst().reduce(all[parameter.edges[0]]) { $0 + all[$1] }
  }

  private func single(
    _ parameters: [SharedClass], _ stream: FrameStream, at tick: Int
  ) throws(NetworkError) -> [Int: Difference] {
    let (machine, _) = machine(stream)
    // The stream stands still before its first tick and after its last one, so that it has an output time at every
    // tick; beyond `around` ticks either way they all are those of a frame that stands still.
    let around = lead + tail
    let still = Frames<S>(stream.held(before: 2 * around, after: 2 * around), in: context)
    var gradients: [(time: Int, all: [Matrix<S>])] = []
    for time in -around..<(stream.ticks + around) {
      gradients.append((time, try outputs.gradients(at: time + 2 * around, of: still, in: context)))
    }
    var found: [Int: Difference] = [:]
    for (index, parameter) in parameters.enumerated() {
      let update = try update(parameter, machine, at: tick)
      var nearest: (Difference, Rational)?
      var differs = !gradients.isEmpty
      for (time, all) in gradients where differs {
        let gradient = gradient(parameter, all)
        guard let entry = Self.difference(update, gradient) else {
          differs = false
          break
        }
        let distance = (update[entry.row, entry.column] - gradient[entry.row, entry.column]).witnessNumber
          .leastMagnitude
        if nearest.map({ distance < $0.1 }) ?? true {
          nearest = (Difference(update: update, gradient: gradient, outputTime: time, entry: entry), distance)
        }
      }
      if differs, let nearest { found[index] = nearest.0 }
    }
    return found
  }

  private func summed(_ parameters: [SharedClass], _ stream: FrameStream) throws(NetworkError) -> [Int: Difference] {
    let (machine, frames) = machine(stream)
    var updates: [Int: Matrix<S>] = [:]
    var gradients: [Int: Matrix<S>] = [:]
    for tick in 0..<(stream.ticks - lead) {
      let all = try outputs.gradients(at: tick, of: frames, in: context)
      for (index, parameter) in parameters.enumerated() {
        let (update, gradient) = (try update(parameter, machine, at: tick), gradient(parameter, all))
        updates[index] = updates[index].map { $0 + update } ?? update
        gradients[index] = gradients[index].map { $0 + gradient } ?? gradient
      }
    }
    var found: [Int: Difference] = [:]
    for index in parameters.indices {
      guard let update = updates[index], let gradient = gradients[index],
        let entry = Self.difference(update, gradient)
      else { continue }
      found[index] = Difference(update: update, gradient: gradient, outputTime: nil, entry: entry)
    }
    return found
  }

  private static func difference(_ left: Matrix<S>, _ right: Matrix<S>) -> WitnessEntry? {
    let (left, right, columns) = (left.elements, right.elements, left.columns)
    return left.indices.first { left[$0].isCertainlyDifferent(from: right[$0]) }
      .map { WitnessEntry(row: $0 / columns, column: $0 % columns) }
  }
}

extension FrameStream {
  /// The stream with its first frame and its last one held for some ticks more.
  func held(before: Int, after: Int) -> FrameStream {
    func held(_ rows: [Vector<Rational>]) -> [Vector<Rational>] {
      [Vector<Rational>](repeating: rows[0], count: before) + rows
        + [Vector<Rational>](repeating: rows[rows.count - 1], count: after)
    }
    return FrameStream(uncheckedInputs: inputs.map(held), targets: targets.map(held))
  }
}
