/// The dimensions of a tensor, whose product is known to fit an `Int`.
struct Shape: Hashable, Sendable {
  let dimensions: [Int]
  /// The number of elements.
  let count: Int

  /// The most elements, or entries of one map, that are built for exact work.
  static let largestCount = 1 << 24

  /// No machine holds a tensor with more elements or a longer axis; below it sums and differences of lengths are far
  /// from the ends of `Int`.
  private static let limit = 1 << 48

  /// - Throws: for a negative dimension, and for one or a product beyond any machine.
  init(_ dimensions: [Int]) throws(OperatorProblem) {
    var (count, span) = (1, 1)
    for dimension in dimensions {
      guard dimension >= 0 else { throw .malformed("the shape \(dimensions) has a negative dimension") }
      count = try Self.product(count, dimension, of: dimensions)
      // What walks over a shape walks over its axes in turn, an empty one perhaps the last.
      span = try Self.product(span, max(dimension, 1), of: dimensions)
      guard span <= Self.limit else { throw .malformed("the shape \(dimensions) has more than 2^48 elements") }
    }
    guard count > 0 || span <= Self.largestCount else {
      throw .malformed("the shape \(dimensions) has no elements, but axes of more than \(Self.largestCount)")
    }
    self.dimensions = dimensions
    self.count = count
  }

  static func product(_ left: Int, _ right: Int, of dimensions: [Int]) throws(OperatorProblem) -> Int {
    let (product, overflow) = left.multipliedReportingOverflow(by: right)
    guard !overflow else { throw .malformed("the product of the dimensions \(dimensions) exceeds 64 bits") }
    return product
  }

  var rank: Int { dimensions.count }

  /// Row-major: the last dimension has stride 1.
  var strides: [Int] {
    var strides = [Int](repeating: 1, count: rank)
    for axis in stride(from: rank - 2, through: 0, by: -1) {
      // A partial product can exceed `count` only beside a zero dimension, where no stride is ever used.
      strides[axis] = strides[axis + 1].multipliedReportingOverflow(by: dimensions[axis + 1]).partialValue
    }
    return strides
  }

  /// The axis that a possibly negative number names.
  ///
  /// - Parameter allowsEnd: whether the position after the last axis is meant too.
  func axis(_ axis: Int, allowsEnd: Bool = false) throws(OperatorProblem) -> Int {
    let position = axis < 0 ? axis + rank : axis
    guard position >= 0, position < rank || (allowsEnd && position == rank) else {
      throw .malformed("the axis \(axis) does not exist in the shape \(dimensions)")
    }
    return position
  }

  /// Refuses what is too large to be written out.
  static func checkSize(_ count: Int, _ what: String) throws(OperatorProblem) {
    guard count <= largestCount else {
      throw .malformed("\(what) needs \(count) numbers, more than \(largestCount): only timing can treat it")
    }
  }
}

extension Shape: CustomStringConvertible {
  var description: String { dimensions.isEmpty ? "scalar" : dimensions.map(\.description).joined(separator: "×") }
}
