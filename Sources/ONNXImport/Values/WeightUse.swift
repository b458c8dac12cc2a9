/// That an initializer's elements are the weights of a map, and how they are read.
///
/// Two edges with the same use of one initializer have one and the same parameter as their weight; where the uses differ,
/// or something was computed on the way, the parameter is folded into the edges.
struct WeightUse: Hashable, Sendable {
  let initializer: String
  /// How elements were moved and by which operator they are read, in order.
  private(set) var steps: [String] = []
  /// Why the elements are no longer the weights themselves; `nil` where they are.
  private(set) var folded: String?

  init(initializer: String) { self.initializer = initializer }

  func after(_ step: String) -> WeightUse {
    var result = self
    result.steps.append(step)
    return result
  }

  /// - Parameter reason: what was done, as "it is scaled".
  func folded(_ reason: String) -> WeightUse {
    var result = self
    if result.folded == nil { result.folded = reason }
    return result
  }
}
