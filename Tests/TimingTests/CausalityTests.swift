import ExactArithmetic
import Networks
import PropertyTesting
import Testing
import Timing
import Waves

/// Causality by a second road: the recursion of the schedule, walked signal by signal, in which nothing may be read that is of
/// a later tick than its reader; and the machine on a stream that ends at the tick in question.
@Suite struct CausalityTests {
  /// Walks what a signal reads; knows no lag but that of a drive under the frame-consistent rule, which says of which frame
  /// the present drive is.
  private struct Walk {
    let architecture: Architecture
    let schedule: Schedule
    let forward: ForwardLags
    /// Injected errors are walked, too, and not taken as given.
    let walksErrors: Bool

    func varies(_ node: Int) -> Bool { !forward.activity[node].isEmpty }

    func activity(_ node: Int, _ tick: Int, by now: Int) -> Bool {
      guard varies(node) else { return true }
      guard tick <= now else { return false }
      return architecture.nodes[node].isInput || drive(node, tick - schedule.activationDelay[node], by: tick)
    }

    func drive(_ node: Int, _ tick: Int, by now: Int) -> Bool {
      guard varies(node) else { return true }
      return tick <= now
        && architecture.incoming[node].allSatisfy {
          activity(architecture.edges[$0].source, tick - schedule.forwardLatency[$0], by: tick)
        }
    }

    /// The frames of the waves that are at a node, by the tick of each one's injection.
    func frames(_ node: Int, _ tick: Int) -> Set<Int> {
      var found = architecture.isOutput(node) ? [tick - schedule.waveFrameLag[node]] as Set : []
      for edge in architecture.outgoing[node] {
        found.formUnion(frames(architecture.edges[edge].target, tick - schedule.backwardLatency[edge]))
      }
      return found
    }

    func reaches(_ node: Int) -> Bool {
      architecture.isOutput(node) || architecture.outgoing[node].contains { reaches(architecture.edges[$0].target) }
    }

    func delta(_ node: Int, _ tick: Int, by now: Int) -> Bool {
      guard tick <= now else { return false }
      let arriving = architecture.outgoing[node].filter { reaches(architecture.edges[$0].target) }
      for edge in arriving {
        guard delta(architecture.edges[edge].target, tick - schedule.backwardLatency[edge], by: tick) else {
          return false
        }
      }
      if !arriving.isEmpty, !architecture.nodes[node].activation.isAffine, varies(node) {
        switch schedule.slopeSource {
        case .memory(let memory):
          guard drive(node, tick - memory[node], by: tick) else { return false }
        case .frameConsistent:
          for edge in arriving {
            let target = architecture.edges[edge].target
            for frame in frames(target, tick - schedule.backwardLatency[edge]) {
              // The present drive is that of one frame, and has been that of this one.
              guard let arrival = forward.drive[node].single, frame + arrival <= tick,
                drive(node, frame + arrival, by: tick)
              else { return false }
            }
          }
        }
      }
      return !walksErrors || !architecture.isOutput(node) || error(node, tick)
    }

    func error(_ output: Int, _ tick: Int) -> Bool {
      guard schedule.targetLag[output] >= 0 else { return false }
      guard varies(output) else { return true }
      switch schedule.errorSource {
      case .open:
        guard let arrival = forward.drive[output].single else { return false }
        let there = tick - schedule.targetLag[output] + arrival
        return drive(output, there, by: tick)
      case .closed:
        // The activity is made from its drive where it is read, so that the drive is what has to be there.
        let own = tick - schedule.outputMemory[output] - schedule.activationDelay[output]
        return drive(output, own, by: tick)
          && (architecture.nodes[output].activation.isAffine
            || drive(output, tick - schedule.residualSlopeMemory[output], by: tick))
      }
    }

    func update(_ edge: Int, _ tick: Int) -> Bool {
      let ends = architecture.edges[edge]
      return delta(ends.target, tick - schedule.errorMemory[edge], by: tick)
        && activity(ends.source, tick - schedule.inputMemory[edge], by: tick)
    }
  }

  static let cases = Generator<(Network, Schedule)> { (source) throws(DiscardedCase) in
    let network = try source.draw(
      .network(
        .anyGraph(size: 3, delays: 1...1, backwardDelays: 1...1), width: 1...1,
        activations: .frequency([(3, .just(.quadratic)), (1, .just(.identity))]),
        weights: .rational(height: 4).map(\.magnitude), biases: nil))
    let architecture = network.architecture
    return (
      network,
      try source.draw(
        .frequency([
          (2, .named(for: architecture)), (2, .arbitrary(for: architecture)),
          (3, .arbitrary(for: architecture, reach: 2, least: -1)),
        ]))
    )
  }

  /// An edge into a node with a way to an output is not without one, wherever the node's dead ends stand among its edges.
  @Test func deadEndsHideNoOutput() throws {
    for targets in [["y", "z"], ["z", "y"], ["z", "y", "z"]] {
      let graph = try Architecture(
        name: "dead end", inputs: [(name: "u", width: 1)],
        nodes: ["h", "y", "z"].map { Node(name: $0, width: 1, activation: .quadratic) },
        connections: [Connection(from: "u", to: "h")] + targets.map { Connection(from: "h", to: $0) }, outputs: ["y"])
      for reading in [Reading(), Reading(slope: .emitted, error: .closed)] {
        let timing = try TimingAnalysis(graph, .diffusion(graph, reading))
        #expect(timing.edges.map(\.reachesNoOutput) == [false] + targets.map { $0 == "z" })
        #expect(timing.edges.allSatisfy { $0.reachesNoOutput || $0.causal })
      }
    }
  }

  @Test func whatIsReadIsThere() throws {
    var counts: [[Bool]: Int] = [:]
    try requireProperty("causality", Self.cases, cases: 400, shrinkAttempts: 100) { network, schedule in
      let architecture = network.architecture
      let timing = try TimingAnalysis(architecture, schedule)
      let forward = try ForwardLags(architecture, schedule)
      func walk(errors: Bool) -> Walk {
        Walk(architecture: architecture, schedule: schedule, forward: forward, walksErrors: errors)
      }
      let tick = timing.fill + 2
      for edge in timing.edges where !edge.reachesNoOutput {
        counts[[edge.causal, edge.errorCausal], default: 0] += 1
        try demandEqual(edge.causal, walk(errors: false).update(edge.edge, tick), "\(edge.name) causal")
        try demandEqual(
          edge.causal && edge.errorCausal, walk(errors: true).update(edge.edge, tick), "\(edge.name) error")
      }
    }
    #expect(
      [true, false].allSatisfy { first in [true, false].allSatisfy { counts[[first, $0], default: 0] > 20 } },
      "\(counts)")
  }

  /// A machine whose stream ends now can make every causal update. The converse does not hold: what is computed at a later
  /// tick from frames of this one does not exist yet, though the stream would allow it.
  @Test func causalUpdatesNeedNoLaterFrame() throws {
    var (causal, refused) = (0, 0)
    try requireProperty("cut streams", Self.cases, cases: 200, shrinkAttempts: 100) { network, schedule in
      let timing = try TimingAnalysis(network.architecture, schedule)
      let tick = timing.fill + 2
      func series(_ nodes: [Node]) -> [[Vector<Rational>]] {
        nodes.map { _ in (0...tick).map { Vector([Rational(1 + $0)]) } }
      }
      let architecture = network.architecture
      let stream = FrameStream(
        uncheckedInputs: series(Array(architecture.nodes[..<architecture.inputCount])),
        targets: series(architecture.outputs.map { architecture.nodes[$0] }))
      for edge in timing.edges {
        let machine = TickMachine<Rational>(
          network, schedule, frames: Frames(stream, in: ExactContext()), in: ExactContext())
        let runs = (try? machine.update(edge.edge, at: tick)) != nil
        if edge.causal, edge.errorCausal {
          causal += 1
          try demand(runs, "\(edge.name) reads a frame that is still to come")
        }
        if !runs { refused += 1 }
      }
    }
    #expect(causal > 100 && refused > 50, "\(causal) causal, \(refused) refused")
  }

  /// An output that no input reaches has an error all the same, whose target may be still to come.
  @Test(arguments: [-1, 0, 1]) func targetsOfConstantOutputsHaveToBeThere(targetLag: Int) throws {
    let graph = try Architecture(
      name: "constant", inputs: [(name: "u", width: 1)],
      nodes: ["h", "b", "y"].map { Node(name: $0, width: 1, activation: .quadratic) },
      connections: [("u", "h"), ("b", "y")].map { Connection(from: $0.0, to: $0.1) },
      outputs: ["h", "y"])
    let edge = try #require(graph.edgeIndex(named: "b->y"))
    for error in [Schedule.ErrorSource.open, .closed] {
      var schedule = try Schedule.diffusion(graph, Reading(slope: .drive, error: .closed))
      schedule.errorSource = error
      schedule.targetLag = schedule.targetLag.map { _ in targetLag }
      #expect(try TimingAnalysis(graph, schedule).edges[edge].errorCausal == (targetLag >= 0), "\(error)")
    }
  }
}
