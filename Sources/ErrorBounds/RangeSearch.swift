import ExactArithmetic
import Networks
import Waves

/// The largest value of one number over a frame's box, by best-first branch and bound.
///
/// `upper` holds at every moment; it is the largest bound of a part that is still open.
final class RangeSearch {
  private let cells: FrameCells
  private let quantity: FrameQuantity
  /// 1: the largest value; −1: the largest of its negative.
  private let sign: Double
  private var open = PriorityQueue<ParameterBox>()
  /// The largest estimate seen: where the search should stop, and nothing more.
  private(set) var attained = -Double.infinity
  /// Where it was seen, in the coordinates of the frame's box.
  private(set) var point: [Double]

  init(_ cells: FrameCells, sign: Double, _ quantity: FrameQuantity) {
    self.cells = cells
    self.sign = sign
    self.quantity = quantity
    point = [Double](repeating: 0, count: cells.coordinates)
    visit(ParameterBox(whole: cells.coordinates), cap: .infinity)
  }

  /// At least the supremum of sign · number.
  var upper: Double { open.largestKey ?? -.infinity }

  var gap: Double { max(0, upper - attained) }

  /// Halves the part whose bound is the largest.
  func step() {
    guard let (key, box) = open.popLargest() else { return }
    let form = cells.form(quantity, over: box)
    guard let coordinate = widest(box, form) else {
      open.insert(box, key: key)
      return
    }
    let (left, right) = box.halved(coordinate)
    visit(left, cap: key)
    visit(right, cap: key)
  }

  private func visit(_ box: ParameterBox, cap: Double) {
    let form = cells.form(quantity, over: box)
    var key = cap
    if !form.isUnbounded {
      let (lower, upper) = form.range.doubles
      let own = sign > 0 ? upper : -lower
      // A part is no larger than the whole it came from.
      if own < cap { key = own }
      var vertex = box.middle
      for (symbol, value) in form.coefficients where symbol < vertex.count {
        if value * sign > 0 { vertex[symbol] = box.highs[symbol] }
        if value * sign < 0 { vertex[symbol] = box.lows[symbol] }
      }
      for place in [vertex, box.middle] {
        let value = cells.estimate(quantity, at: place) * sign
        if value > attained { (attained, point) = (value, place) }
      }
    }
    open.insert(box, key: key)
  }

  /// The coordinate whose halving should help most: the longest among those that matter.
  private func widest(_ box: ParameterBox, _ form: AffineForm) -> Int? {
    var weights = [Double](repeating: 0, count: cells.coordinates)
    for (symbol, value) in form.coefficients where symbol < weights.count { weights[symbol] = value.magnitude }
    let total = weights.reduce(0, +)
    var best: (weight: Double, coordinate: Int)?
    for coordinate in weights.indices {
      let width = box.highs[coordinate] - box.lows[coordinate]
      guard width > 0x1p-40, weights[coordinate] > 0 || total == 0 else { continue }
      // Nonlinear rests grow with width, so width counts even where the slope is small.
      let weight = width * (weights[coordinate] + total / Double(4 * weights.count))
      if best.map({ weight > $0.weight }) ?? true { best = (weight, coordinate) }
    }
    return best?.coordinate
  }
}
