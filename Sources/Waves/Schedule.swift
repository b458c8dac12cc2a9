import Networks

/// Which signal is where at which tick: the eight integer maps of the calculus, and where the error and σ′ come from.
///
/// With e = (u → v), o an output, and a lag being t − frame:
/// ```
/// a_v(t)   = Σ_e W_e x_u(t − f_e) + bias        x_v(t) = σ(a_v(t − s_v))
/// ε_o(t)   = σ′(a_o(t − residual m_o)) ⊙ (x_o(t − n_o) − y_o(t − q_o))      closed
///          = the static output delta of frame t − q_o                       open
/// δ_v(t)   = σ′(a_v(t − m_v)) ⊙ Σ_e W_eᵀ δ_w(t − b_e) + [v an output] ε_v(t)
/// g_e(t)   = δ_v(t − d_e) x_u(t − p_e)ᵀ
/// ```
/// All numbers are ticks. A negative one reads the future: it can be analysed, and is reported as not causal.
public struct Schedule: Sendable, Hashable {
  /// Where σ′ is read as a wave passes a node.
  public enum SlopeSource: Sendable, Hashable {
    /// m_v ticks ago, per node.
    case memory([Int])
    /// From the static network at the wave's own frame.
    case frameConsistent
  }

  public enum ErrorSource: String, Sendable, Hashable, CaseIterable {
    case open
    case closed
  }

  public var name: String
  /// f_e, per edge.
  public var forwardLatency: [Int]
  /// b_e, per edge.
  public var backwardLatency: [Int]
  /// p_e, per edge: the memory of x_u at the product.
  public var inputMemory: [Int]
  /// d_e, per edge: the memory of δ_v at the product.
  public var errorMemory: [Int]
  /// s_v, per node; 0 at inputs.
  public var activationDelay: [Int]
  /// m_v, or the frame-consistent rule.
  public var slopeSource: SlopeSource
  public var errorSource: ErrorSource
  /// n_o, per node, read at outputs with a closed error.
  public var outputMemory: [Int]
  /// q_o, per node, read at outputs.
  public var targetLag: [Int]
  /// The σ′ memory of an output's own residual, per node; n_o + s_o where it belongs to that very activity.
  public var residualSlopeMemory: [Int]
  /// Under the frame-consistent rule: t − (frame of the wave injected at t), per node, read at outputs.
  public var waveFrameLag: [Int]
  /// The reading of the paper that this schedule is, when it is one.
  public var reading: Reading?
  /// Ticks from one frame to the next: 2 where forward and backward passes take turns.
  public var framePeriod = 1
  /// Which versions of the weights are read, should they change while waves are in flight.
  public var weightReads = WeightReads.frozen

  /// The greatest number of ticks that one step of the recursion looks back.
  public var reach: Int {
    var memories = [
      forwardLatency.max(), backwardLatency.max(), inputMemory.max(), errorMemory.max(), activationDelay.max(),
      outputMemory.max(), targetLag.max(), residualSlopeMemory.max(), waveFrameLag.max(),
    ]
    if case .memory(let slope) = slopeSource { memories.append(slope.max()) }
    return memories.compactMap { $0 }.reduce(0, max)
  }

  /// Nothing is read from the future. The output of the present drive may be read before it leaves: n + s ≥ 0.
  func looksBack(on architecture: Architecture) -> Bool {
    var integers = [forwardLatency, backwardLatency, inputMemory, errorMemory, activationDelay]
    if case .memory(let slope) = slopeSource { integers.append(slope) }
    guard integers.allSatisfy({ $0.allSatisfy { $0 >= 0 } }) else { return false }
    return architecture.outputs.allSatisfy { output in
      [
        outputMemory[output] + activationDelay[output], targetLag[output], residualSlopeMemory[output],
        waveFrameLag[output],
      ].allSatisfy { $0 >= 0 }
    }
  }
}
