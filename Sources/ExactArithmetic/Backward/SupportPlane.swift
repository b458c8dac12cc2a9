/// One side of what is known of a number v that is a function of x and of y: in deviations from their centres,
/// v ≥ first · x + second · y + constant wherever x and y can be (a plane below), or ≤ (a plane above).
///
/// The slopes are the floats they are; whatever rounding lost is in the constant.
public struct SupportPlane: Sendable, Hashable {
  public let first: Double
  public let second: Double
  public let constant: Double

  public init(first: Double, second: Double = 0, constant: Double) {
    self.first = first
    self.second = second
    self.constant = constant
  }
}

/// For every row the planes to choose from, never none.
struct PlaneTable: Sendable {
  private(set) var starts = [0]
  private(set) var planes: [SupportPlane] = []

  init(_ rows: [[SupportPlane]] = []) {
    for row in rows { append(row) }
  }

  /// - Precondition: at least one plane.
  mutating func append(_ row: [SupportPlane]) {
    precondition(!row.isEmpty, "a row without a plane")
    planes += row
    starts.append(planes.count)
  }
}
