import ExactArithmetic
import Foundation
import Networks
import Testing
import Timing
import Waves

@testable import Claims

/// Witnesses are looked for in streams as short as the lags allow, and within a time.
@Suite struct SearchLimitTests {
  private static func chain(_ depth: Int, firstDelay: Int = 1, width: Int = 1, weight: LinearMap?) throws
    -> Architecture
  {
    let names = (1...depth).map { "h\($0)" }
    return try Architecture(
      name: "chain", inputs: [(name: "u", width: width)],
      nodes: names.map { Node(name: $0, width: width, activation: .rational) },
      connections: zip(["u"] + names, names).enumerated().map { index, ends in
        Connection(from: ends.0, to: ends.1, weight: weight, delay: index == 0 ? firstDelay : 1)
      }, outputs: ["h\(depth)"])
  }

  private static let one = LinearMap(Matrix(rows: 1, columns: 1, elements: [1]))

  /// A lag of 10⁶ ticks needs no stream of 10⁶ ticks: frame 0 stands for all before it.
  @Test func hugeDelaysAreRefutedByShortStreams() throws {
    for weight in [Self.one, nil] {
      let timing = try TimingAnalysis(
        Self.chain(2, firstDelay: 1_000_000, weight: weight),
        .diffusion(Self.chain(2, firstDelay: 1_000_000, weight: weight)))
      let decisions = try NetworkDecision(timing).decide([0, 1])
      for decision in decisions {
        #expect(decision.verdict == .refuted, "\(decision.timing.name)")
        let witness = try #require(decision.witness)
        #expect(witness.stream.ticks <= 3 && witness.tick < 3)
      }
    }
  }

  /// Deep chains: one edge alone needs its own two lags, not those of all edges.
  @Test func deepChainsAreRefutedEdgeByEdge() throws {
    let architecture = try Self.chain(80, weight: nil)
    let timing = try TimingAnalysis(architecture, .diffusion(architecture))
    let decisions = try NetworkDecision(timing).decide([0, 30, 78])
    for decision in decisions {
      #expect(decision.verdict == .refuted)
      let least = try #require(decision.timing.allLags.minimum)
      #expect(decision.witness?.stream.ticks ?? .max <= least + 2)
    }
  }

  /// Where no time is left to make witnesses small they are cut out of one run for all edges; each still refutes by itself.
  @Test func witnessesCutOutOfALongRunStandAlone() throws {
    let architecture = try Self.chain(80, weight: nil)
    let schedule = try Schedule.diffusion(architecture)
    var decision = try NetworkDecision(TimingAnalysis(architecture, schedule))
    decision.shrinkBudget = 0
    let context = IntervalContext(precision: 128)
    for decided in try decision.decide([0, 30, 78]) {
      let witness = try #require(decided.witness)
      let network = try Network(#require(witness.model))
      let frames = Frames<Interval>(witness.stream, in: context)
      // Of these frames nothing is known to come again.
      let machine = TickMachine<Interval>(
        network, schedule, frames: Frames(inputs: frames.inputs, targets: frames.targets), in: context)
      let edge = decided.timing.edge
      let update = try machine.update(edge, at: witness.tick)[0, 0]
      for frame in 0..<witness.stream.ticks {
        let gradient = try machine.staticPass(at: frame).gradient(of: architecture.edges[edge])[0, 0]
        #expect(update.upper < gradient.lower || gradient.upper < update.lower, "frame \(frame)")
      }
    }
  }

  /// Out of time or out of reach it is undecided: nothing else is said.
  @Test func whatRunsOutIsUndecided() throws {
    let zero = LinearMap(rows: 1, columns: 1, entries: [])
    let architecture = try Self.chain(3, firstDelay: 1_000_000, weight: zero)
    let timing = try TimingAnalysis(architecture, .diffusion(architecture))
    var decision = try NetworkDecision(timing)
    decision.budget = 0.01
    let decided = try decision.decide([1])[0]
    #expect(decided.verdict == .undecided && decided.decidedBy.contains("no witness was found"))
  }

  /// The budget is named where a search was cut short by it, under every sense, and not where everything was tried.
  @Test func theBudgetIsNamedWhereItRanOut() throws {
    // Units that no stream that is tried wakes up.
    let json = """
      {"layers": [1, 1, 1, 1], "activation": "relu", "weights": [[["1"]], [["1"]], [["1"]]],
       "biases": [["-1e9"], ["-1e9"], ["-1e9"]]}
      """
    let architecture = try Architecture(json: Data(json.utf8), fallbackName: "asleep")
    let timing = try TimingAnalysis(
      architecture, .diffusion(architecture, Reading(slope: .drive, error: .closed)))
    func reasons(_ budget: Double) throws -> [String] {
      var decision = try NetworkDecision(timing)
      var output = try SenseDecision(timing, .outputTime)
      (decision.budget, output.budget) = (budget, budget)
      let first = try decision.decide([0])[0]
      let again = try decision.decide([0])[0]
      let other = try output.decide(architecture.single([0]))[0]
      #expect(first.verdict == .undecided && again.decidedBy == first.decidedBy && other.verdict == .undecided)
      return [first.decidedBy, other.decidedBy]
    }
    #expect(try reasons(1_000).allSatisfy { $0.hasSuffix("no witness was found on this model") })
    #expect(
      try reasons(0).allSatisfy { $0.hasSuffix("no witness was found on this model in 0.0 s an edge (--budget)") })
  }

  /// A model that no file could hold is not tried, and the verdict names the limit.
  @Test func modelsOfTooManyWeightsAreNotTried() throws {
    let wide = try Architecture(
      name: "wide", inputs: [(name: "u", width: 20_000)],
      nodes: ["h", "k", "y"].map { Node(name: $0, width: 20_000, activation: .tanh) },
      connections: [Connection(from: "u", to: "h"), Connection(from: "h", to: "k"), Connection(from: "k", to: "y")],
      outputs: ["y"])
    let decided = try NetworkDecision(TimingAnalysis(wide, .diffusion(wide))).decide([0, 1, 2])
    #expect(decided.map(\.verdict) == [.undecided, .exact, .undecided])
    #expect(decided[0].decidedBy.contains("more than 1048576 weights"))
  }

  /// Every stream that is tried holds what an update reads, the future too, and two frames that differ among it.
  @Test(arguments: [[0, 3], [-2, 0, 3], [-4, -1], [1, 5, 6]])
  func streamsHoldWhatIsRead(lags: [Int]) throws {
    let architecture = try Self.chain(2, weight: Self.one)
    var tried = 0
    func check(_ stream: FrameStream, _ tick: Int) {
      tried += 1
      #expect(lags.allSatisfy { tick - $0 < stream.ticks })
    }
    let reads = ShortStreams.Reads(lags)
    ShortStreams(architecture, reads: [reads]).each { stream in
      for tick in reads.ticks {
        check(stream.prefix(tick + 1 + reads.future), tick)
        #expect(Set(lags.map { stream.inputs[0][max(tick - $0, 0)] }).count == 2)
      }
      return true
    }
    let candidates = WitnessCandidates(architecture, lags: lags)
    candidates.forEach(random: 3, seed: 1) { stream in
      check(stream, candidates.tick)
      return true
    }
    #expect(tried > 10)
  }
}
