import ExactArithmetic
import Networks
import Timing
import Waves

extension PublishedClaim {
  static let factorization = PublishedClaim(
    id: "K1", source: "equations (3), (4), (5)",
    statement: "The update factorizes into a forward and a backward wave: g_{t,l} = (→^{l−1} u_{t−l+1}) · "
      + "(δ_{t−L+l,L} ←^{L−l}).",
    hypotheses: [
      "chain of depth L, weights frozen while waves are in flight",
      "the label of ← counts steps (as (5) needs), not the layer where the wave arrives (as (4) has it)",
      "u a row: g is an outer product, the gradient with respect to W_{l−1}",
    ]
  ) { setting in
    var parts: [ClaimPart] = []
    for reading in Reading.all {
      var compared = 0
      var failure: ClaimWitness?
      for depth in setting.depths where failure == nil {
        let waves = try WaveProducts(depth: depth, reading, setting)
        for layer in 1...depth where failure == nil {
          compared += 1
          failure = try waves.difference(at: layer)
        }
      }
      parts.append(
        ClaimPart(
          reading.description, failure == nil ? .proved : .refuted,
          failure == nil ? "\(compared) products of operators equal the machine's updates" : "a product differs",
          witness: failure))
    }
    let failed = parts.first { $0.verdict != .proved }
    parts.append(try literalLabel(setting))
    return ClaimOutcome(
      failed?.verdict ?? .proved,
      reasons: [
        .proved:
          "multi-frame lemma, for all weights, widths and σ; composed operators compared with exact runs at every "
          + "layer of generic chains, \(setting.extent)"
      ], witness: failed?.witness, parts: parts)
  }

  /// (4) as printed: the label of ← is the layer where the wave arrives.
  private static func literalLabel(_ setting: ClaimSetting) throws -> ClaimPart {
    var wrong = 0
    var right = 0
    for depth in setting.depths {
      let waves = try WaveProducts(depth: depth, Reading(), setting)
      for layer in 1..<max(depth, 1) {
        // δ_{t−L+l,L} ←^{L−l} with L − κ = L − l is δ_{t−L+2l, L−l}.
        let run = waves.run
        let literal = try run.machine.delta(depth - layer, at: waves.tick - depth + 2 * layer)
        let needed = try run.machine.delta(layer, at: waves.tick)
        if literal == needed { right += 1 } else { wrong += 1 }
      }
    }
    // L = 3, l = 1, on a constant input: δ_{t−1,2} is named, δ_{t,1} is needed.
    let network = try ClaimNetworks.unitChain(.quadratic, depth: 3)
    let run = try ExactRun(
      network, setting.machine(network.architecture, Reading()),
      ClaimNetworks.stream([1, 1, 1, 1, 1, 1], target: 0))
    let (literal, needed) = try (run.machine.delta(2, at: 4)[0], run.machine.delta(1, at: 5)[0])
    let witness =
      literal == needed
      ? nil
      : ClaimWitness(
        text: "L = 3, l = 1, σ = quadratic, W = 1, constant input 1, target 0: the literal label names δ_{t−1,2} = "
          + "\(literal), the update needs δ_{t,1} = \(needed)")
    return ClaimPart(
      "(4) taken literally: the label of ← is the layer of arrival; slope frame-consistent, error open",
      wrong == 0 ? .proved : witness == nil ? .undecided : .refuted,
      "names the δ of the update at \(right) of \(wrong + right) layers l < L, those with l = L/2", witness: witness)
  }
}

/// Equation (5) by composed operators, beside the machine's own update, on a generic chain.
private struct WaveProducts {
  let run: ExactRun
  let depth: Int
  let tick: Int
  let schedule: Schedule

  init(depth: Int, _ reading: Reading, _ setting: ClaimSetting) throws {
    let network = try ClaimNetworks.genericChain(depth: depth)
    self.depth = depth
    tick = 2 * depth + 1
    schedule = try setting.calculus(network.architecture, reading)
    run = try ExactRun(
      network, setting.machine(network.architecture, reading),
      ClaimNetworks.genericStream(network, ticks: 3 * depth + 3))
  }

  /// The instance at a layer where the product is not the update, or `nil` where it is.
  func difference(at layer: Int) throws -> ClaimWitness? {
    let (network, architecture) = (run.network, run.network.architecture)
    let forward = try WaveOperator.forward(along: Array(0..<(layer - 1)), of: architecture)
    let input = try run.machine.activity(0, at: tick - layer + 1)
    let activity =
      layer == 1 ? input : try forward.apply(to: input, of: network, in: ExactContext()) { _, _ in Vector([]) }
    let backward = try WaveOperator.backward(along: Array(layer..<depth), of: architecture) { step, _ in step }
    var drives: [Int: Vector<Rational>] = [:]
    for node in layer..<depth { drives[node] = try drive(of: node, passedAt: tick - (node - layer), wave: layer) }
    let injected = try run.machine.delta(depth, at: tick - depth + layer)
    let delta =
      layer == depth
      ? injected
      : try backward.apply(to: injected, of: network, in: ExactContext()) { node, _ in drives[node] ?? Vector([]) }
    guard delta.outer(activity) != (try run.update(layer - 1, at: tick)) else { return nil }
    return ClaimWitness(
      text: "L = \(depth), l = \(layer): the product of the waves is \(delta.outer(activity)), the update is "
        + "\(try run.update(layer - 1, at: tick))")
  }

  /// The drive at which σ′ of a node is read as the wave that reaches `wave` at `tick` passes it.
  private func drive(of node: Int, passedAt passing: Int, wave layer: Int) throws -> Vector<Rational> {
    switch schedule.slopeSource {
    case .memory(let memory): return try run.machine.drive(node, at: passing - memory[node])
    case .frameConsistent:
      return try run.machine.staticPass(at: tick - depth + layer - schedule.waveFrameLag[depth]).drives[node]
    }
  }
}
