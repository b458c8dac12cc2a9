import ExactArithmetic

/// A linear map that is not multiplied out yet: a structure, its weights, and the selection of elements before it.
///
/// A factor per channel behind a convolution changes only the weights, of which there are few, and not the map.
struct StructuredMap: Sendable {
  let structure: LinearStructure
  let weights: TensorValues
  /// The elements of the node that the structure's columns are; `nil` for all of them in order.
  let gather: [Int]?
  /// The number of elements of the node.
  let width: Int

  func linearMap() throws(OperatorProblem) -> LinearMap {
    try structure.map(weights: weights, after: gather, width: width)
  }

  /// Row r times `factors[r]`, if every weight is used only in rows with one and the same factor.
  func scaled(byRows factors: [Rational]) -> StructuredMap? {
    var classes: [Rational: Int] = [:]
    let rowClasses = factors.map { factor in
      if let known = classes[factor] { return known }
      classes[factor] = classes.count
      return classes.count - 1
    }
    guard let weightClasses = structure.commonClass(ofRows: rowClasses, placeCount: weights.count) else { return nil }
    var numbers = [Rational](repeating: .zero, count: classes.count)
    for (factor, index) in classes { numbers[index] = factor }
    let scaled = zip(weights.rationals, weightClasses).map { $1 < 0 ? $0 : $0 * numbers[$1] }
    return StructuredMap(structure: structure, weights: .rationals(scaled), gather: gather, width: width)
  }
}
