/// Linear bounds of some rows of a tape node, propagated back through the tape to the noise symbols.
///
/// The state is an inequality for each row that is bounded: target ≥ Σ aₖ dₖ + constant, where dₖ are the deviations of
/// tape rows from their centres. A step replaces the rows of one node by those of its operands: linear maps by the
/// transposed map, every other row by a plane below (where its coefficient is positive) or above. Upper bounds are lower
/// bounds of the negative. Coefficients are floats; what rounding one loses is multiplied by the reach of the row that it
/// multiplies and taken off the constant, so that the inequality stays true of the floats that are held.
///
/// Source: Zhang et al., "Efficient Neural Network Robustness Certification with General Activation Functions" (CROWN,
/// 2018), with planes chosen by what they do to the whole bound. Complexity: for R rows, one product of an R-row matrix
/// with every map of the tape.
struct BackwardPass {
  let target: [Int]
  /// By descending rank; the first is the node whose rows are bounded.
  let nodes: [TapeNode]
  let forms: [AffineRun]
  let places: [ObjectIdentifier: Int]
  let symbols: [Int]
  /// Per node: the generators of these symbols, and the largest |deviation| of each row.
  let generators: [[Double]]
  let reaches: [[Double]]
  /// How far each row can be from the linear part of its form, as far as is known: for choosing planes only.
  let loose: [[Double]]
  /// Twice the number of target rows: first their lower bounds, then those of their negatives.
  let rows: Int

  /// Per node, rows × its count; empty where nothing refers to it (yet).
  var coefficients: [[Double]]
  /// About the linear part of the whole right side: for choosing planes only.
  var residual: [Double]
  var constants: [Double]
  /// Per row: what was added to the constant, in magnitude.
  var magnitudes: [Double]
  /// Per row: magnitudes whose rounding, 2⁻⁵² of them, is to be taken off.
  var rounded: [Double]
  /// Per row: what is to be taken off otherwise.
  var slack: [Double]
  /// The coefficients of the symbols themselves.
  var ends: [Double]
  /// At least the number of additions into any one sum.
  var steps = 8
  /// What products may have lost by underflow.
  var underflow = 0.0

  init(of node: TapeNode, rows target: [Int]) {
    self.target = target
    nodes = Self.reachable(from: node)
    forms = nodes.map(\.forms)
    places = Dictionary(uniqueKeysWithValues: nodes.enumerated().map { (ObjectIdentifier($0.element), $0.offset) })
    let symbols = node.symbols
    self.symbols = symbols
    generators = forms.map { $0.generators(of: symbols) }
    reaches = forms.map { form in form.lows.indices.map { max(-form.lows[$0], form.highs[$0]) } }
    loose = zip(nodes, zip(forms, generators)).map { node, held in
      Self.looseness(node.rest, held.0, held.1, symbols.count)
    }
    rows = 2 * target.count
    coefficients = [[Double]](repeating: [], count: nodes.count)
    residual = [Double](repeating: 0, count: rows * symbols.count)
    constants = [Double](repeating: 0, count: rows)
    (magnitudes, rounded, slack) = (constants, constants, constants)
    ends = residual
    var start = [Double](repeating: 0, count: rows * node.count)
    for (index, row) in target.enumerated() {
      let negative = target.count + index
      start[index * node.count + row] = 1
      start[negative * node.count + row] = -1
      for column in symbols.indices {
        let generator = generators[0][row * symbols.count + column]
        residual[index * symbols.count + column] = generator
        residual[negative * symbols.count + column] = -generator
      }
    }
    coefficients[0] = start
  }

  private static func looseness(
    _ rest: [Double], _ form: AffineRun, _ generators: [Double], _ columns: Int
  ) -> [Double] {
    form.lows.indices.map { row in
      var linear = 0.0
      for column in row * columns..<(row + 1) * columns { linear += generators[column].magnitude }
      return max(0, min(rest[row], (form.highs[row] - form.lows[row]) / 2 - linear))
    }
  }

  private static func reachable(from node: TapeNode) -> [TapeNode] {
    var known: Set<ObjectIdentifier> = [ObjectIdentifier(node)]
    var (found, next) = ([node], 0)
    while next < found.count {
      for operand in found[next].operation.operands where known.insert(ObjectIdentifier(operand)).inserted {
        found.append(operand)
      }
      next += 1
    }
    return found.sorted { $0.rank > $1.rank }
  }

  func place(_ node: TapeNode) -> Int {
    guard let place = places[ObjectIdentifier(node)] else { preconditionFailure("an operand is not on the tape") }
    return place
  }

  /// Bounds for the deviations of the target rows; infinite where floats overflow.
  func bounds() -> (lows: [Double], highs: [Double]) {
    var pass = self
    for place in nodes.indices { pass.replace(place) }
    let lows = (0..<rows).map(pass.lowerEnd)
    return (Array(lows[..<target.count]), lows[target.count...].map { -$0 })
  }

  private mutating func replace(_ place: Int) {
    guard !coefficients[place].isEmpty else { return }
    let source = coefficients[place]
    coefficients[place] = []
    switch nodes[place].operation {
    case .forms: finish(source, place)
    case .map(let map, let operand): multiply(source, by: map, into: self.place(operand))
    case .rows(let operation): relax(source, place, operation)
    case .joined(let operands): split(source, nodes[place].count, operands)
    }
  }

  /// Takes what is held for a node, to be added to.
  mutating func take(_ place: Int) -> [Double] {
    guard coefficients[place].isEmpty else {
      defer { coefficients[place] = [] }
      return coefficients[place]
    }
    return [Double](repeating: 0, count: rows * reaches[place].count)
  }

  /// Rows that are forms: their generators are the coefficients of the symbols.
  private mutating func finish(_ source: [Double], _ place: Int) {
    let (count, columns) = (reaches[place].count, symbols.count)
    let (own, errors) = (generators[place], forms[place].errors)
    let sums = (0..<count).map { row in
      own[row * columns..<(row + 1) * columns].reduce(0) { $0 + $1.magnitude }
    }
    for row in 0..<rows {
      var size = 0.0
      for column in row * columns..<(row + 1) * columns { size += ends[column].magnitude }
      for index in 0..<count {
        let factor = source[row * count + index]
        guard factor != 0 else { continue }
        size += factor.magnitude * sums[index]
        slack[row] += factor.magnitude * errors[index]
        for column in 0..<columns { ends[row * columns + column] += factor * own[index * columns + column] }
      }
      rounded[row] += size * Double(count + 2)
    }
    steps += count * (columns + 2)
    underflow += Double(count * columns) * 0x1p-1072
  }

  private mutating func split(_ source: [Double], _ count: Int, _ operands: [TapeNode]) {
    var offset = 0
    for operand in operands {
      let place = place(operand)
      let width = reaches[place].count
      var held = take(place)
      for row in 0..<rows {
        for index in 0..<width {
          let sum = held[row * width + index] + source[row * count + offset + index]
          held[row * width + index] = sum
          rounded[row] += sum.magnitude * reaches[place][index]
        }
      }
      coefficients[place] = held
      steps += 2 * width
      offset += width
    }
  }

  /// constant − Σ |ends| − everything that rounding lost.
  private func lowerEnd(_ row: Int) -> Double {
    var norm = 0.0
    for column in row * symbols.count..<(row + 1) * symbols.count { norm += ends[column].magnitude }
    let lost =
      rounded[row] * Outward.twoUnits + slack[row] + norm
      + Outward.error(magnitudes: magnitudes[row], terms: steps, underflows: steps)
    let end = (constants[row] - (Outward.above(lost, terms: steps + symbols.count) + underflow).nextUp).nextDown
    return end.isNaN ? -.infinity : end
  }
}
