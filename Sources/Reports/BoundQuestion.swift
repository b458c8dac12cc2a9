import ErrorBounds
import ExactArithmetic
import Networks
import Timing

/// What a bound is asked of: the variations, the frames they are round, whose gradient, in which norm, at what effort.
public struct BoundQuestion: Sendable {
  /// Where the nominal frames come from.
  public enum Origin: Sendable, Hashable {
    case zero
    /// Tick 0 of a stream file.
    case stream(String)
    /// Every input of a box, targets zero.
    case domain(Rational, Rational)
  }

  public let variations: [Variation]
  public let nominal: NominalFrame
  public let origin: Origin
  public let reference: ReferenceFrame
  public let norm: ErrorNorm
  public let effort: BoundEffort
  /// Bits of an enclosure.
  public let precision: Int
  /// How many nonlinear steps of a whole expression keep a noise symbol of their own.
  public let freshSymbols: Int?

  public init(
    variations: [Variation], nominal: NominalFrame, origin: Origin, reference: ReferenceFrame = .error,
    norm: ErrorNorm = .max, effort: BoundEffort = BoundEffort(), precision: Int = Interval.defaultPrecision,
    freshSymbols: Int? = nil
  ) {
    self.variations = variations
    self.nominal = nominal
    self.origin = origin
    self.reference = reference
    self.norm = norm
    self.effort = effort
    self.precision = precision
    self.freshSymbols = freshSymbols
  }

  /// One analysis for each variation; it is shared by all edges.
  public func analyses(
    _ network: Network, _ timing: TimingAnalysis, memory cap: MemoryCap = .standard
  ) -> [ErrorAnalysis] {
    let keeper = FormsKeeper(bytes: cap.bytes)
    return variations.map { variation in
      ErrorAnalysis(
        network, timing, variation, round: nominal, reference: reference, norm: norm, precision: precision,
        freshSymbols: freshSymbols, memory: cap, keeper: keeper)
    }
  }

  var members: [JSONMember] {
    [
      JSONMember(key: "at", value: originJSON), JSONMember(key: "reference", value: .string(reference.rawValue)),
      JSONMember(key: "norm", value: .string(norm.rawValue)),
    ]
  }

  private var originJSON: JSONValue {
    switch origin {
    case .zero: .string("zero")
    case .stream(let file): .string(file)
    case .domain(let lower, let upper):
      .object(["domain": .array([.string(lower.description), .string(upper.description)])])
    }
  }

  /// `max |g − ∇| against the frame of the error wave, round zero`.
  var sentence: String {
    let size = norm == .max ? "max |g − ∇|" : "‖g − ∇‖ (Frobenius)"
    let whose =
      switch reference {
      case .error: "the frame of the error wave"
      case .input: "the frame of the forward wave"
      case .now: "the frame of tick t"
      case .free: "the worst frame of the window"
      }
    return "\(size) against \(whose), \(originText)"
  }

  var originText: String {
    switch origin {
    case .zero: "round zero"
    case .stream(let file): "round tick 0 of \(file)"
    case .domain(let lower, let upper):
      "round every input in [\(NumberText.exact(lower)), \(NumberText.exact(upper))]"
    }
  }
}
