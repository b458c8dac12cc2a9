import ErrorBounds
import ExactArithmetic
import Networks
import Timing
import Waves

/// Looks for runs in which the weights learn and an update is the gradient of no frame at any versions of the weights.
///
/// By theorem D1 such runs exist, for generic weights, wherever one weight is read at several versions. Updates are compared
/// with the gradients of every frame of the stream at every combination of the versions that the run has made of the weights
/// that the gradient reads: more than enough, for a mixture counts as exact.
/// Source: docs/theory.md, weight versions.
struct LearningSearch: Sendable {
  let network: Network
  let decision: NetworkDecision
  let model: Architecture?
  var rates: [Rational] = [1, Rational(1, over: 2)]
  /// How many updates of the parameter itself a run goes beyond its first.
  var updates = 3
  /// The most static passes, combinations of versions times frames, that one comparison may cost.
  var largestComparison = 4096
  /// The most static passes that the search for one set of parameters may cost; a count, so that results do not depend on
  /// the machine.
  var largestSearch = 30_000
  /// Runs whose weights grow beyond this many bits are given up.
  var largestWeight = 20_000

  /// - Returns: witnesses by the parameters' positions.
  func run(_ parameters: [SharedClass]) throws(NetworkError) -> [(Int, Witness)] {
    guard decision.timing.schedule.weightReads.policy != .frozen else { return [] }
    var open = Array(parameters.indices)
    var found: [(Int, Witness)] = []
    let last = parameters.map { ticks($0).last ?? 0 }.max() ?? 0
    let ahead = max(-(decision.timing.edges.compactMap(\.allLags.minimum).min() ?? 0), 0)
    guard last + ahead < DelaySpan.longestStream else { return [] }
    var remaining = largestSearch
    let isOver = decision.limits(lags: [0, last + ahead], parameters: parameters.count).clock()
    for stream in streams(ticks: last + ahead + 1) {
      for rate in rates where !open.isEmpty && remaining > 0 && !isOver() {
        for (index, tick) in try refuted(parameters, open, stream, rate, &remaining) {
          guard let witness = try small(parameters[index], stream, rate, at: tick) else { continue }
          found.append((index, witness))
          open.removeAll { $0 == index }
        }
      }
    }
    return found
  }

  /// Ticks after which the weight changes, from its first update on.
  private func ticks(_ parameter: SharedClass) -> [Int] {
    let schedule = decision.timing.schedule
    let start = parameter.edges.map { schedule.weightReads.start[$0] }.max() ?? 0
    return (0...updates).map { start + $0 * schedule.framePeriod }
  }

  /// Constant frames first, then random ones.
  private func streams(ticks: Int) -> [FrameStream] {
    let maker = StreamMaker(network.architecture)
    var streams: [FrameStream] = []
    for input in [1, 2, -1] as [Rational] {
      for target in [0, 1, 2, -1] as [Rational] {
        let row = [Rational](repeating: input, count: maker.inputWidth)
        let goal = [Rational](repeating: target, count: maker.targetWidth)
        streams.append(
          maker.stream(inputs: .init(repeating: row, count: ticks), targets: .init(repeating: goal, count: ticks)))
      }
    }
    var generator = SplitMix(state: decision.seed)
    for _ in 0..<decision.randomStreams {
      streams.append(maker.stream(ticks: ticks) { Rational(Int(generator.next() % 5) - 2) })
    }
    return streams
  }

  /// For each open parameter that a run refutes: a tick at which it does.
  private func refuted(
    _ parameters: [SharedClass], _ open: [Int], _ stream: FrameStream, _ rate: Rational, _ remaining: inout Int
  ) throws(NetworkError) -> [(Int, tick: Int)] {
    let run = try OnlineRun(network, decision.timing.schedule, stream, .descent(rate))
    var found: [(Int, tick: Int)] = []
    for tick in Set(open.flatMap { ticks(parameters[$0]) }).sorted() {
      guard advance(run, to: tick) else { break }
      for index in open where ticks(parameters[index]).contains(tick) && !found.contains(where: { $0.0 == index }) {
        guard remaining > 0, let trial = try trial(run, parameters[index], stream) else { continue }
        remaining -= trial.largestCost
        if try trial.isRefuted(parameters[index], at: tick) { found.append((index, tick)) }
      }
    }
    return found
  }

  /// False where weights grow too large, or the run would need to know weights that are still to come.
  private func advance(_ run: OnlineRun, to tick: Int) -> Bool {
    while run.ticks < tick {
      guard (try? run.advance(to: run.ticks + 1)) != nil else { return false }
      let edges = network.architecture.edges.indices
      guard edges.allSatisfy({ run.history.version($0, run.history.updates(of: $0)).isSmall(bits: largestWeight) })
      else { return false }
    }
    return true
  }

  private func trial(
    _ run: OnlineRun, _ parameter: SharedClass, _ stream: FrameStream
  ) throws(NetworkError) -> TrialRun<Rational>? {
    var combinations: [[LinearMap]] = [network.weights]
    let frames = Set(
      (0..<stream.ticks).map { tick in stream.inputs.map { $0[tick] } + stream.targets.map { $0[tick] } })
    for (edges, weights) in versions(run, parameter) {
      guard combinations.count <= largestComparison / (weights.count * frames.count) else { return nil }
      combinations = combinations.flatMap { some in
        weights.map { weight in
          var copy = some
          for edge in edges { copy[edge] = weight }
          return copy
        }
      }
    }
    var references: [Network] = []
    for weights in combinations { references.append(try network.replacing(weights: weights)) }
    return TrialRun(machine: run.machine, stream: stream, references: references, context: ExactContext())
  }

  /// The different versions of every weight that the gradient reads; edges that share a weight share its versions.
  private func versions(_ run: OnlineRun, _ parameter: SharedClass) -> [(edges: [Int], weights: [LinearMap])] {
    let architecture = network.architecture
    let read = architecture.edgesRead(byGradientOf: parameter.edges)
    let classes = architecture.sharedClasses
    var seen = Set<Int>()
    var found: [(edges: [Int], weights: [LinearMap])] = []
    for edge in read where !seen.contains(edge) {
      let edges = classes.first { $0.edges.contains(edge) }?.edges ?? [edge]
      seen.formUnion(edges)
      var weights: [LinearMap] = []
      for number in 0...run.history.updates(of: edge) {
        let weight = run.history.version(edge, number)
        if !weights.contains(weight) { weights.append(weight) }
      }
      found.append((edges, weights))
    }
    return found
  }

  private func small(
    _ parameter: SharedClass, _ stream: FrameStream, _ rate: Rational, at tick: Int
  ) throws(NetworkError) -> Witness? {
    func trial(of candidate: FrameStream) throws(NetworkError) -> (OnlineRun, TrialRun<Rational>)? {
      let run = try OnlineRun(network, decision.timing.schedule, candidate, .descent(rate))
      guard advance(run, to: tick), let trial = try self.trial(run, parameter, candidate) else { return nil }
      return (run, trial)
    }
    let shrinking = WitnessShrinking { candidate in
      (try? trial(of: candidate)?.1.isRefuted(parameter, at: tick)) ?? false
    }
    // What comes after the tick matters only where something reads it; a shorter stream has fewer frames to compare with.
    let ahead = stream.ticks - 1 - (ticks(parameter).last ?? 0)
    let cut = stream.prefix(min(tick + 1 + max(ahead, 0), stream.ticks))
    let start = shrinking.isWitness(cut) ? cut : stream
    let shrunk = shrinking.shrunk(start, budget: decision.shrinkBudget)
    guard let (run, trial) = try trial(of: shrunk) else { return nil }
    let versions = versions(run, parameter)
    let learning = Witness.Learning(
      rate: rate, combinations: versions.reduce(1) { $0 * $1.weights.count },
      versions: versions.flatMap { entry in entry.edges.map { (edge: $0, weights: entry.weights) } }
        .sorted { $0.edge < $1.edge })
    return try trial.witness(.learning, parameter, at: tick, learning: learning, model: model)
  }
}

extension Architecture {
  /// Every edge whose weight the gradient at some edges depends on: those on a path from an input to an output that these
  /// edges lead to. Ascending.
  func edgesRead(byGradientOf edges: [Int]) -> [Int] {
    var below = Set<Int>()
    var open = edges.map { self.edges[$0].target }
    while let node = open.popLast() {
      guard below.insert(node).inserted else { continue }
      open += outgoing[node].map { self.edges[$0].target }
    }
    var above = Set<Int>()
    open = outputs.filter(below.contains) + edges.map { self.edges[$0].source }
    while let node = open.popLast() {
      guard above.insert(node).inserted else { continue }
      open += incoming[node].map { self.edges[$0].source }
    }
    return self.edges.indices.filter { above.contains(self.edges[$0].target) }
  }
}

extension LinearMap {
  /// Whether every entry takes at most this many bits.
  fileprivate func isSmall(bits: Int) -> Bool {
    var largest = 0
    forEachNonzero { _, _, value in largest = max(largest, value.complexity) }
    return largest <= bits
  }
}
