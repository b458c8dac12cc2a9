import ExactArithmetic

/// Branch and bound of a whole error matrix over the joint box of all frames: for every schedule and family.
final class BoxSearch {
  private let problem: BoundProblem
  private let ladder: AffineLadder
  private let size: (EntryBounds) -> Double
  private var open = PriorityQueue<(box: ParameterBox, entries: EntryBounds)>()

  init(_ problem: BoundProblem, _ ladder: AffineLadder, _ start: EntryBounds, size: @escaping (EntryBounds) -> Double) {
    self.problem = problem
    self.ladder = ladder
    self.size = size
    open.insert((ParameterBox(whole: problem.family.parameters), start), key: size(start))
  }

  /// Parts that are held.
  var count: Int { open.count }

  /// At least the supremum of the norm.
  var upper: Double { open.largestKey ?? .infinity }

  /// The bounds of the part that is largest: where the error may be.
  func step() {
    guard let (_, worst) = open.popLargest() else { return }
    let place = worst.entries.place
    let form = ladder.coupledProducts(problem, over: worst.box)[place.row, place.column]
    let coordinate = widest(worst.box, form)
    let (left, right) = worst.box.halved(coordinate)
    for half in [left, right] {
      var entries = ladder.coupled(problem, over: half)
      entries.tighten(by: worst.entries)
      open.insert((half, entries), key: size(entries))
    }
  }

  private func widest(_ box: ParameterBox, _ form: AffineForm) -> Int {
    var weights = [Double](repeating: 0, count: box.lows.count)
    if !form.isUnbounded {
      for (symbol, value) in form.coefficients where symbol < weights.count {
        weights[symbol] = value.magnitude
      }
    }
    let total = weights.reduce(0, +)
    let scores = weights.indices.map { parameter in
      (box.highs[parameter] - box.lows[parameter])
        * (weights[parameter] + (total > 0 ? total : 1) / Double(4 * weights.count))
    }
    return scores.indices.max { scores[$0] < scores[$1] } ?? 0
  }
}
