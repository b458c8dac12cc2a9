import ExactArithmetic
import Networks
import Waves

/// What became of a published claim.
public enum ClaimVerdict: String, Sendable, Hashable, CaseIterable {
  /// Follows from the theorems on lags for all weights, widths, inputs and σ of its hypotheses, at every depth computed.
  case proved
  /// A witness shows an instance that meets the hypotheses and not the statement.
  case refuted
  /// Not exact, but the error is bounded.
  case bounded
  /// Neither proved nor refuted here; what is missing is said.
  case undecided
}

/// The verdict on a claim, what decided it, and what can be shown.
public struct ClaimOutcome: Sendable {
  public let verdict: ClaimVerdict
  /// Theorem, computation and its extent (which depths, all weights or instances), in words.
  public let decidedBy: String
  /// The smallest exact instance that refutes; for a claim that holds, there is none.
  public let witness: ClaimWitness?
  /// One row per reading, for claims that hold under one and fail under another.
  public let parts: [ClaimPart]

  /// - Parameter reasons: what decides, for the verdicts that the theory leads to; any other outcome says that it rests
  ///   on the computation alone.
  init(_ verdict: ClaimVerdict, reasons: [ClaimVerdict: String], witness: ClaimWitness?, parts: [ClaimPart]) {
    self.verdict = verdict
    self.witness = verdict == .proved ? nil : witness
    self.parts = parts
    decidedBy =
      reasons[verdict]
      ?? (verdict == .undecided
        ? "neither a proof nor a witness was found: see the parts"
        : "the computation alone, against what the theory leads to expect: see the parts")
  }
}

/// What becomes of a claim under one reading, or of one half of it.
public struct ClaimPart: Sendable {
  /// The reading, or the part of the statement.
  public let reading: String
  public let verdict: ClaimVerdict
  public let finding: String
  public let witness: ClaimWitness?

  init(_ reading: String, _ verdict: ClaimVerdict, _ finding: String, witness: ClaimWitness? = nil) {
    self.reading = reading
    self.verdict = verdict
    self.finding = finding
    self.witness = witness
  }
}

/// An instance against a claim, in words, and as values that were computed exactly.
public struct ClaimWitness: Sendable {
  public let text: String
  /// Absent where the instance is no run of a network (units, a count of ticks).
  public let run: Run?

  /// A run of a network in which an update can be compared with gradients.
  public struct Run: Sendable {
    public let model: Architecture
    public let reading: Reading?
    public let stream: FrameStream
    public let edge: String
    public let tick: Int
    /// n_v × n_u.
    public let update: Matrix<Rational>
    /// The static gradient of every frame of the stream, in order.
    public let gradients: [Matrix<Rational>]
    /// The frame whose gradient was claimed, where one was.
    public let claimedFrame: Int?

    /// The update is the gradient of no frame of the stream: the strong sense of a refutation.
    public var differsFromEveryFrame: Bool { !gradients.contains(update) }

    /// The update is not the gradient of the frame that was claimed: the weak sense.
    public var differsFromClaimedFrame: Bool { claimedFrame.map { gradients[$0] != update } ?? differsFromEveryFrame }
  }
}
