import ExactArithmetic
import Foundation
import Networks
import PropertyTesting
import Testing

@testable import Waves

/// What is written is read back as an equal value.
@Suite struct RoundTripFileTests {
  struct Case {
    let network: Network
    let schedule: Schedule
    let stream: FrameStream
  }

  static let cases = Generator<Case> { (source) throws(DiscardedCase) in
    let networks = Generator<Network>.network(
      .oneOf([
        .chain(depth: 1...4, delays: 1...3, backwardDelays: 1...3),
        .tapped(.multiEdge(.anyGraph(size: 4, delays: 1...4, backwardDelays: 1...3))),
      ]), width: 1...2,
      activations: .activation(ActivationClass.allCases),
      weights: .wideRational(bits: 0...80).map { $0.isZero ? 1 : $0 })
    let network = try source.draw(.oneOf([networks, .sharing(networks)]))
    let architecture = network.architecture
    var schedule = try source.draw(.oneOf([.named(for: architecture), .arbitrary(for: architecture, reach: 5)]))
    // The frame of a wave is derived from the memory of its output, which this would change alone.
    if try source.draw(.boolean), schedule.slopeSource != .frameConsistent {
      // A memory of the output that looks ahead, and a residual slope that does not go with it.
      schedule.outputMemory = schedule.outputMemory.map { -$0 }
      schedule.residualSlopeMemory = schedule.residualSlopeMemory.map { $0 + 7 }
      schedule.inputMemory = schedule.inputMemory.map { $0 * 1_000 }
    }
    schedule.framePeriod = try source.draw(.integer(in: 1...3))
    let policy = try source.draw(.element(of: WeightReads.Policy.allCases))
    let side = try source.draw(.element(of: WeightReads.Side.allCases))
    schedule = (try? schedule.reading(weights: policy, at: side, on: architecture)) ?? schedule
    if schedule.weightReads.policy != .frozen {
      let known = schedule.weightReads
      guard let again = try? schedule.reading(weights: known.policy, at: known.side, on: architecture) else {
        throw DiscardedCase()
      }
      schedule = again
    }
    let stream = try source.draw(.stream(for: network, .slow(rate: 1), ticks: 3))
    return Case(network: network, schedule: schedule, stream: stream)
  }

  @Test func modelsStreamsAndSchedulesComeBack() throws {
    var policies = Set<WeightReads.Policy>()
    var shared = 0
    try requireProperty("files come back", Self.cases, cases: 150, shrinkAttempts: 200) { entry in
      let model = entry.network.architecture
      if !model.sharedClasses.isEmpty { shared += 1 }
      try demandEqual(Architecture(json: model.json(), fallbackName: "other"), model)
      try demandEqual(FrameStream(json: entry.stream.json(for: model), for: model, named: "s"), entry.stream)
      try demandEqual(FrameStream(csv: entry.stream.csv(for: model), for: model, named: "s"), entry.stream)
      let text = JSONValue.schedule(entry.schedule, of: model).text
      let read = try Schedule(json: Data(text.utf8), for: model, named: "s")
      try demandEqual(Self.read(read, model), Self.read(entry.schedule, model), text)
      try demandEqual(JSONValue.schedule(read, of: model).text, text)
      policies.insert(entry.schedule.weightReads.policy)
    }
    #expect(policies.count == WeightReads.Policy.allCases.count && shared > 20)
  }

  /// An integer that is stated where nothing reads it does not make another schedule.
  @Test func integersThatNothingReadsDoNotCount() throws {
    let chain = try Architecture(
      name: "chain", inputs: [(name: "u", width: 1)],
      nodes: ["h", "y"].map { Node(name: $0, width: 1, activation: .relu) },
      connections: [("u", "h"), ("h", "y")].map { Connection(from: $0.0, to: $0.1) }, outputs: ["y"])
    let file =
      #"{"error":"ERROR","defaults":{"s":2,"m":0,"n":1,"q":3,"f":0,"b":1,"p":0,"d":0},"nodes":{"h":{"r":7},"y":{"r":5}}}"#
    for error in ["open", "closed"] {
      let text = file.replacing("ERROR", with: error)
      let schedule = try Schedule(json: Data(text.utf8), for: chain, named: "s")
      let written = JSONValue.schedule(schedule, of: chain).text
      #expect(try Schedule(json: Data(written.utf8), for: chain, named: "s") == schedule)
      #expect(written.contains(#""r":5"#) == (error == "closed"), "\(written)")
    }
  }

  /// The schedule with 0 in the place of every integer that no recursion reads.
  private static func read(_ schedule: Schedule, _ architecture: Architecture) -> Schedule {
    var copy = schedule
    copy.reading = nil
    let isClosed = schedule.errorSource == .closed
    for (index, node) in architecture.nodes.enumerated() {
      let isOutput = architecture.isOutput(index)
      if !isOutput { copy.targetLag[index] = 0 }
      if !isOutput || !isClosed {
        copy.outputMemory[index] = 0
        copy.residualSlopeMemory[index] = 0
      }
      if !isOutput || schedule.slopeSource != .frameConsistent { copy.waveFrameLag[index] = 0 }
      if node.isInput, case .memory(var memory) = copy.slopeSource {
        memory[index] = 0
        copy.slopeSource = .memory(memory)
      }
    }
    return copy
  }

  @Test func sharedWeightsComeBack() throws {
    let text = #"""
      {"inputs": [{"name": "u", "width": 1}], "nodes": [{"name": "h", "width": 1, "activation": {"clip": [null, "1/3"]}},
       {"name": "y", "width": 1, "activation": {"polynomial": ["0", "1/7", "-2"]}, "bias": ["1/5"]}],
       "edges": [{"from": "u", "to": "h", "weight": [["-2/3"]], "shared": "w"},
        {"from": "h", "to": "y", "weight": [["-2/3"]], "shared": "w", "delay": 2, "backwardDelay": 3}], "outputs": ["y"]}
      """#
    let model = try Architecture(json: Data(text.utf8), fallbackName: "m")
    #expect(model.sharedClasses.map(\.edges) == [[0, 1]])
    #expect(try Architecture(json: model.json(), fallbackName: "other") == model)
    let network = try Network(model)
    #expect(try network.replacing(weights: network.weights).architecture == model)
  }

  @Test func scheduleFilesAreReadStrictly() throws {
    let model = try Architecture(json: Data(#"{"layers": [1, 1]}"#.utf8), fallbackName: "m")
    let good =
      #"{"error": "closed", "framePeriod": 2, "defaults": {"f": 0, "b": 1, "p": 0, "d": 0, "s": 1, "m": 0, "n": 0, "q": 1}}"#
    #expect(try Schedule(json: Data(good.utf8), for: model, named: "s").framePeriod == 2)
    for (old, new, word) in [
      ("\"framePeriod\"", #""acumulate": 4, "framePeriod""#, #"nearest known is "accumulate""#),
      ("\"framePeriod\"", #""accumulate": 4, "framePeriod""#, "not supported yet"),
      ("\"framePeriod\"", #""weight": "current", "framePeriod""#, "\"weights\""),
      ("\"framePeriod\"", #""error": "open", "framePeriod""#, "twice"),
      ("\"closed\"", "\"close\"", "line 1, column 11"),
      ("\"q\": 1", "\"q\": 1, \"t\": 1", "unknown key"),
      ("\"q\": 1", "\"q\": -9223372036854775808", "whole number from"),
      ("\"q\": 1", "\"q\": 1, \"r\": 9000000", "whole number from"),
      ("\"defaults\"", #""nodes": {"layer1": {"f": 1}}, "defaults""#, "form"),
      ("\"defaults\"", #""nodes": {"layer0": {"s": 1}}, "defaults""#, "input"),
      ("\"defaults\"", #""edges": {"layer0->layer2": {"f": 1}}, "defaults""#, "layer0->layer1"),
    ] {
      let text = good.replacing(old, with: new, maxReplacements: 1)
      let error = #expect(throws: NetworkError.self) { try Schedule(json: Data(text.utf8), for: model, named: "s") }
      #expect(error?.message.contains(word) == true, "\(error?.message ?? "")")
    }
  }
}
