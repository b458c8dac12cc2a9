import ExactArithmetic

/// V_o and V^y_o: how far, in the sup norm, the frame of lag o can be from the reference frame.
///
/// A window lets every frame lie within V of the nominal one, so two of them are at most 2V apart. A rate joins them step by
/// step: |o − r| v.
struct FrameDistances: Sendable {
  let variation: Variation
  /// r, in ticks.
  let reference: Int

  func input(_ lag: Int) -> Magnitude { distance(lag, variation.input) }
  func target(_ lag: Int) -> Magnitude { distance(lag, variation.target) }

  private func distance(_ lag: Int, _ unit: Rational) -> Magnitude {
    switch variation.kind {
    case .window: Magnitude(lag == reference ? 0 : unit * 2)
    case .rate: Magnitude(unit * Rational(abs(lag - reference)))
    }
  }
}
