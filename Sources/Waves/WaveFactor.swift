import ExactArithmetic
import Networks

/// One step of a wave, as a map between activities or errors of nodes.
public enum WaveFactor: Sendable, Hashable {
  /// W_e: from the source's width to the target's.
  case weight(Int)
  /// W_eᵀ: from the target's width to the source's.
  case weightTransposed(Int)
  /// σ′(a_v) ⊙ ·, the slope read at a lag in ticks.
  case slope(node: Int, lag: Int)
  /// σ_v(· + bias): not linear, so it has no adjoint.
  case activation(Int)
}

extension WaveFactor {
  /// The adjoint, or `nil` for σ.
  var adjoint: WaveFactor? {
    switch self {
    case .weight(let edge): .weightTransposed(edge)
    case .weightTransposed(let edge): .weight(edge)
    case .slope: self
    case .activation: nil
    }
  }

  /// The width of what goes in and of what comes out.
  func shape(in architecture: Architecture) -> (from: Int, to: Int) {
    switch self {
    case .weight(let edge):
      (
        architecture.nodes[architecture.edges[edge].source].width,
        architecture.nodes[architecture.edges[edge].target].width
      )
    case .weightTransposed(let edge):
      (
        architecture.nodes[architecture.edges[edge].target].width,
        architecture.nodes[architecture.edges[edge].source].width
      )
    case .slope(let node, _), .activation(let node):
      (architecture.nodes[node].width, architecture.nodes[node].width)
    }
  }

  /// As the paper writes it: `W(u->h)`, `σ′(h)@t−2`, `σ(h)`.
  func printed(in architecture: Architecture) -> String {
    switch self {
    case .weight(let edge): "W(\(architecture.edges[edge].name))"
    case .weightTransposed(let edge): "W(\(architecture.edges[edge].name))ᵀ"
    case .slope(let node, let lag): "σ′(\(architecture.nodes[node].name))\(LagText.at(lag))"
    case .activation(let node): "σ(\(architecture.nodes[node].name))"
    }
  }
}

/// How a lag is written behind a factor.
enum LagText {
  static func at(_ lag: Int) -> String {
    lag == 0 ? "@t" : lag > 0 ? "@t−\(lag)" : "@t+\(-lag)"
  }
}
