/// Planes below and above a product x · y, by McCormick (1976), and by what the forms know of its quadratic part.
///
/// With x = c + p and y = d + q: x y = c d + d p + c q + p q, and p q is between the tangent planes of the saddle at
/// opposite corners of the box of (p, q), or between two constants. Deviations of the product are from its own centre.
struct ProductPlanes {
  let left: AffineRun
  let right: AffineRun
  /// The forms of the products.
  let product: AffineRun
  /// Those of p q.
  let quadratic: AffineRun

  init(_ left: AffineRun, _ right: AffineRun, leftRows: [Int], rightRows: [Int], product: AffineRun) {
    self.left = left.gathered(leftRows)
    self.right = right.gathered(rightRows)
    self.product = product
    quadratic = AffineRun.hadamard(self.left.deviations, self.right.deviations)
  }

  var tables: (below: PlaneTable, above: PlaneTable) {
    var (below, above) = (PlaneTable(), PlaneTable())
    for row in 0..<product.count {
      let planes = planes(row)
      below.append(planes.below)
      above.append(planes.above)
    }
    return (below, above)
  }

  private func planes(_ row: Int) -> (below: [SupportPlane], above: [SupportPlane]) {
    let shift = (left.centres[row] * right.centres[row] - product.centres[row]).doubles
    let (p, q) = (left.deviation(row), right.deviation(row))
    func below(_ atP: Double, _ atQ: Double) -> SupportPlane {
      plane(row, atP, atQ) { ((-(atP * atQ) - $0).nextDown + shift.lower).nextDown }
    }
    func above(_ atP: Double, _ atQ: Double) -> SupportPlane {
      plane(row, atP, atQ) { ((-(atP * atQ) + $0).nextUp + shift.upper).nextUp }
    }
    // One factor is a constant: there is no quadratic part.
    if (p.low == 0 && p.high == 0) || (q.low == 0 && q.high == 0) { return ([below(0, 0)], [above(0, 0)]) }
    let rest = quadratic.range(row).doubles
    return (
      [
        below(p.low, q.low), below(p.high, q.high),
        plane(row, 0, 0) { ((rest.lower - $0).nextDown + shift.lower).nextDown },
      ],
      [
        above(p.low, q.high), above(p.high, q.low),
        plane(row, 0, 0) { ((rest.upper + $0).nextUp + shift.upper).nextUp },
      ]
    )
  }

  /// (d + atQ) p + (c + atP) q + constant; `constant` is told what rounding the slopes can cost.
  private func plane(
    _ row: Int, _ atP: Double, _ atQ: Double, _ constant: (_ lost: Double) -> Double
  ) -> SupportPlane {
    let (c, d) = (left.centres[row].ball, right.centres[row].ball)
    let (first, second) = (d.middle + atQ, c.middle + atP)
    let lost =
      (d.radius + first.magnitude * Outward.twoUnits) * left.reach(row)
      + (c.radius + second.magnitude * Outward.twoUnits) * right.reach(row)
      + (atP * atQ).magnitude * Outward.twoUnits
    return SupportPlane(first: first, second: second, constant: constant(Outward.above(lost, terms: 8)))
  }
}

extension AffineRun {
  /// The same forms less their centres.
  var deviations: AffineRun {
    AffineRun(
      centres: [Interval](repeating: .zero, count: count), symbols: symbols, generators: generators, errors: errors,
      lows: lows, highs: highs, isUnbounded: isUnbounded)
  }

  /// At least |x − centre| of a row.
  func reach(_ row: Int) -> Double { max(-lows[row], highs[row]) }
}
