import Networks
import Timing
import Waves

/// The frames of the two factors of an update, where each is a function of one frame only.
///
/// Then x_u is the static activity of frame `input`, and δ_v the static delta of frame `error` (multi-frame lemma).
struct FactorFrames: Sendable, Hashable {
  let input: Int
  let error: Int

  /// `nil` where a factor mixes frames; slopes of affine activations are constants and do not count.
  ///
  /// - Parameter targetsMove: then the target must be that of the error's own frame.
  init?(_ edge: EdgeTiming, targetsMove: Bool) {
    guard let input = edge.inputLags.single, let error = edge.errorLags.single else { return nil }
    guard edge.countedSlopeLags.isEmpty || edge.countedSlopeLags.single == error else { return nil }
    guard !targetsMove || edge.targetLags.single == error else { return nil }
    self.input = input
    self.error = error
  }
}
