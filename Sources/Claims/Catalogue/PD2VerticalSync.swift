import Waves

extension PublishedClaim {
  static let verticalSync = PublishedClaim(
    id: "PD2", paper: pipelinePaper, source: "vertical sync",
    statement: "With vertical sync w^{t+1} = w^t − ν ∇f(w_1^{(t−n+1)}, w_2^{(t−n+1)}, …, w_n^{(t−n+1)}).",
    hypotheses: ["1F1B slots on a chain of n stages, one minibatch at a time", "weights learn"]
  ) { setting in
    try pipelineFormula(.vertical, setting) { minibatch, _, stages in minibatch - stages + 1 }
  }
}
