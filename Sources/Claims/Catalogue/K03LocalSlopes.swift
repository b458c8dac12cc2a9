import ExactArithmetic
import Networks
import Waves

extension PublishedClaim {
  static let localSlopes = PublishedClaim(
    id: "K3", source: "equation (6), with σ′ read locally",
    statement: "If L is odd, the update of layer l_s = (L+1)/2 is the gradient, delayed by (L−1)/2 ticks.",
    hypotheses: [
      "chain of odd depth L, weights frozen while waves are in flight", "error open",
      "σ is not affine, and σ′ is read from what the node holds when the wave is there (slope drive, emitted or previous)",
    ]
  ) { setting in
    var parts: [ClaimPart] = []
    for slope in [Slope.drive, .emitted, .previous] {
      let reading = Reading(slope: slope)
      var exact: [Int] = []
      for depth in setting.oddDepths where try BothRoads(depth: depth, reading, setting).isExactAtMiddle {
        exact.append(depth)
      }
      let name = "slope \(slope.rawValue)"
      let holds = exact.map(String.init).joined(separator: ", ")
      let range = setting.oddDepths.map(String.init).joined(separator: ", ")
      guard let depth = setting.oddDepths.first(where: { !exact.contains($0) }) else {
        parts.append(ClaimPart(name, .proved, "exact at L = \(holds)"))
        continue
      }
      let witnesses = try Self.witnesses(ClaimSearch(depth: depth, reading, setting))
      guard !witnesses.isEmpty else {
        parts.append(ClaimPart(name, .undecided, "lags differ at L = \(depth), but no stream tried shows it"))
        continue
      }
      let summary =
        "exact only at L = \(exact.isEmpty ? "none" : holds) of \(range), as lags and generic runs agree; "
        + "refuted first at L = \(depth)"
      for (sigma, witness) in witnesses {
        parts.append(ClaimPart("\(name), σ = \(sigma)", .refuted, summary, witness: witness))
      }
    }
    let refuted = parts.first { $0.verdict == .refuted && $0.reading.contains(Slope.emitted.rawValue) }
    let failed = refuted ?? parts.first { $0.verdict != .proved }
    return ClaimOutcome(
      failed?.verdict ?? .proved,
      reasons: [
        .refuted:
          "exact witnesses at the least depth that fails; lag calculus and generic exact runs agree at every layer, "
          + setting.extent
      ], witness: failed?.witness, parts: parts)
  }

  /// Streams in which the slope of a later layer is read at another frame than the rest.
  ///
  /// On a relu chain of width 1 without biases no single tick refutes "the gradient of some frame": where a slope is 0
  /// the whole gradient of its frame is. There the weak sense is shown (not that of the claimed frame), and with biases
  /// the strong one.
  private static func witnesses(_ search: ClaimSearch) throws -> [(String, ClaimWitness)] {
    var found: [(String, ClaimWitness)] = []
    let layer = search.middle
    let ticks = 2 * search.depth
    func attempt(_ activation: Activation, _ inputs: (Int, Int) -> [Rational], everyFrame: Bool) throws -> ClaimWitness?
    {
      for length in 1...ticks {
        for place in 0..<length {
          let witness = try? search.witness(
            activation, layer: layer, inputs(length, place), target: 0, everyFrame: everyFrame)
          if let witness { return witness }
        }
      }
      return nil
    }
    func pulse(_ length: Int, _ place: Int) -> [Rational] { (0..<length).map { $0 == place ? 1 : 0 } }
    func step(_ length: Int, _ place: Int) -> [Rational] { (0..<length).map { $0 < place ? -1 : 1 } }
    for activation in [Activation.quadratic, .rational] {
      if let witness = try attempt(activation, pulse, everyFrame: true) { found.append(("\(activation)", witness)) }
    }
    if let witness = try attempt(.relu, step, everyFrame: false) { found.append(("relu, no biases", witness)) }
    if let witness = try search.biasedWitness(.relu, layer: layer) { found.append(("relu with biases", witness)) }
    return found
  }
}
