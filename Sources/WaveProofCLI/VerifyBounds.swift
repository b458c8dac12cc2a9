import ArgumentParser
import WaveProof

/// The error bounds that stand beside the verdicts of `verify`.
struct VerifyBounds {
  struct Result {
    var question: BoundQuestion?
    var byEdge: [Int: ErrorBound] = [:]
    var notes: [String] = []
  }

  /// Networks up to this size are bounded unasked.
  static let weights = 2_000
  static let edges = 64
  static let variation = Rational(1, over: 100)

  private let options: VariationOptions
  private let common: CommonOptions

  init(_ options: VariationOptions, _ common: CommonOptions) {
    self.options = options
    self.common = common
  }

  /// - Parameter edges: the edges that are decided.
  func callAsFunction(
    _ timing: TimingAnalysis, _ edges: [Int], _ network: Network?, _ progress: Progress
  ) throws -> Result {
    let asked = try options.variations()
    guard let network else {
      guard asked.isEmpty else {
        throw NetworkError("the model has no weights: an error bound needs them; leave --variation out")
      }
      return Result()
    }
    let architecture = timing.architecture
    guard !asked.isEmpty || Self.isSmall(architecture) else { return Result() }
    let variations = asked.isEmpty ? [try Variation(.window, input: Self.variation)] : asked
    let question = try options.question(architecture, variations: variations, precision: common.precision)
    var result = Result(question: question)
    if timing.schedule.weightReads.policy != .frozen {
      result.notes.append("bounds are of weights that stand still")
    }
    let effort = question.effort
    for analysis in question.analyses(network, timing) {
      let edges = edges.filter { !asked.isEmpty || Self.isCheap(timing.edges[$0]) }
      let bounds = Collected<(edge: Int, bound: Swift.Result<ErrorBound, BoundError>)>()
      try ParallelMap(threads: analysis.threads(common.threads)).forEach(edges) { edge in
        (edge, Swift.Result { () throws(BoundError) in try analysis.bound(edge, effort: effort) })
      } deliver: { bound in
        bounds.append(bound)
        progress.show("\(bounds.count) of \(edges.count) edges bounded")
      }
      for (edge, bound) in bounds.all {
        switch bound {
        case .success(let bound): result.byEdge[edge] = bound
        case .failure(.contradiction(let fault)): throw fault
        case .failure(let error): result.notes.append("no bound at \(timing.edges[edge].name): \(error)")
        }
      }
    }
    return result
  }

  /// Both factors of the update are functions of one frame each: static passes suffice, which is quick.
  private static func isCheap(_ edge: EdgeTiming) -> Bool {
    guard !edge.isSynchronous, !edge.reachesNoOutput else { return true }
    guard edge.inputLags.single != nil, let error = edge.errorLags.single else { return false }
    return edge.countedSlopeLags.isEmpty || edge.countedSlopeLags.single == error
  }

  private static func isSmall(_ architecture: Architecture) -> Bool {
    let entries = architecture.edges.reduce(0) {
      $0 + architecture.nodes[$1.source].width * architecture.nodes[$1.target].width
    }
    return entries <= weights && architecture.edges.count <= edges
  }
}
