import Timing

/// The verdict on one parameter, what decided it, and the witness of a refutation.
public struct Decision<Subject: Sendable>: Sendable {
  public let timing: Subject
  public let verdict: Verdict
  /// The theorem or computation that decided, in words.
  public let decidedBy: String
  /// Of an exact update: how many ticks ago the frame was; modulo the period, where one was given. `nil` where every delay
  /// holds, because update and gradient are constant.
  public let delay: Int?
  /// Of an exact update: which versions of the weights it is the gradient at.
  public let versions: WeightVersions.Agreement?
  /// Present exactly when the verdict is `refuted`.
  public let witness: Witness?
}

extension Decision {
  /// What is not decided, and why.
  public static func open(_ timing: Subject, because reason: String) -> Decision {
    Finding(verdict: .undecided, decidedBy: reason).about(timing)
  }
}

/// About the weight of one edge.
public typealias EdgeDecision = Decision<EdgeTiming>

/// About a weight that several edges share: its update is the sum of theirs.
public typealias SharedDecision = Decision<SharedTiming>

/// A decision before it is known whose it is.
struct Finding {
  let verdict: Verdict
  let decidedBy: String
  var delay: Int?
  var versions: WeightVersions.Agreement?
  var witness: Witness?

  func about<Subject>(_ timing: Subject) -> Decision<Subject> {
    Decision(
      timing: timing, verdict: verdict, decidedBy: decidedBy, delay: delay, versions: versions, witness: witness)
  }
}
