import ExactArithmetic
import Networks
import Waves

/// PipeDream's slots on a chain of n stages, with weights that really learn.
///
/// σ = a² + a, one unit a stage; frames at the even ticks, another number in the slots between. Exact numbers grow by the
/// network's degree with each update, so that a few minibatches have to do.
struct PipelineRun {
  let stages: Int
  let minibatches: Int
  let run: OnlineRun
  private let network: Network
  private let stream: FrameStream
  private let rate = Rational(1, over: 8)

  init(stages: Int, minibatches: Int, _ policy: WeightReads.Policy, _ setting: ClaimSetting) throws {
    self.stages = stages
    self.minibatches = minibatches
    let names = (0...stages).map { $0 == 0 ? "x" : String($0) }
    let edges = zip(names, names.dropFirst()).map { (from: $0, to: $1) }
    let weight = LinearMap(Matrix(rows: 1, columns: 1, elements: [Rational(1, over: 2)]))
    network = try Network(
      ClaimNetworks.graph(
        name: "\(stages) stages", nodes: Array(names.dropFirst()), edges: edges, width: 1, activation: .quadratic
      ) { weight })
    let ticks = 2 * (minibatches + stages)
    func slots(_ frame: (Int) -> Int, between other: Int) -> [Vector<Rational>] {
      (0..<ticks).map { tick in Vector([Rational(tick % 2 == 0 ? frame(tick / 2) : other)]) }
    }
    stream = FrameStream(
      uncheckedInputs: [slots({ 1 + $0 }, between: 9)], targets: [slots({ -1 - $0 }, between: 5)])
    let schedule = try setting.siblingMachine(.pipeDream, network.architecture)
      .reading(weights: policy, on: network.architecture)
    run = try OnlineRun(network, schedule, stream, .descent(rate))
    try run.advance(to: 2 * minibatches + 2 * stages - 2)
  }

  /// (w^{t+1} − w^t)/(−rate) of a stage: the gradient that minibatch t was applied with.
  func applied(_ stage: Int, _ minibatch: Int) -> Rational {
    let (before, after) = (run.history.version(stage - 1, minibatch), run.history.version(stage - 1, minibatch + 1))
    return (before[0, 0] - after[0, 0]) / rate
  }

  /// ∂f_t/∂w of a stage at given versions of all stages.
  func gradient(_ stage: Int, _ minibatch: Int, at versions: [Int]) throws -> Rational {
    let weights = versions.enumerated().map { run.history.version($0.offset, $0.element) }
    let pass = StaticPass<Rational>(
      try network.replacing(weights: weights), inputs: [stream.inputs[0][2 * minibatch]],
      targets: [stream.targets[0][2 * minibatch]], in: ExactContext())
    return pass.gradient(of: network.architecture.edges[stage - 1])[0, 0]
  }

  /// Whether w^{t+1} = w^t − rate ∇f(versions), all stages, all minibatches; the first place where not.
  func firstDifference(_ versions: (_ minibatch: Int, _ stage: Int) -> Int) throws -> String? {
    for minibatch in 0..<minibatches {
      let read = (1...stages).map { max(versions(minibatch, $0), 0) }
      for stage in 1...stages where try gradient(stage, minibatch, at: read) != applied(stage, minibatch) {
        return
          "n = \(stages), stage \(stage), minibatch \(minibatch): the update is not the gradient at versions \(read)"
      }
    }
    return nil
  }

  /// All combinations of versions up to the present one at which the update of one stage is the gradient.
  func matches(_ stage: Int, _ minibatch: Int) throws -> [[Int]] {
    var combinations: [[Int]] = [[]]
    for _ in 1...stages { combinations = combinations.flatMap { some in (0...minibatch).map { some + [$0] } } }
    return try combinations.filter { try gradient(stage, minibatch, at: $0) == applied(stage, minibatch) }
  }
}
