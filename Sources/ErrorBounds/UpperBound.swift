import ExactArithmetic
import Networks

/// An upper bound of one edge's error, entry by entry, and how it was proved.
public struct UpperBound: Sendable {
  public var entries: EntryBounds
  /// The rung of the ladder that gave it, in words.
  public var method: String
  /// The lag of the reference frame that it is about; the worst one where several were asked for.
  public var reference: Int
  /// A bound of the norm itself, where a better one than the entries give is known.
  public var limit = Double.infinity
  /// The constant of theorem 8, where it was worked out: it bounds the norm too.
  var formula: Rational?

  /// Both bounds hold: entrywise the better one. The method is that of the largest entry that is left.
  mutating func tighten(by other: UpperBound) {
    entries.tighten(by: other.entries)
    let (row, column) = entries.place
    let place = row * entries.columns + column
    if place < entries.values.count, other.entries.values[place] == entries.values[place] { method = other.method }
  }
}

/// How the forms of a whole network over a box are shared by its edges.
typealias AffineLadder = FormLadder<AffineForm>

/// The same, with ranges cut to backward linear bounds.
typealias BackwardLadder = FormLadder<TracedForm>

extension FormLadder where S == TracedForm {
  /// Backward bounds propagate every row of every product: too much for wide networks.
  static func isAffordable(_ problem: BoundProblem) -> Bool {
    // Every row of the result goes back through every weight that it depends on.
    let ends = problem.network.architecture.edges[problem.edge]
    let rows =
      problem.network.architecture.nodes[ends.target].width * problem.network.architecture.nodes[ends.source].width
    guard problem.cost * rows <= (problem.factors == nil ? 1 << 20 : 1 << 25) else { return false }
    // So does every unit of the network, whose drive and delta are bounded on the way; a visit of a node costs something
    // even where it is narrow.
    let nodes = problem.network.architecture.nodes
    let units = nodes.reduce(0.0) { $0 + Double($1.width) }
    return 3 * units * (Double(problem.cost) + 3 * 64 * Double(nodes.count)) <= 0x1p28
  }
}

/// Bounds by evaluating the error on forms.
struct FormLadder<S: BoundingScalar>: Sendable {
  let network: Network
  let nominal: NominalFrame
  let precision: Int
  let freshSymbols: Int
  let cap: MemoryCap
  /// By the radii of the frame's box.
  let statics: StaticFormsCache<S>
  let norms = WeightNormsCache()
  let plain = PlainRangesCache()

  init(
    _ network: Network, _ nominal: NominalFrame, precision: Int, freshSymbols: Int, cap: MemoryCap = .standard,
    keeper: FormsKeeper? = nil
  ) {
    self.network = network
    self.nominal = nominal
    self.precision = precision
    self.freshSymbols = freshSymbols
    self.cap = cap
    statics = StaticFormsCache(keeper ?? FormsKeeper(bytes: cap.bytes))
  }

  /// What the rungs of a problem would hold.
  func memory(_ problem: BoundProblem) -> RungMemory {
    RungMemory(problem, precision: precision, freshSymbols: freshSymbols, cap: cap)
  }

  func bound(_ problem: BoundProblem) -> UpperBound {
    let ends = network.architecture.edges[problem.edge]
    let (rows, columns) = (network.architecture.nodes[ends.target].width, network.architecture.nodes[ends.source].width)
    let isLarge = memory(problem).entryBounds != nil
    if problem.isExact {
      let zeros =
        isLarge
        ? EntryBounds(coarse: 0, place: (0, 0), rows, columns)
        : EntryBounds(rows: rows, columns: columns, values: [Double](repeating: 0, count: rows * columns))
      return UpperBound(entries: zeros, method: "exact", reference: problem.reference)
    }
    if let factors = problem.factors, let entries = decoupled(problem, factors, isLarge) {
      let method = entries.isCoarse ? "norms of ranges" : S.method + ", decoupled"
      return UpperBound(entries: entries, method: method, reference: problem.reference)
    }
    if isLarge {
      let entries = EntryBounds(coarse: coupledProducts(problem), of: S.self)
      return UpperBound(entries: entries, method: "norms of ranges", reference: problem.reference)
    }
    return UpperBound(entries: coupled(problem), method: S.method, reference: problem.reference)
  }

  /// Where both factors are functions of one frame each and the boxes of the frames are independent.
  private func decoupled(_ problem: BoundProblem, _ factors: FactorFrames, _ isLarge: Bool) -> EntryBounds? {
    guard nominal.radius.isZero else { return nil }
    let ends = network.architecture.edges[problem.edge]
    let (a, b, s) = (factors.input, factors.error, problem.reference)
    switch problem.variation.kind {
    case .window:
      let pass = forms(ticks: 1, problem).pass
      let bound = DecoupledBound<S>(
        errors: pass.deltas[ends.target].storage, activities: pass.activities[ends.source].storage)
      if isLarge { return bound.coarse(referenceIsError: s == b, referenceIsInput: s == a) }
      if s == b { return bound.referenceIsError() }
      if s == a { return bound.referenceIsInput() }
      return a == b ? bound.sameFactors() : bound.free()
    case .rate:
      guard s == b || s == a else { return nil }
      // The reference is the nominal frame, a point; the other frame moves in a box of its own. Only the way from the point
      // counts: δ (x − x₀), or (δ − δ₀) x.
      let (delta, activity) = point(problem)
      let box = forms(ticks: abs(a - b), problem).pass
      let (column, row): (S.Storage, S.Storage) =
        s == b
        ? (delta, .difference(box.activities[ends.source].storage, activity))
        : (.difference(box.deltas[ends.target].storage, delta), activity)
      if isLarge { return EntryBounds(coarse: S.ranges(column), S.ranges(row)) }
      return EntryBounds(products: S.productRanges(column, row), rows: column.count, columns: row.count)
    }
  }

  /// δ and x at the nominal frame: exactly where that is affordable, else enclosed.
  private func point(_ problem: BoundProblem) -> (delta: S.Storage, activity: S.Storage) {
    if let fixed = problem.evaluator.fixed {
      func constants(_ vector: Vector<Rational>) -> S.Storage {
        S.constants(vector.elements.map { Interval($0, precision: max(precision, 64)) })
      }
      return (constants(fixed.delta), constants(fixed.activity))
    }
    let ends = network.architecture.edges[problem.edge]
    let pass = forms(ticks: 0, problem).pass
    return (pass.deltas[ends.target].storage, pass.activities[ends.source].storage)
  }

  /// Forms over the box that a frame so many ticks from the reference lies in.
  func forms(ticks: Int, _ problem: BoundProblem) -> StaticForms<S> {
    let radii = radii(ticks: ticks, problem)
    // Forms of a point are combined with those of a box. Symbols of their own would have the numbers of other rests there,
    // and what a slope at a kink leaves open would cancel against them.
    let isPoint = radii.input.isZero && radii.target.isZero
    return statics.forms(radii, bytes: memory(problem).staticForms) {
      StaticForms(
        network, round: nominal, radii: radii, precision: precision, freshSymbols: isPoint ? 0 : freshSymbols, cap: cap)
    }
  }

  func radii(ticks: Int, _ problem: BoundProblem) -> (input: Rational, target: Rational) {
    let scale = Rational(ticks)
    return (problem.variation.input * scale + nominal.radius, problem.variation.target * scale)
  }

  /// The whole expression at once, frames sharing the symbols that they share; some rows at a time where all together
  /// would be too many forms.
  func coupled(_ problem: BoundProblem, over box: ParameterBox? = nil) -> EntryBounds {
    let products = coupledProducts(problem, over: box)
    var values: [Double] = []
    products.forEachBlock(most: memory(problem).formEntries) { _, block in
      values += EntryBounds(block, of: S.self).values
    }
    return EntryBounds(rows: products.rows, columns: products.columns, values: values)
  }

  /// The same by its factors.
  func coupledProducts(_ problem: BoundProblem, over box: ParameterBox? = nil) -> ErrorProducts<S> {
    let symbols = memory(problem).symbols
    let context = AffineContext(
      precision: precision, firstFree: problem.family.parameters, freshSymbols: symbols.fresh)
    let box = box ?? ParameterBox(whole: problem.family.parameters)
    return problem.evaluator.products(
      at: problem.family.frames(over: box, S.self, in: context, withSymbols: symbols.isKept), in: context)
  }
}

extension FormLadder<AffineForm> {
  /// Whether a kink or jump may lie in a drive that the update or the gradient reads; with `ofSlopes` a kink of σ′ too.
  func hasKink(_ problem: BoundProblem, ofSlopes: Bool = false) -> Bool {
    let concerned = network.architecture.nodes.contains {
      $0.activation.hasKink || ofSlopes && $0.activation.hasBend
    }
    guard concerned else { return false }
    let reach = problem.family.lags.map { abs($0 - problem.reference) }.max() ?? 0
    let ticks = problem.variation.kind == .window ? 1 : reach
    guard problem.factors != nil else {
      // Where paths differ, a drive mixes frames: correlations of one frame would hide what it can reach.
      let ranges = StaticForms<AffineForm>(
        network, round: nominal, radii: radii(ticks: ticks, problem), precision: precision, freshSymbols: 0,
        correlated: false, cap: cap)
      let check = KinkCheck(network, ranges.pass, ofSlopes: ofSlopes)
      return problem.edges.contains { check.concerns(network.architecture.edges[$0]) }
    }
    return KinkCheck(network, forms(ticks: ticks, problem).pass, ofSlopes: ofSlopes)
      .concerns(network.architecture.edges[problem.edge])
  }
}
