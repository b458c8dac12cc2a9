import ExactArithmetic
import Networks
import Waves

/// Runs streams on one network and compares updates with gradients of frames.
///
/// Generic over the numbers: exact where σ allows it, enclosures otherwise.
struct WitnessTrial<S: NetworkScalar & WitnessScalar>: Sendable {
  let network: Network
  let schedule: Schedule
  let context: S.Context

  func run(_ stream: FrameStream) -> TrialRun<S> {
    let machine = TickMachine(network, schedule, frames: Frames<S>(stream, in: context), in: context)
    return TrialRun(machine: machine, stream: stream, references: nil, context: context)
  }
}

/// One run of the tick machine, and the gradients of its frames at given weights.
///
/// `isCertainlyDifferent` decides, so that an overlap of enclosures never counts as a difference.
final class TrialRun<S: NetworkScalar & WitnessScalar> {
  let machine: TickMachine<S>
  let stream: FrameStream
  /// One tick for each different frame of the stream: equal frames have equal gradients.
  let frames: [Int]
  /// For each tick, the first one with an equal frame.
  let representative: [Int]
  private let references: [Network]?
  private let context: S.Context
  private var passes: [Int: [StaticPass<S>]] = [:]

  /// - Parameter references: the networks whose gradients count; `nil` for the machine's own.
  init(machine: TickMachine<S>, stream: FrameStream, references: [Network]?, context: S.Context) {
    self.machine = machine
    self.stream = stream
    self.references = references
    self.context = context
    representative = stream.firstEqualTicks
    frames = Set(representative).sorted()
  }

  /// How many static passes a comparison with every frame may take.
  var largestCost: Int { frames.count * (references?.count ?? 1) }

  /// The gradients of a frame, one for each reference.
  func passes(at frame: Int) throws(NetworkError) -> [StaticPass<S>] {
    guard let references else { return [try machine.staticPass(at: frame)] }
    if let known = passes[frame] { return known }
    let made = references.map {
      StaticPass(
        $0, inputs: machine.frames.input(at: frame), targets: machine.frames.target(at: frame), in: context)
    }
    passes[frame] = made
    return made
  }

  func update(_ parameter: SharedClass, at tick: Int) throws(NetworkError) -> SumOfProducts<S> {
    var terms: [SumOfProducts<S>.Term] = []
    for edge in parameter.edges {
      let factors = try machine.updateFactors(edge, at: tick)
      terms.append(.init(column: factors.error, row: factors.input))
    }
    return SumOfProducts(terms: terms)
  }

  func gradient(_ parameter: SharedClass, _ pass: StaticPass<S>) -> SumOfProducts<S> {
    SumOfProducts(
      terms: parameter.edges.map { index in
        let edge = machine.network.architecture.edges[index]
        return .init(column: pass.deltas[edge.target], row: pass.activities[edge.source])
      })
  }

  /// Whether the update may be the gradient of a frame, at one reference or another.
  func mayBe(_ update: SumOfProducts<S>, _ parameter: SharedClass, frame: Int) throws(NetworkError) -> Bool {
    try passes(at: frame).contains { update.difference(from: gradient(parameter, $0)) == nil }
  }

  /// Whether the update at a tick differs from the gradient of every frame.
  func isRefuted(_ parameter: SharedClass, at tick: Int) throws(NetworkError) -> Bool {
    let update = try update(parameter, at: tick)
    for frame in frames {
      if try mayBe(update, parameter, frame: frame) { return false }
    }
    return true
  }

  /// The whole witness, values written out; `nil` when the stream is none for this parameter.
  ///
  /// - Parameter part: as much of the stream as the witness needs.
  func witness(
    _ kind: WitnessKind, _ parameter: SharedClass, at tick: Int, among candidates: [Int]? = nil,
    showing part: FrameStream? = nil, failures: [Witness.Failure] = [], learning: Witness.Learning? = nil,
    model: Architecture?
  ) throws(NetworkError) -> Witness? {
    let update = try update(parameter, at: tick)
    var nearest: (frame: Int, entry: WitnessEntry, distance: Rational, gradient: SumOfProducts<S>)?
    for frame in candidates ?? frames {
      for pass in try passes(at: frame) {
        let gradient = gradient(parameter, pass)
        guard let entry = update.difference(from: gradient) else { return nil }
        let distance = (update[entry] - gradient[entry]).witnessNumber.leastMagnitude
        if nearest.map({ distance < $0.distance }) ?? true { nearest = (frame, entry, distance, gradient) }
      }
    }
    guard let nearest else { return nil }
    return Witness(
      kind: kind, stream: part ?? stream, tick: tick, update: update.written(nearest.entry),
      nearestGradient: nearest.gradient.written(nearest.entry), nearestFrame: nearest.frame,
      isPartial: !update.isWritable, entry: nearest.entry, failures: failures, learning: learning, model: model)
  }
}
