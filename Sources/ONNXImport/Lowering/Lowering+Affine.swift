import ExactArithmetic

extension Lowering {
  /// left + right, or left − right: both are broadcast to their common shape, and maps from one source add up.
  func sum(
    _ left: AffineTensor, _ right: AffineTensor, subtracting: Bool = false
  ) throws(OperatorProblem) -> AffineTensor {
    let shape = try left.knownShape().broadcast(with: right.knownShape())
    if isExact { try Shape.checkSize(shape.count, "the tensor") }
    let first = try broadcast(left, to: shape)
    var second = try broadcast(right, to: shape)
    if subtracting, isExact { second = try scaled(second, by: [Rational](repeating: -1, count: shape.count)) }
    return try merge([first, second], shape: shape)
  }

  /// The sum of tensors of one shape.
  func merge(_ tensors: [AffineTensor], shape: Shape?) throws(OperatorProblem) -> AffineTensor {
    var terms: [Int: AffineTensor.Term] = [:]
    for term in tensors.flatMap(\.terms) {
      guard let other = terms[term.source] else {
        terms[term.source] = term
        continue
      }
      let map: SourceMap =
        isExact
        ? try add(other.map, term.map, rows: try required(shape).count, columns: nodes[term.source].width)
        : .unweighed
      let reason = "parallel paths from one node are added into one weight"
      terms[term.source] = .init(
        source: term.source, map: map, uses: (other.uses + term.uses).map { $0.folded(reason) })
    }
    var bias: [Rational]?
    for tensor in tensors {
      guard let summand = tensor.bias else { continue }
      bias = bias.map { zip($0, summand).map { $0 + $1 } } ?? summand
    }
    return AffineTensor(
      shape: shape, terms: terms.sorted { $0.key < $1.key }.map(\.value), bias: bias,
      isShifted: tensors.contains(where: \.isShifted))
  }

  private func required(_ shape: Shape?) throws(OperatorProblem) -> Shape {
    guard let shape else { throw .unknownShape("the shape of an operand is unknown") }
    return shape
  }

  private func add(_ left: SourceMap, _ right: SourceMap, rows: Int, columns: Int) throws(OperatorProblem) -> SourceMap
  {
    if case .gather(let first) = left, case .gather(let second) = right,
      zip(first, second).allSatisfy({ $0 < 0 || $1 < 0 })
    {
      return .gather(zip(first, second).map { max($0, $1) })
    }
    let first = try left.linearMap(rows: rows, columns: columns)
    return .map(first + (try right.linearMap(rows: rows, columns: columns)))
  }

  /// The product with one number per element.
  ///
  /// - Parameter factor: the initializer that the numbers are from, if there is one.
  func scaled(
    _ tensor: AffineTensor, by factors: @autoclosure () throws(OperatorProblem) -> [Rational], factor: WeightUse? = nil
  ) throws(OperatorProblem) -> AffineTensor {
    let added = factor.map { [$0.folded("it scales what other operators make")] } ?? []
    func uses(_ term: AffineTensor.Term) -> [WeightUse] { term.uses.map { $0.folded("it is scaled") } + added }
    var result = tensor
    guard isExact else {
      result.terms = tensor.terms.map { .init(source: $0.source, map: .unweighed, uses: uses($0)) }
      return result
    }
    let factors = try factors()
    result.bias = tensor.bias.map { zip($0, factors).map { $0 * $1 } }
    result.terms = []
    for term in tensor.terms {
      let map: SourceMap
      if case .structured(let own) = term.map, let scaled = own.scaled(byRows: factors) {
        map = .structured(scaled)
      } else {
        let own = try term.map.linearMap(rows: factors.count, columns: nodes[term.source].width)
        map = .map(own.scaled(byRows: factors))
      }
      result.terms.append(.init(source: term.source, map: map, uses: uses(term)))
    }
    return result
  }

  /// A linear map with constant weights, applied to a tensor.
  ///
  /// - Parameter use: the initializer that the weights are, and how they are read.
  func linear(
    _ tensor: AffineTensor, to shape: Shape, use: WeightUse? = nil, weights: () throws(OperatorProblem) -> TensorValues,
    structure: () throws(OperatorProblem) -> LinearStructure
  ) throws(OperatorProblem) -> AffineTensor {
    func uses(_ term: AffineTensor.Term) -> [WeightUse] {
      let isPlain = term.map.isIdentity && term.uses.isEmpty
      let own = use.map { isPlain ? $0 : $0.folded("it acts on what other operators make") }
      return term.uses.map { $0.folded("a further linear operator follows") } + (own.map { [$0] } ?? [])
    }
    guard isExact else {
      return AffineTensor(
        shape: shape, terms: tensor.terms.map { .init(source: $0.source, map: .unweighed, uses: uses($0)) },
        isShifted: tensor.isShifted)
    }
    let (weights, structure) = (try weights(), try structure())
    let inner = try tensor.knownShape().count
    // Multiplied out only where a bias or a map before it asks for it.
    let needsMap = tensor.bias != nil || tensor.terms.contains { $0.map.isWeighed }
    let whole = needsMap ? try structure.map(weights: weights, width: inner) : nil
    var terms: [AffineTensor.Term] = []
    for term in tensor.terms {
      let width = nodes[term.source].width
      let map: SourceMap
      switch (term.map, whole) {
      case (.identity, _):
        map = .structured(StructuredMap(structure: structure, weights: weights, gather: nil, width: width))
      case (.gather(let indices), _):
        map = .structured(StructuredMap(structure: structure, weights: weights, gather: indices, width: width))
      case (let first, let whole?):
        map = .map(whole.composed(after: try first.linearMap(rows: inner, columns: width)))
      case (_, nil): preconditionFailure("a map before a linear map is multiplied out")
      }
      terms.append(.init(source: term.source, map: map, uses: uses(term)))
    }
    var bias: [Rational]?
    if let own = tensor.bias, let whole { bias = whole.apply(to: Vector(own), in: ExactContext()).elements }
    return AffineTensor(shape: shape, terms: terms, bias: bias, isShifted: tensor.isShifted)
  }
}

extension LinearMap {
  /// Row r times `factors[r]`.
  fileprivate func scaled(byRows factors: [Rational]) -> LinearMap {
    if let first = factors.first, factors.allSatisfy({ $0 == first }) { return scaled(by: first) }
    if isDense {
      let rowVectors = matrix.rowVectors
      let elements = zip(rowVectors, factors).flatMap { row, factor in row.elements.map { $0 * factor } }
      return LinearMap(Matrix(rows: rows, columns: columns, elements: elements))
    }
    var entries: [(row: Int, column: Int, value: Rational)] = []
    entries.reserveCapacity(nonzeroCount)
    forEachNonzero { entries.append(($0, $1, $2 * factors[$0])) }
    return LinearMap(rows: rows, columns: columns, entries: entries)
  }
}
