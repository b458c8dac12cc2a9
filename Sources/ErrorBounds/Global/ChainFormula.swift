import ExactArithmetic
import Networks
import Timing

/// Theorem 8 on a chain, in closed form: its constants, its value and its text (docs/theory.md, theorem 8).
///
/// Layers 0..L, the edge into layer l, W_k from layer k to k + 1:
/// ```
/// |g − ∇_r|_max ≤ Π [ S R N_{l−1} V_x + X ( R (Σ_{k=l}^{L−1} S_k K_k V_k + S_L K_L V_s) + S (N_L V_r + V_y) ) ]
/// N_k = Π_{j≤k} s1_j |W_{j−1}|_∞     K_k = |W_{k−1}|_∞ N_{k−1}      Π = Π_{k=l}^{L−1} |W_k|_1
/// S = Π_{k=l}^{L} s1_k               S_k: s2_k in the place of s1_k
/// X = |x_{l−1}|_∞ at r               R = |x_L − y|_∞ at r + N_L V_r + V_y
/// ```
/// V_x, V_k, V_s, V_r, V_y: how far the frames of the input, of σ′ in layer k, of σ′ in layer L, of the output and of the
/// target are from the reference frame. With one s1 and s2 for all layers S = s1^{L−l+1} and S_k = s1^{L−l} s2.
struct ChainFormula {
  /// l and L.
  let layer: Int
  let depth: Int
  let value: Magnitude
  let constants: [(name: String, value: String)]
  let formula: String

  /// `nil` where the network is no chain, or no path leads to the output.
  init?(_ known: NetworkConstants, _ timing: TimingAnalysis) {
    let (problem, architecture) = (known.problem, known.problem.network.architecture)
    guard let chain = architecture.chain, let layer = chain.firstIndex(of: architecture.edges[problem.edge].target),
      let input = problem.timing.inputLags.single, let error = problem.timing.errorLags.single,
      let target = problem.timing.targetLags.single
    else { return nil }
    let depth = chain.count - 1
    let lags = Dictionary(uniqueKeysWithValues: timing.slopeLags(of: problem.edge).map { ($0.node, $0.lags) })
    let norms = (0..<depth).map { known.norms[architecture.incoming[chain[$0 + 1]][0]] }
    let slopes = chain.map { known.slopes[$0] }
    // N_k and K_k, k = 0..L.
    var (gains, driveGains) = ([Magnitude(1)], [Magnitude(1)])
    for k in 1...depth {
      driveGains.append(Magnitude(norms[k - 1].row) * gains[k - 1])
      gains.append(slopes[k].slope * driveGains[k])
    }
    func product(_ factors: some Sequence<Magnitude>) -> Magnitude { factors.reduce(Magnitude(1), *) }
    let pull = product(norms[layer...].map { Magnitude($0.column) })
    let size = product((layer...depth).map { slopes[$0].slope })
    let changed = (layer...depth).map { k in
      product((layer...depth).map { $0 == k ? slopes[$0].change : slopes[$0].slope })
    }
    let far = known.distances
    let (inputFar, errorFar, targetFar) = (far.input(input), far.input(error), far.target(target))
    // σ′ of layer L is that of the residual's own frame, unless the schedule reads it elsewhere.
    let slopeFar = (layer...depth).map { far.input(lags[chain[$0]]?.single ?? error) }
    let activity = known.activities[chain[layer - 1]]
    let moved = gains[depth] * errorFar + targetFar
    let residual = known.residuals[chain[depth]] + moved
    let bends = zip(layer...depth, zip(changed, slopeFar)).map { k, term in term.0 * driveGains[k] * term.1 }
    value =
      pull
      * (size * residual * gains[layer - 1] * inputFar
        + activity * (residual * bends.reduce(.zero, +) + size * moved))
    self.layer = layer
    self.depth = depth
    let text = Text(layer: layer, depth: depth, slopes: slopes)
    formula = text.formula
    var constants = text.slopeConstants(size: size, changed: changed)
    constants += [layer - 1, depth].map { ("N_\($0)", gains[$0].description) }
    constants += (layer...depth).map { ("K_\($0)", driveGains[$0].description) }
    constants += [("Π", pull.description), ("X", activity.description), ("R", residual.description)]
    constants.append(("V_x", inputFar.description))
    constants += (layer..<depth).map { ("V_\($0)", slopeFar[$0 - layer].description) }
    constants += [
      ("V_s", slopeFar[depth - layer].description), ("V_r", errorFar.description), ("V_y", targetFar.description),
    ]
    self.constants = constants
  }
}

extension ChainFormula {
  /// The formula in writing: with powers of s1 and s2 where all layers share them, with S and S_k otherwise.
  struct Text {
    let layer: Int
    let depth: Int
    let slopes: [(slope: Magnitude, change: Magnitude)]

    private var common: (slope: Magnitude, change: Magnitude)? {
      slopes.dropFirst(2).allSatisfy { $0 == slopes[1] } ? slopes[1] : nil
    }

    var formula: String {
      let bends = (layer...depth).map { k in
        (common == nil ? "S_\(k) " : "") + "K_\(k) " + (k == depth ? "V_s" : "V_\(k)")
      }.joined(separator: " + ")
      let (size, changed) = common == nil ? ("S", "") : (power(depth - layer + 1), power(depth - layer) + " s2 ")
      return "Π [ \(size) R N_\(layer - 1) V_x + X ( \(changed.trimmedStart)R (\(bends)) + "
        + "\(size) (N_\(depth) V_r + V_y) ) ]"
    }

    func slopeConstants(size: Magnitude, changed: [Magnitude]) -> [(name: String, value: String)] {
      if let common { return [("s1", common.slope.description), ("s2", common.change.description)] }
      var constants: [(name: String, value: String)] = []
      for k in 1...depth {
        constants.append(("s1_\(k)", slopes[k].slope.description))
        if k >= layer { constants.append(("s2_\(k)", slopes[k].change.description)) }
      }
      constants.append(("S", size.description))
      for (k, value) in zip(layer...depth, changed) { constants.append(("S_\(k)", value.description)) }
      return constants
    }

    private func power(_ exponent: Int) -> String {
      exponent == 0 ? "" : exponent == 1 ? "s1" : "s1^\(exponent)"
    }
  }
}

extension String {
  fileprivate var trimmedStart: String { String(drop { $0 == " " }) }
}
