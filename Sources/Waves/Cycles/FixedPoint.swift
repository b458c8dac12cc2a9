import ExactArithmetic
import Networks

/// x* and δ* of a contracting network, enclosed: iterated on rounded points, then proved by their residual.
///
/// By the contraction |x̃ − x*| ≤ z · r/(1 − ρ), r the norm of the residual of x̃, and likewise for δ. The iteration, and
/// Newton's after it, decide nothing: however they end, the enclosure holds.
struct FixedPoint {
  let drives: [Vector<Interval>]
  let activities: [Vector<Interval>]
  /// Wᵀ δ* + (x* − y) at outputs, before σ′.
  let residuals: [Vector<Interval>]
  let deltas: [Vector<Interval>]
  private let contraction: Contraction

  init(_ contraction: Contraction, in context: IntervalContext) {
    self.contraction = contraction
    let network = contraction.network
    let maps = Maps(network: network, context: context)
    let architecture = network.architecture
    let start = architecture.nodes.enumerated().map { node, entry in
      entry.isInput
        ? Vector(network.input[node].elements.map { Interval.exact($0, in: context) })
        : Vector<Interval>.zeros(entry.width, in: context)
    }
    let steps = Self.steps(contraction.rate, context.precision)
    let activities = Self.enclosed(
      start, contraction.forwardNorm, contraction.forwardStates, contraction, steps, context,
      step: { NewtonStep(network, at: maps.drives($0), transposed: false) }, map: { maps.activities($0) })
    let drives = maps.drives(activities)
    let deltas = Self.enclosed(
      architecture.nodes.map { Vector<Interval>.zeros($0.width, in: context) }, contraction.backwardNorm,
      contraction.backwardStates, contraction, steps, context,
      step: { _ in NewtonStep(network, at: drives, transposed: true) }, map: { maps.deltas($0, activities, drives) })
    residuals = maps.residuals(deltas, activities)
    self.activities = activities
    self.drives = drives
    self.deltas = deltas
  }

  /// (|W| z)_i: how far an error of the activities moves the drive of each unit of a node.
  func reach(of node: Int) -> [Rational] {
    let architecture = contraction.network.architecture
    var sums = [Rational](repeating: 0, count: architecture.nodes[node].width)
    for index in architecture.incoming[node] {
      let edge = architecture.edges[index]
      guard !architecture.nodes[edge.source].isInput else { continue }
      contraction.network.network.weights[index].forEachNonzero { row, column, value in
        sums[row] = sums[row] + value.magnitude * contraction.forward[edge.source][edge.delay - 1][column]
      }
    }
    return sums
  }

  /// Enough steps to use up the precision, as far as patience goes.
  private static func steps(_ rate: Rational, _ precision: Int) -> Int {
    var (power, steps) = (rate, 1)
    while power.numerator.bitWidth + precision + 8 > power.denominator.bitWidth, steps < 4096 {
      power = power * power
      steps *= 2
    }
    return steps
  }

  private static func enclosed(
    _ start: [Vector<Interval>], _ norm: StateNorm, _ states: StateLayout, _ contraction: Contraction, _ steps: Int,
    _ context: IntervalContext, step: ([Vector<Interval>]) -> NewtonStep?,
    map: ([Vector<Interval>]) -> [Vector<Interval>]
  ) -> [Vector<Interval>] {
    let nodes = contraction.network.architecture.nodes
    func rounded(_ vectors: [Vector<Interval>]) -> [Vector<Interval>] {
      vectors.map { vector in
        Vector(vector.elements.map { Interval($0.lower, precision: context.precision) })
      }
    }
    func rest(_ point: [Vector<Interval>], _ next: [Vector<Interval>]) -> [[Rational]] {
      zip(point, next).map { old, new in zip(old.elements, new.elements).map { $1.lower - $0.lower } }
    }
    var point = start
    var isAtRest = false
    for _ in 0..<steps where !isAtRest {
      let next = rounded(map(point))
      isAtRest = rest(point, next).allSatisfy { $0.allSatisfy(\.isZero) }
      point = next
    }
    // Where a tick hardly shrinks, a few steps of Newton's go where thousands of ticks do not.
    if !isAtRest, let newton = step(point) {
      var left = rest(point, rounded(map(point)))
      for _ in 0..<40 {
        guard let moves = newton.moves(left) else { break }
        let next = rounded(
          zip(point, moves).map { vector, moves in
            Vector(
              zip(vector.elements, moves).map { Interval($0.lower + $1, precision: context.precision) })
          })
        let remaining = rest(next, rounded(map(next)))
        guard norm.size(of: remaining, states) < norm.size(of: left, states) else { break }
        (point, left) = (next, remaining)
      }
    }
    let image = map(point)
    let residual = norm.size(
      states.states { node, age, unit in
        // What only waits is where it was.
        age == 0 ? (image[node][unit] - point[node][unit]).magnitudeBound : 0
      })
    let radius = residual / (1 - contraction.rate)
    return nodes.enumerated().map { node, entry in
      guard !entry.isInput else { return point[node] }
      return Vector(
        point[node].elements.enumerated().map { unit, value in
          let wide = norm.weights[states.place(node, 0, unit)] * radius
          return Interval(lower: value.lower - wide, upper: value.upper + wide, precision: context.precision)
        })
    }
  }

  /// One application of each map, on enclosures.
  private struct Maps {
    let network: RecurrentNetwork
    let context: IntervalContext

    func drives(_ activities: [Vector<Interval>]) -> [Vector<Interval>] {
      network.architecture.nodes.indices.map { node in
        network.architecture.nodes[node].isInput
          ? activities[node]
          : network.network.drive(of: node, in: context) { activities[network.architecture.edges[$0].source] }
      }
    }

    func activities(_ activities: [Vector<Interval>]) -> [Vector<Interval>] {
      zip(network.architecture.nodes, drives(activities)).map { Interval.apply($0.activation, to: $1, in: context) }
    }

    func residuals(_ deltas: [Vector<Interval>], _ activities: [Vector<Interval>]) -> [Vector<Interval>] {
      let architecture = network.architecture
      return architecture.nodes.indices.map { node in
        var sum = Vector<Interval>.zeros(architecture.nodes[node].width, in: context)
        for edge in architecture.outgoing[node] {
          sum =
            sum
            + network.network.weights[edge].applyTransposed(to: deltas[architecture.edges[edge].target], in: context)
        }
        if let position = architecture.outputs.firstIndex(of: node) {
          let target = Vector(network.target[position].elements.map { Interval.exact($0, in: context) })
          sum = sum + (activities[node] - target)
        }
        return sum
      }
    }

    func deltas(
      _ deltas: [Vector<Interval>], _ activities: [Vector<Interval>], _ drives: [Vector<Interval>]
    ) -> [Vector<Interval>] {
      let sums = residuals(deltas, activities)
      return network.architecture.nodes.indices.map { node in
        Interval.pass(
          sums[node], through: network.architecture.nodes[node].activation, at: drives[node], in: context)
      }
    }
  }
}

extension StateNorm {
  /// The size of what is left at each unit, for age 0.
  fileprivate func size(of values: [[Rational]], _ states: StateLayout) -> Rational {
    size(states.states { node, age, unit in age == 0 ? values[node][unit].magnitude : 0 })
  }
}
