import ExactArithmetic
import Networks

/// The fixed point of a contracting network and its gradient, enclosed; and how fast the diffusion reaches it.
///
/// δ* x*ᵀ is the derivative of ½ Σ ‖x*_o − y‖² with respect to each weight (recurrent backpropagation of Almeida and Pineda).
/// With ρ, z, y and the norms of the contraction and e₀, P₀, K computed from enclosures, rounded outward:
/// ```
/// |x_i(t) − x*_i| ≤ z_i ρᵗ e₀        |δ_i(t) − δ*_i| ≤ y_i (ρᵗ P₀ + t ρᵗ⁻¹ K e₀)
/// ```
/// for the diffusion from rest, so that every update tends to the gradient as t ρᵗ. Source: docs/theory.md, cyclic graphs.
public struct RecurrentGradient: Sendable {
  public let contraction: Contraction
  /// x* per node; inputs as given.
  public let activities: [Vector<Interval>]
  /// δ* per node; empty for inputs.
  public let deltas: [Vector<Interval>]
  /// e₀: the weighted distance of the start from x*.
  public let activityDistance: Rational
  /// P₀: the weighted distance of the errors at tick 0 from δ*.
  public let errorDistance: Rational
  /// K: how much an error of the activities feeds into the errors, weighted.
  public let coupling: Rational
  let context: IntervalContext

  /// - Throws: `NetworkError` where the fixed point lies at a kink of σ, so that its gradient is not defined.
  public init(_ contraction: Contraction, in context: IntervalContext = IntervalContext()) throws(NetworkError) {
    self.contraction = contraction
    self.context = context
    let point = FixedPoint(contraction, in: context)
    activities = point.activities
    deltas = point.deltas
    let network = contraction.network
    let architecture = network.architecture
    let rest: MachineStart<Interval> = RecurrentNetwork.rest(architecture, in: context)
    let machine: TickMachine<Interval> = network.machine(ticks: 1, in: context)
    activityDistance = contraction.forwardNorm.size(
      contraction.forwardStates.states { node, _, unit in
        (rest.activities[node][unit] - point.activities[node][unit]).magnitudeBound
      })
    errorDistance = contraction.backwardNorm.size(
      try contraction.backwardStates.states { (node, age, unit) throws(NetworkError) in
        // Before tick 0 every error is 0.
        let start = age == 0 ? try machine.delta(node, at: 0)[unit] : .zero
        return (start - point.deltas[node][unit]).magnitudeBound
      })
    let reach = architecture.nodes.indices.map { point.reach(of: $0) }
    coupling = contraction.backwardNorm.size(
      try contraction.backwardStates.states { (node, age, unit) throws(NetworkError) in
        guard age == 0 else { return 0 }
        let variation = try Self.variation(architecture.nodes[node], unit, point.drives[node][unit])
        let output =
          architecture.isOutput(node)
          ? contraction.slopeBounds[node] * contraction.forward[node][0][unit] * contraction.rate : 0
        return output + variation * point.residuals[node][unit].magnitudeBound * reach[node][unit]
      })
  }

  /// c with |σ′(b) − σ′(a*)| ≤ c |b − a*| for every b.
  private static func variation(_ node: Node, _ unit: Int, _ drive: Interval) throws(NetworkError) -> Rational {
    if let variation = node.activation.slopeVariation { return variation }
    guard let (jump, distance) = node.activation.kinkDistance(of: drive), distance.sign > 0 else {
      throw NetworkError(
        "node \"\(node.name)\", unit \(unit): the fixed point lies at a kink of \(node.activation), where the gradient is "
          + "not defined; move the input or the bias")
    }
    return jump / distance
  }

  /// ρᵗ e₀.
  func activityBound(at tick: Int) -> Rational { contraction.rate.power(tick) * activityDistance }

  /// ρᵗ P₀ + t ρᵗ⁻¹ K e₀.
  func errorBound(at tick: Int) -> Rational {
    guard tick > 0 else { return errorDistance }
    let rate = contraction.rate
    return rate.power(tick) * errorDistance
      + Rational(tick) * rate.power(tick - 1) * coupling * activityDistance
  }

  /// A proved bound of |g_e(t) − δ* x*ᵀ|, the greatest over the entries.
  public func bound(of edge: Int, at tick: Int) -> Rational {
    let ends = contraction.network.architecture.edges[edge]
    let isInput = contraction.network.architecture.nodes[ends.source].isInput
    let (forward, backward) = (isInput ? 0 : activityBound(at: tick), errorBound(at: tick))
    let inputs = activities[ends.source].elements.enumerated().map { unit, value in
      (value.magnitudeBound, contraction.forward[ends.source][0][unit] * forward)
    }
    return deltas[ends.target].elements.enumerated().map { unit, delta in
      let error = contraction.backward[ends.target][0][unit] * backward
      return inputs.map { error * ($0 + $1) + delta.magnitudeBound * $1 }.max() ?? 0
    }.max() ?? 0
  }

  /// δ* x*ᵀ, n_v × n_u.
  public func gradient(of edge: Int) -> Matrix<Interval> {
    let ends = contraction.network.architecture.edges[edge]
    return deltas[ends.target].outer(activities[ends.source])
  }

  /// What a run attains: an enclosure of max |g_e(t) − δ* x*ᵀ|.
  public func distance(of edge: Int, at tick: Int, in machine: TickMachine<Interval>) throws(NetworkError) -> Interval {
    let difference = try machine.update(edge, at: tick) - gradient(of: edge)
    return difference.elements.map(\.magnitudes).reduce(Interval.zero) { Interval.maximum($0, $1) }
  }
}

extension Interval {
  /// An upper bound of |x|.
  var magnitudeBound: Rational { max(lower.magnitude, upper.magnitude) }

  /// All |x|.
  var magnitudes: Interval {
    let low: Rational = contains(0) ? 0 : min(lower.magnitude, upper.magnitude)
    return Interval(lower: low, upper: magnitudeBound, precision: precision)
  }
}
