import ExactArithmetic
import Networks

/// Why there is no bound.
public enum BoundError: Error, Sendable, CustomStringConvertible {
  /// The question cannot be asked of this network and schedule.
  case network(NetworkError)
  /// Every road to an upper bound of this edge needs numbers beyond floats; others may have bounds all the same.
  case beyondFloats(edge: String, variation: Variation)
  /// One pass over the network would hold more than the cap, and no rung does without one.
  case memory(edge: String, MemoryExcess)
  /// A fault of this program: nothing that it says of the edge can be believed.
  case contradiction(BoundContradiction)

  public var description: String {
    switch self {
    case .network(let error): "\(error)"
    case .beyondFloats(let edge, let variation):
      "the bound of \(edge) at V = \(variation.input) exceeds what floats hold (1.8e308); ask for a smaller variation"
    case .memory(let edge, let excess): "no bound of \(edge): \(excess)"
    case .contradiction(let contradiction): "\(contradiction)"
    }
  }
}

/// An upper bound below an error that is attained.
public struct BoundContradiction: Error, Sendable, Hashable, CustomStringConvertible {
  public let edge: String
  public let variation: Variation
  /// What the bound was proved by, in words.
  public let method: String
  public let upper: Rational
  public let attained: Rational

  public var description: String {
    let what = "the \(variation.kind == .window ? "variation" : "rate") \(variation.input), targets \(variation.target)"
    return "at \(edge) under \(what), the upper bound \(upper) (\(method)) is below the attained error \(attained)"
  }
}

/// The gate that every bound passes before anybody sees it: no upper bound is below an attained error.
///
/// Both sides are evaluated by roads of their own, so that a fault of either shows here.
public enum BoundGate {
  /// - Throws: where `upper` is below `attained`, an error of this edge under this variation or a smaller one.
  public static func check(
    _ upper: Rational, by method: String, against attained: Rational, edge: String, _ variation: Variation
  ) throws(BoundContradiction) {
    guard upper < attained else { return }
    throw BoundContradiction(edge: edge, variation: variation, method: method, upper: upper, attained: attained)
  }

  /// All that is said of one edge together: each upper bound, formula and law against each error that is attained under the
  /// same or a smaller variation.
  public static func check(
    _ bounds: [ErrorBound], formulas: [GlobalBound] = [], law: FirstOrderBound? = nil
  ) throws(BoundContradiction) {
    for (index, bound) in bounds.enumerated() {
      for smaller in bounds where bound.variation.contains(smaller.variation) {
        let attained = smaller.lower?.value ?? 0
        try check(bound.upper, by: bound.method, against: attained, edge: bound.name, bound.variation)
        if index < formulas.count, let upper = formulas[index].upper {
          try check(upper, by: "theorem 8", against: attained, edge: bound.name, bound.variation)
        }
        if let upper = law?.upper(bound.variation) {
          try check(upper, by: "law of first order", against: attained, edge: bound.name, bound.variation)
        }
      }
    }
  }
}

extension Variation {
  /// Whether every frame that `other` allows is allowed here too.
  func contains(_ other: Variation) -> Bool {
    kind == other.kind && other.input <= input && other.target <= target
  }
}
