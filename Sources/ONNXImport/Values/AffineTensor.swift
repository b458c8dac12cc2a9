import ExactArithmetic

/// A tensor that is an affine function of the activities of nodes: Σ_source map · x_source + bias.
struct AffineTensor: Sendable {
  struct Term: Sendable {
    /// The node's index, inputs first.
    let source: Int
    var map: SourceMap
    /// The initializers that the map is made of; several reads of one are several uses.
    var uses: [WeightUse] = []

    /// The same dependence under another map, made from this one by what `reason` says.
    func with(_ map: SourceMap, folding reason: String) -> Term {
      Term(source: source, map: map, uses: uses.map { $0.folded(reason) })
    }
  }

  /// `nil` behind an operator whose shape only timing could pass over.
  var shape: Shape?
  /// At increasing sources, each once.
  var terms: [Term]
  /// One number per element; `nil` where nothing was added, and for timing.
  var bias: [Rational]?
  /// Whether an operator added a constant, be it zero: such a tensor is not another name of its source.
  var isShifted = false

  init(shape: Shape?, terms: [Term], bias: [Rational]? = nil, isShifted: Bool = false) {
    self.shape = shape
    self.terms = terms
    self.bias = bias
    self.isShifted = isShifted
  }

  /// The activity of a node itself.
  init(node: Int, shape: Shape?) {
    self.init(shape: shape, terms: [Term(source: node, map: .identity)])
  }

  func knownShape() throws(OperatorProblem) -> Shape {
    guard let shape else { throw .unknownShape("the shape of an operand is unknown") }
    return shape
  }

  /// The node whose activity this tensor is, element for element.
  var aliasedNode: Int? {
    guard terms.count == 1, terms[0].map.isIdentity, !isShifted else { return nil }
    return terms[0].source
  }

  func reshaped(_ shape: Shape?) -> AffineTensor {
    var result = self
    result.shape = shape
    return result
  }

  /// The same dependence without weights, in another shape.
  func unweighed(_ shape: Shape?, isShifted: Bool = false) -> AffineTensor {
    AffineTensor(
      shape: shape, terms: terms.map { Term(source: $0.source, map: .unweighed, uses: $0.uses) },
      isShifted: self.isShifted || isShifted)
  }
}
