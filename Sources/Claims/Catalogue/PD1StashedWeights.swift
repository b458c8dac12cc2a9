import Waves

extension PublishedClaim {
  static let pipelinePaper = "Harlap, Narayanan et al., PipeDream (arXiv 1806.03377)"

  static let stashedWeights = PublishedClaim(
    id: "PD1", paper: pipelinePaper, source: "weight stashing",
    statement: "With weight stashing w^{t+1} = w^t − ν ∇f(w_1^{(t−n+1)}, w_2^{(t−n+2)}, …, w_n^{(t)}).",
    hypotheses: ["1F1B slots on a chain of n stages, one minibatch at a time", "weights learn"]
  ) { setting in
    try pipelineFormula(.stashed, setting) { minibatch, stage, stages in minibatch - stages + stage }
  }

  /// A formula of versions against runs for n = 1, 2, 3.
  static func pipelineFormula(
    _ policy: WeightReads.Policy, _ setting: ClaimSetting,
    _ versions: @escaping (_ minibatch: Int, _ stage: Int, _ stages: Int) -> Int
  ) throws -> ClaimOutcome {
    var parts: [ClaimPart] = []
    for stages in 1...3 {
      let minibatches = stages + 1
      let run = try PipelineRun(stages: stages, minibatches: minibatches, policy, setting)
      let wrong = try run.firstDifference { versions($0, $1, stages) }
      // The other formulas must not fit as well, or the run would tell nothing.
      let others = try [0, 1].allSatisfy { shift in
        try run.firstDifference { minibatch, stage in
          versions(minibatch, stage, stages) + (stage == 1 ? shift * 2 - 1 : 0)
        } != nil
      }
      parts.append(
        ClaimPart(
          "n = \(stages)", wrong == nil ? (others ? .proved : .undecided) : .refuted,
          wrong ?? "\(minibatches) minibatches, every stage; with one version more or less at stage 1 it fails",
          witness: wrong.map { ClaimWitness(text: $0) }))
    }
    let failed = parts.first { $0.verdict != .proved }
    return ClaimOutcome(
      failed?.verdict ?? .proved,
      reasons: [
        .proved:
          "exact runs in which the weights learn, σ = a² + a, n = 1, 2, 3; each update compared with the static gradient "
          + "at the versions of the formula"
      ], witness: failed?.witness, parts: parts)
  }
}
