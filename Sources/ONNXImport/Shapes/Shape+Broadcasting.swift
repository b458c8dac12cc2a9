extension Shape {
  /// The common shape of elementwise operands: dimensions are matched from the last, and 1 repeats.
  func broadcast(with other: Shape) throws(OperatorProblem) -> Shape {
    try Shape(Shape.broadcast(dimensions, other.dimensions))
  }

  static func broadcast(_ left: [Int], _ right: [Int]) throws(OperatorProblem) -> [Int] {
    let rank = max(left.count, right.count)
    var result = [Int](repeating: 1, count: rank)
    for position in 0..<rank {
      let (first, second) = (left.fromEnd(position), right.fromEnd(position))
      guard first == second || first == 1 || second == 1 else {
        throw .malformed("the shapes \(left) and \(right) do not broadcast")
      }
      result[rank - 1 - position] = first == 1 ? second : first
    }
    return result
  }

  /// The strides with which this shape is read as `target`: 0 where a dimension repeats.
  func strides(broadcastTo target: Shape) throws(OperatorProblem) -> [Int] {
    guard rank <= target.rank else { throw .malformed("the shape \(self) does not broadcast to \(target)") }
    let own = strides
    var result = [Int](repeating: 0, count: target.rank)
    for axis in 0..<rank {
      let place = target.rank - rank + axis
      if dimensions[axis] == target.dimensions[place] {
        result[place] = own[axis]
      } else if dimensions[axis] != 1 {
        throw .malformed("the shape \(self) does not broadcast to \(target)")
      }
    }
    return result
  }

  /// For each element of `target`, the element of this shape that it repeats.
  func indices(broadcastTo target: Shape) throws(OperatorProblem) -> [Int] {
    Shape.walk(target.dimensions, strides: try strides(broadcastTo: target))
  }

  /// offset + Σ index·stride for every index within `dimensions`, row-major.
  static func walk(_ dimensions: [Int], strides: [Int], offset: Int = 0) -> [Int] {
    var positions = [offset]
    for (dimension, stride) in zip(dimensions, strides) {
      var next: [Int] = []
      next.reserveCapacity(positions.count * dimension)
      for position in positions {
        for index in 0..<dimension { next.append(position + index * stride) }
      }
      positions = next
    }
    return positions
  }
}

extension [Int] {
  /// The entry that many places before the last; 1 where there is none, as broadcasting reads shapes.
  fileprivate func fromEnd(_ position: Int) -> Int { position < count ? self[count - 1 - position] : 1 }
}
