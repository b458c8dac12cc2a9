import ExactArithmetic
import Networks
internal import Synchronization
import Waves

/// The static network over a box of frames in plain intervals: what holds whichever frames of the box a signal mixes.
struct PlainRanges: Sendable {
  let drives: [Vector<Interval>]
  let activities: [Vector<Interval>]

  /// `nil` where composed powers may make numbers too long to be held.
  init?(_ network: Network, round nominal: NominalFrame, radius: Rational, precision: Int) {
    var degrees = [Int](repeating: 1, count: network.architecture.nodes.count)
    for node in network.order where !network.architecture.nodes[node].isInput {
      let arriving = network.architecture.incoming[node].map { degrees[network.architecture.edges[$0].source] }
      degrees[node] = network.architecture.nodes[node].activation.degree * (arriving.max() ?? 1)
      guard degrees[node] <= 4_096 else { return nil }
    }
    let context = IntervalContext(precision: max(precision, Interval.defaultPrecision))
    let inputs = nominal.inputs.map { vector in
      Vector(
        vector.elements.map { Interval(lower: $0 - radius, upper: $0 + radius, precision: context.precision) })
    }
    (drives, activities) = StaticPass<Interval>.forward(network, inputs: inputs, in: context)
  }
}

/// Plain ranges by the radius of their box, each made once and shared by all edges.
final class PlainRangesCache: Sendable {
  private let made = Mutex<[Rational: PlainRanges?]>([:])

  func ranges(_ radius: Rational, _ make: () -> PlainRanges?) -> PlainRanges? {
    if let known = made.withLock({ $0[radius] }) { return known }
    let ranges = make()
    made.withLock { $0[radius] = .some(ranges) }
    return ranges
  }
}

extension Activation {
  /// How many times longer σ makes a number, at most.
  fileprivate var degree: Int {
    switch self {
    case .square, .quadratic, .hardSwish: 2
    case .cubic: 3
    case .polynomial(let coefficients): max(coefficients.count - 1, 1)
    default: 1
    }
  }
}
