import Networks

/// Which edges delay registers shall make exact and causal, and what they may cost.
public struct RegisterRequest: Sendable {
  /// Edge indices, each once.
  public var edges: [Int]
  /// Classes of edges that share one weight: all members of a class that is touched are made exact with one delay.
  public var shared: [[Int]] = []
  public var caps: [RegisterCap] = []
  /// Whether registers that keep pre-activations for σ′ alone count; otherwise σ′ of the right frame is taken as given.
  public var countsSlopes = true
  /// Whether registers that hold targets until their frame's error is computed count.
  public var countsTargets = false
  /// By how many ticks inputs and slopes may miss the error's frame; 0 asks for exactness.
  public var tolerance = 0

  public init(edges: [Int]) {
    self.edges = edges
  }

  /// Every edge of an architecture, with its classes of shared weights.
  public init(allEdgesOf architecture: Architecture) {
    edges = Array(architecture.edges.indices)
    shared = architecture.sharedClasses.map(\.edges)
  }

  /// The edges, completed by the classes that they touch.
  var completed: [Int] {
    var all = Set(edges)
    for members in shared where members.contains(where: { all.contains($0) }) { all.formUnion(members) }
    return all.sorted()
  }
}

/// At most so many ticks of one kind of register, everywhere or at one edge or node.
public struct RegisterCap: Sendable, Hashable {
  public enum Resource: String, Sendable, Hashable, CaseIterable {
    /// p_e: memory of the input at an edge's product.
    case p
    /// d_e: memory of δ at an edge's product.
    case d
    /// Ticks that an edge delays the activity beyond its latency.
    case forward
    /// Ticks that an edge delays δ beyond its latency.
    case backward
    /// m_v: σ′ memory, in ticks before the present drive.
    case m
    /// n_o: memory of an output's activity at its residual.
    case n
    /// Length of a node's register chain for its activity.
    case activity
    /// Length of a node's register chain for δ.
    case error

    public var isOfEdges: Bool { [.p, .d, .forward, .backward].contains(self) }
  }

  public let resource: Resource
  /// Index of an edge or node; `nil` caps all of them.
  public let place: Int?
  /// Ticks, at least 0.
  public let limit: Int

  public init(_ resource: Resource, at place: Int? = nil, limit: Int) {
    self.resource = resource
    self.place = place
    self.limit = limit
  }
}
