import ErrorBounds
import Networks
import Synchronization
import Timing

/// One question about one case; its analysis is made when the first row asks and shared by all that ask.
final class SweepQuestion: Sendable {
  let entry: SweepPlan.Case
  let question: BoundQuestion
  private let made = Mutex<ErrorAnalysis?>(nil)

  init(_ entry: SweepPlan.Case, _ question: BoundQuestion) {
    self.entry = entry
    self.question = question
  }

  func analysis() throws(NetworkError) -> ErrorAnalysis {
    let timing = try entry.timing.get()
    if let known = made.withLock({ $0 }) { return known }
    guard let analysis = question.analyses(entry.network, timing).first else {
      throw NetworkError("a row needs a variation")
    }
    made.withLock { $0 = analysis }
    return analysis
  }

  /// Lets go of the forms that rows shared.
  func release() { made.withLock { $0 = nil } }
}
