import Waves

extension PublishedClaim {
  static let withoutStash = PublishedClaim(
    id: "PD3", paper: pipelinePaper, source: "on running without weight stashing",
    statement: "Without stashing an update is the gradient at no combination of versions of the weights.",
    hypotheses: ["1F1B slots on a chain of n stages", "weights learn, passes read the present ones", "n ≥ 2"]
  ) { setting in
    var parts: [ClaimPart] = []
    for stages in 2...3 {
      let minibatch = stages
      let run = try PipelineRun(stages: stages, minibatches: minibatch + 1, .current, setting)
      let found = try (1...stages).map { try run.matches($0, minibatch) }
      let missing = found.firstIndex { $0.isEmpty }
      let mixed = found.enumerated().map { "stage \($0.offset + 1) at \($0.element.first ?? [])" }.joined(
        separator: ", ")
      parts.append(
        ClaimPart(
          "n = \(stages), minibatch \(minibatch)", missing == nil ? .refuted : .proved,
          missing.map {
            "the update of stage \($0 + 1) is the gradient at none of the \(minibatch + 1)^\(stages) combinations"
          }
            ?? "every stage's update is a gradient, at mixed versions: \(mixed)",
          witness: missing == nil
            ? ClaimWitness(
              text:
                "n = \(stages), σ = quadratic, w = 1/2, rate 1/8, minibatch \(minibatch): \(mixed), versions counted from 0"
            )
            : nil))
    }
    let failed = parts.first { $0.verdict != .proved }
    return ClaimOutcome(
      failed?.verdict ?? .proved,
      reasons: [
        .refuted:
          "exact runs in which the weights learn, against every combination of versions: false for two stages, whose "
          + "backward weight is no older than its forward one; true at n = 3"
      ], witness: failed?.witness, parts: parts)
  }
}
