import ExactArithmetic

/// A connection as a model file states it: by node names.
public struct Connection: Sendable, Hashable {
  public let from: String
  public let to: String
  public let weight: LinearMap?
  public let delay: Int
  public let backwardDelay: Int
  /// The class of connections that share one weight, where there is one.
  public let shared: String?

  /// - Parameters:
  ///   - weight: n_to × n_from; `nil` in an architecture whose weights are not stated.
  ///   - delay: ticks from an activity of `from` to the activity of `to` that it reaches, at least 1.
  ///   - backwardDelay: ticks from an error at `to` to the error at `from`, at least 1.
  ///   - shared: names the class of connections whose weight is one and the same parameter.
  public init(
    from: String, to: String, weight: LinearMap? = nil, delay: Int = 1, backwardDelay: Int = 1, shared: String? = nil
  ) {
    self.from = from
    self.to = to
    self.weight = weight
    self.delay = delay
    self.backwardDelay = backwardDelay
    self.shared = shared
  }
}

/// A connection inside an `Architecture`: by node indices, with the name that results use.
public struct Edge: Sendable, Hashable {
  /// `from->to`, and `from->to#2`, `#3`, … for further edges between the same nodes.
  public let name: String
  public let source: Int
  public let target: Int
  public let weight: LinearMap?
  public let delay: Int
  public let backwardDelay: Int
  /// The class of edges that share one weight, where there is one.
  public let shared: String?
}
