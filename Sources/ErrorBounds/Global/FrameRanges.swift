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
  private lazy var intervals = ladder.plain.ranges(radius) {
    PlainRanges(problem.network, round: problem.nominal, radius: radius, precision: ladder.precision)
  }
  private var radius: Rational { ladder.radii(ticks: ticks, problem).input }

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
}
