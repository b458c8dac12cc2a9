import ExactArithmetic
import Networks
import Timing
import Waves

extension PublishedClaim {
  static let constantStream = PublishedClaim(
    id: "SW2", paper: sidewaysPaper, source: "on slow and constant streams",
    statement: "On a constant stream the pseudo-gradients are gradients.",
    hypotheses: ["chain of depth L, aligned targets, σ any", "weights learn as the stream goes on"]
  ) { setting in
    let parts = [try frozenStream(setting), try learning(setting)]
    let failed = parts.first { $0.verdict != .proved }
    return ClaimOutcome(
      failed?.verdict ?? .proved,
      reasons: [
        .refuted:
          "frozen weights: spread of the lags and exact runs that jump; learning weights: an exact run, its updates "
          + "compared with the gradients at every combination of versions that the weights have had"
      ], witness: failed?.witness, parts: parts)
  }

  /// With frozen weights layer l is exact from the tick on at which the stream has been constant for 2(L − l) + 1 frames.
  private static func frozenStream(_ setting: ClaimSetting) throws -> ClaimPart {
    for depth in setting.depths {
      let network = try ClaimNetworks.genericChain(depth: depth)
      let ticks = 2 * depth + 4
      let generic = ClaimNetworks.genericStream(network, ticks: 2)
      func jump(_ series: [Vector<Rational>]) -> [Vector<Rational>] { (0..<ticks).map { series[$0 == 0 ? 0 : 1] } }
      let run = try ExactRun(
        network, setting.siblingMachine(.sideways, network.architecture),
        FrameStream(uncheckedInputs: generic.inputs.map(jump), targets: generic.targets.map(jump)))
      for layer in 1...depth {
        let wrong = try (1..<ticks).filter { try run.update(layer - 1, at: $0) != run.gradient(layer - 1, of: 1) }
        // Between the lags of input and error the update mixes both frames; the input itself arrives after l ticks.
        guard wrong.last == 2 * depth - layer, try run.update(layer - 1, at: 0) == run.gradient(layer - 1, of: 0) else {
          let text = "L = \(depth), l = \(layer): wrong at the ticks \(wrong) after a jump at tick 1"
          return ClaimPart("frozen weights", .refuted, text, witness: ClaimWitness(text: text))
        }
      }
    }
    return ClaimPart(
      "frozen weights", .proved,
      "exact as soon as the stream has been constant over the 2(L − l) + 1 frames between input "
        + "and error, \(setting.extent)")
  }

  /// Two layers of one weight, x = 1, y = 0, learning rate 1/10: the joint update against every pair of versions.
  private static func learning(_ setting: ClaimSetting) throws -> ClaimPart {
    let network = try ClaimNetworks.unitChain(.identity, depth: 2)
    let schedule = try setting.siblingMachine(.sideways, network.architecture)
    let name = "weights that learn, rate 1/10"
    let last = 5
    let stream = ClaimNetworks.stream([Rational](repeating: 1, count: last + 1), target: 0)
    let run = try OnlineRun(network, schedule, stream, .descent(Rational(1, over: 10)))
    try run.advance(to: last + 1)
    let updates = try (0..<2).map { try run.machine.update($0, at: last)[0, 0] }
    var alone: [String?] = [nil, nil]
    for first in 0...run.history.updates(of: 0) {
      for second in 0...run.history.updates(of: 1) {
        let versions = try network.replacing(weights: [run.history.version(0, first), run.history.version(1, second)])
        let pass = StaticPass<Rational>(
          versions, inputs: stream.inputs.map { $0[0] }, targets: stream.targets.map { $0[0] }, in: ExactContext())
        let gradients = network.architecture.edges.map { pass.gradient(of: $0)[0, 0] }
        for layer in 0..<2 where gradients[layer] == updates[layer] { alone[layer] = "(\(first), \(second))" }
        if gradients == updates {
          return ClaimPart(name, .undecided, "at tick \(last) it is the gradient at versions \(first) and \(second)")
        }
      }
    }
    let each = alone.enumerated().map { "layer \($0.offset + 1): \($0.element ?? "none")" }.joined(separator: ", ")
    return ClaimPart(
      name, .refuted,
      "the updates of both layers together are the gradient at no pair of versions of the weights; each alone, at the pair \(each)",
      witness: ClaimWitness(
        text: "L = 2, σ = identity, w = (1, 1), x = 1 and y = 0 for ever, rate 1/10: at tick \(last) the updates are "
          + "\(updates[0]) and \(updates[1]); no pair out of \(run.history.updates(of: 0) + 1) × "
          + "\(run.history.updates(of: 1) + 1) versions of the weights has this gradient"))
  }
}
