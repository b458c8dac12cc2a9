import Networks

/// Why one signal is so many ticks later than another: the physical meaning of a difference constraint.
///
/// An index is that of an edge or a node, as the name says.
enum RegisterReason: Sendable, Hashable {
  case forward(Int)
  case forwardTap(Int)
  case backward(Int)
  case backwardTap(Int)
  case chain(Int)
  case exogenous(Int)
  case residual(Int)
  case residualTap(Int)
  case slopeExists(Int)
  case slopeTap(Int)
  case inputTap(Int)
  case errorTap(Int)
  case product(Int)
  case meeting(Int)
  case cap(RegisterCap.Resource, Int, Int)

  /// One clause in plain words.
  func text(in architecture: Architecture) -> String {
    func edge(_ index: Int) -> String { architecture.edges[index].name }
    func node(_ index: Int) -> String { architecture.nodes[index].name }
    func source(_ edge: Int) -> String { node(architecture.edges[edge].source) }
    func target(_ edge: Int) -> String { node(architecture.edges[edge].target) }
    switch self {
    case .forward(let index): return "the activity passes \(edge(index))"
    case .forwardTap(let index): return "the chain of x(\(source(index))) feeds \(edge(index))"
    case .backward(let index): return "the error passes back along \(edge(index))"
    case .backwardTap(let index): return "the chain of δ(\(target(index))) feeds \(edge(index))"
    case .chain: return "a register chain starts at its signal"
    case .exogenous(let index): return "the error of \(node(index)) is given from outside"
    case .residual(let index): return "the residual of \(node(index)) needs x(\(node(index)))"
    case .residualTap(let index): return "the residual of \(node(index)) taps the chain of x(\(node(index)))"
    case .slopeExists(let index): return "σ′ of \(node(index)) must exist when the wave passes"
    case .slopeTap(let index): return "σ′ of \(node(index)) is read from the chain of x(\(node(index)))"
    case .inputTap(let index): return "the product at \(edge(index)) reads x(\(source(index)))"
    case .errorTap(let index): return "the product at \(edge(index)) reads δ(\(target(index)))"
    case .product(let index): return "the shared weight's product at \(edge(index)) is one delay"
    case .meeting(let index): return "both waves meet at \(edge(index)) with no register"
    case .cap(let resource, let index, let limit):
      let place = resource.isOfEdges ? edge(index) : node(index)
      return "cap: \(resource.rawValue) ≤ \(limit) at \(place)"
    }
  }
}
