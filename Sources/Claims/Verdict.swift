/// What was decided about one claim.
public enum Verdict: String, Sendable, Hashable, Codable {
  /// The update is the gradient of one frame, always.
  case exact
  /// It is not, and a witness shows it.
  case refuted
  /// It is not known to be exact, but its error is bounded.
  case bounded
  /// Neither a proof nor a witness was found within the budget.
  case undecided
}
