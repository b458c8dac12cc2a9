import ExactArithmetic

/// A tensor that does not depend on any input.
///
/// When a model is read for timing alone, only small integer tensors (shapes, axes) have values.
struct Constant: Sendable {
  /// The tensor's name, for messages.
  var name: String
  /// `nil` behind an operator that only timing passed over.
  var shape: Shape?
  /// The type of the elements, by which ONNX folds: integers wrap, floats round.
  var type: ElementType
  var values: TensorValues?
  /// The initializer whose elements these are, and how they were moved since; `nil` for what was computed.
  var origin: WeightUse?

  init(name: String, shape: Shape?, type: ElementType, values: TensorValues?, origin: WeightUse? = nil) {
    (self.name, self.shape, self.type, self.values, self.origin) = (name, shape, type, values, origin)
  }

  /// Whole numbers or truth values.
  var isInteger: Bool { type.isInteger }

  func knownShape() throws(OperatorProblem) -> Shape {
    guard let shape else { throw .unknownShape("the shape of the constant \"\(name)\" is unknown") }
    return shape
  }

  /// Values that are finite.
  func finiteValues() throws(OperatorProblem) -> TensorValues {
    guard let values else { throw .unknownShape("the values of the constant \"\(name)\" are unknown") }
    if let index = values.firstNonfinite {
      throw .malformed(
        "the tensor \"\(name)\" holds a NaN or an infinity at element \(index); exact work needs finite numbers, so "
          + "export the model again with finite weights")
    }
    return values
  }

  func rationals() throws(OperatorProblem) -> [Rational] { try finiteValues().rationals }

  /// Whole numbers, as shapes, axes and bounds of slices are.
  func integers() throws(OperatorProblem) -> [Int] {
    guard let values else { throw .unknownShape("the values of the constant \"\(name)\" are unknown") }
    guard isInteger, case .integers(let integers) = values else {
      throw .malformed("the tensor \"\(name)\" must hold integers")
    }
    return integers
  }

  /// The same elements in another shape with as many.
  func reshaped(_ shape: Shape) -> Constant {
    var result = self
    result.shape = shape
    result.origin = origin?.after("reshaped to \(shape)")
    return result
  }
}
