import ExactArithmetic
import Networks
import Waves

/// In which interval every drive and activity of the network lies over a box of frames.
///
/// Plain intervals hold whichever frames of the box a signal mixes, and their ends are often exact. Where a signal is a
/// function of one frame, forms over the box hold too, which remember that its parts move together: then both.
final class FrameRanges {
  private let problem: BoundProblem
  private let ladder: AffineLadder
  /// The radius of the box in steps of the variation.
  private let ticks: Int
  private lazy var forms = ladder.forms(ticks: ticks, problem).pass
  private lazy var intervals = plain()

  init(_ problem: BoundProblem, _ ladder: AffineLadder, ticks: Int) {
    self.problem = problem
    self.ladder = ladder
    self.ticks = ticks
  }

  /// Of all entries of x_v, each; `nil` where nothing is known.
  func activities(_ node: Int) -> [Interval]? {
    Self.both(forms.activities[node].storage, intervals?.activities[node])
  }

  /// Of any entry of a_v.
  ///
  /// - Parameter isOneFrame: whether all of a_v is a function of one frame.
  func drive(_ node: Int, isOneFrame: Bool) -> Interval? {
    let ranges =
      isOneFrame
      ? Self.both(forms.drives[node].storage, intervals?.drives[node]) : intervals?.drives[node].elements
    return ranges.flatMap { ranges in ranges.dropFirst().reduce(ranges.first) { $0?.hull($1) } }
  }

  private static func both(_ run: AffineRun, _ plain: Vector<Interval>?) -> [Interval]? {
    guard !run.isUnbounded else { return plain?.elements }
    let forms = (0..<run.count).map { run.range($0) }
    guard let plain else { return forms }
    return zip(forms, plain.elements).map { form, range in
      Interval(
        lower: max(form.lower, range.lower), upper: min(form.upper, range.upper),
        precision: max(form.precision, range.precision))
    }
  }

  /// `nil` where composed powers may make numbers too long to be held.
  private func plain() -> (drives: [Vector<Interval>], activities: [Vector<Interval>])? {
    let network = problem.network
    var degrees = [Int](repeating: 1, count: network.architecture.nodes.count)
    for node in network.order where !network.architecture.nodes[node].isInput {
      let arriving = network.architecture.incoming[node].map { degrees[network.architecture.edges[$0].source] }
      degrees[node] = network.architecture.nodes[node].activation.degree * (arriving.max() ?? 1)
      guard degrees[node] <= 4_096 else { return nil }
    }
    let context = IntervalContext(precision: max(ladder.precision, Interval.defaultPrecision))
    let radius = ladder.radii(ticks: ticks, problem).input
    let inputs = problem.nominal.inputs.map { vector in
      Vector(
        vector.elements.map { Interval(lower: $0 - radius, upper: $0 + radius, precision: context.precision) })
    }
    return StaticPass<Interval>.forward(network, inputs: inputs, in: context)
  }
}

extension Activation {
  /// How many times longer σ makes a number, at most.
  fileprivate var degree: Int {
    switch self {
    case .square, .quadratic: 2
    case .cubic: 3
    case .polynomial(let coefficients): max(coefficients.count - 1, 1)
    default: 1
    }
  }
}
