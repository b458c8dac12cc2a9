import ExactArithmetic
import Networks
import Waves

/// Pairs of exact runs that a node cannot tell apart by what it has seen.
///
/// If its δ differs between the two, no rule that is local in time could have computed it.
struct LocalityRun {
  let depth: Int
  private let network: Network
  private let schedule: Schedule
  private let frame: Int

  /// A chain of width 1, weights 1, σ = a² + a, and an affine output, so that a target can undo a change of the input.
  init(_ depth: Int, _ reading: Reading, _ setting: ClaimSetting) throws {
    self.depth = depth
    let architecture = try Architecture(
      name: "chain-\(depth)", inputs: [(name: "layer0", width: 1)],
      nodes: (1...depth).map {
        Node(name: "layer\($0)", width: 1, activation: $0 == depth ? .identity : .quadratic)
      },
      connections: (1...depth).map { Connection(from: "layer\($0 - 1)", to: "layer\($0)", weight: .identity(1)) },
      outputs: ["layer\(depth)"])
    network = try Network(architecture)
    schedule = try setting.machine(architecture, reading)
    frame = 2 * depth
  }

  /// Two inputs that differ in frame t alone, and the error injected at tick t; `nil` if it does not tell them apart, or
  /// the output has seen the difference.
  func error() throws -> ClaimWitness? {
    let (first, second) = try (run(input: 1, target: 0), run(input: 2, target: 0))
    return try difference(first, second, node: depth, tick: frame)
  }

  /// Two frames with the same output error and different slopes at layer L − 1, which the wave passes one tick later.
  func slope() throws -> ClaimWitness? {
    guard depth > 1 else { return nil }
    let first = try run(input: 1, target: 0)
    let outputs = try [first, run(input: 2, target: 0)].map {
      try $0.machine.staticPass(at: frame).activities[depth][0]
    }
    let second = try run(input: 2, target: outputs[1] - outputs[0])
    return try difference(first, second, node: depth - 1, tick: frame + 1)
  }

  private func run(input: Rational, target: Rational) throws -> ExactRun {
    let ticks = frame + 2
    return ExactRun(
      network, schedule,
      FrameStream(
        uncheckedInputs: [(0..<ticks).map { Vector([$0 == frame ? input : 0]) }],
        targets: [(0..<ticks).map { Vector([$0 == frame ? target : 0]) }]))
  }

  private func difference(_ first: ExactRun, _ second: ExactRun, node: Int, tick: Int) throws -> ClaimWitness? {
    for past in 0...tick {
      let seen = try [first, second].map { run in
        try [
          run.machine.drive(node, at: past), run.machine.activity(node, at: past),
          run.machine.activity(node - 1, at: past),
        ]
      }
      guard seen[0] == seen[1] else { return nil }
      guard node < depth, past < tick else { continue }
      guard try first.machine.delta(node + 1, at: past) == second.machine.delta(node + 1, at: past) else { return nil }
    }
    let deltas = try [first, second].map { try $0.machine.delta(node, at: tick)[0] }
    guard deltas[0] != deltas[1] else { return nil }
    let targets = [first, second].map { $0.stream.targets[0][frame][0].description }
    return ClaimWitness(
      text:
        "L = \(depth), W = 1, σ = quadratic below an affine output, input and target 0 but at frame \(frame), where they "
        + "are (1, \(targets[0])) in one run and (2, \(targets[1])) in another: up to tick \(tick) node layer\(node) has "
        + "seen the same in both, yet δ_{\(tick),\(node)} is \(deltas[0]) in one and \(deltas[1]) in the other")
  }
}
