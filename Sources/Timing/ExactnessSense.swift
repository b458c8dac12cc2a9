/// What it may mean that the updates of an edge are a gradient.
public enum ExactnessSense: String, Sendable, Hashable, CaseIterable {
  /// There is one d such that each update, from the fill on, is the gradient of the static network at the frame d ticks ago.
  case delay
  /// Each update is the gradient of the static network at one frame, whichever (T-S2).
  case frame
  /// Each update is the gradient of the loss of one output time, whatever frames that output mixes (T-S1).
  case outputTime = "output-time"
  /// The sum of the updates over a signal that differs from rest for finitely many ticks is the sum of the gradients of all
  /// output times, as backpropagation through time has it (T-S0).
  case accumulated
}
