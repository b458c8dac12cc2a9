import ExactArithmetic

/// The best that is possible without spending a register.
public struct BestWithoutRegisters: Sendable, Hashable {
  /// The frame whose gradient an update is nearest to, by its error bound.
  public struct Frame: Sendable, Hashable {
    public let edge: Int
    /// t − frame, in ticks; `nil` where no frame has a finite bound.
    public let reference: Int?
    public let bound: Rational?

    public init(edge: Int, reference: Int?, bound: Rational?) {
      self.edge = edge
      self.reference = reference
      self.bound = bound
    }
  }

  /// Edges that are synchronous at once in an open loop, by how late the error is injected.
  public let cuts: [OpenCut]
  /// Per chosen edge, on a model with weights.
  public let frames: [Frame]

  public init(cuts: [OpenCut], frames: [Frame]) {
    self.cuts = cuts
    self.frames = frames
  }
}
