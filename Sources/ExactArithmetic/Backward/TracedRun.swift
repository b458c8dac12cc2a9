/// Storage of traced forms: a node of the tape.
public struct TracedRun: ScalarStorage {
  let node: TapeNode

  init(_ node: TapeNode) {
    self.node = node
  }

  /// Forms without a history.
  public init(_ forms: AffineRun) {
    node = TapeNode(forms: forms)
  }

  public init(_ elements: [TracedForm]) {
    let nodes = elements.map(\.run.node)
    let forms = AffineRun(nodes.map { AffineForm($0.forms) })
    node = nodes.allSatisfy(\.isLinear) ? TapeNode(forms: forms) : TapeNode(.joined(nodes), forms: forms)
  }

  /// The forms, with the ranges known so far.
  public var forms: AffineRun { node.forms }

  /// Cuts the ranges to backward linear bounds, for every row of which more than `share` is not linear.
  @discardableResult
  public func tightened(share: Double = TapeShare.result) -> AffineRun { node.tightened(share: share) }

  public var count: Int { node.count }
  public subscript(index: Int) -> TracedForm { TracedForm(gathered([index])) }
  public var elements: [TracedForm] { (0..<count).map { self[$0] } }
  public var isZero: Bool { forms.isZero }

  public func gathered(_ indices: [Int]) -> TracedRun {
    let forms = forms.gathered(indices)
    if node.isLinear { return TracedRun(forms) }
    return TracedRun(exact(forms, node, indices, 1))
  }

  public static func sum(_ left: TracedRun, _ right: TracedRun) -> TracedRun {
    combined(left, right, AffineRun.sum(left.forms, right.forms), sign: 1)
  }

  public static func difference(_ left: TracedRun, _ right: TracedRun) -> TracedRun {
    combined(left, right, AffineRun.difference(left.forms, right.forms), sign: -1)
  }

  public func negated() -> TracedRun {
    let forms = forms.negated()
    if node.isLinear { return TracedRun(forms) }
    return TracedRun(exact(forms, node, Array(0..<count), -1))
  }

  public static func hadamard(_ left: TracedRun, _ right: TracedRun) -> TracedRun {
    let (p, q) = (left.node.tightenedFactor, right.node.tightenedFactor)
    let rows = Array(0..<left.count)
    return product(left, right, rows, rows, AffineRun.hadamard(p, q))
  }

  /// The elementwise product, with fresh symbols for what is not linear while the context has them.
  public static func hadamard(_ left: TracedRun, _ right: TracedRun, in context: AffineContext) -> TracedRun {
    let (p, q) = (left.node.tightenedFactor, right.node.tightenedFactor)
    let rows = Array(0..<left.count)
    return product(left, right, rows, rows, AffineRun.hadamard(p, q, in: context))
  }

  public static func outer(_ column: TracedRun, _ row: TracedRun) -> TracedRun {
    let (p, q) = (column.node.tightenedFactor, row.node.tightenedFactor)
    let rows = (0..<p.count).flatMap { [Int](repeating: $0, count: q.count) }
    let columns = (0..<p.count).flatMap { _ in 0..<q.count }
    return product(column, row, rows, columns, AffineRun.outer(p, q))
  }

  public static func dot(_ left: TracedRun, _ right: TracedRun) -> TracedForm {
    let ones = LinearMap(rows: 1, columns: left.count, entries: (0..<left.count).map { (0, $0, 1) })
    return TracedForm(apply(ones, transposed: false, to: hadamard(left, right), in: AffineContext(firstFree: 0)))
  }

  public static func apply(
    _ map: LinearMap, transposed: Bool, to vector: TracedRun, in context: AffineContext
  ) -> TracedRun {
    let forms = AffineRun.apply(map, transposed: transposed, to: vector.forms, in: context)
    if vector.node.isLinear { return TracedRun(forms) }
    return TracedRun(TapeNode(.map(map.rounded.map(of: map, transposed: transposed), vector.node), forms: forms))
  }
}

/// How much of a row may be nonlinear before backward bounds are worth their time.
public enum TapeShare {
  /// Of a drive or a factor on the way.
  public static let intermediate = 0x1p-5
  /// Of a result.
  public static let result = 0x1p-12
}

extension TracedRun {
  private func exact(_ forms: AffineRun, _ operand: TapeNode, _ rows: [Int], _ factor: Double) -> TapeNode {
    let planes = PlaneTable(
      [[SupportPlane]](repeating: [SupportPlane(first: factor, constant: 0)], count: rows.count))
    return TapeNode(
      .rows(.init(first: operand, firstRows: rows, second: nil, secondRows: [], below: planes, above: planes)),
      forms: forms)
  }

  private static func combined(_ left: TracedRun, _ right: TracedRun, _ forms: AffineRun, sign: Double) -> TracedRun {
    if left.node.isLinear, right.node.isLinear { return TracedRun(forms) }
    let planes = PlaneTable(
      [[SupportPlane]](repeating: [SupportPlane(first: 1, second: sign, constant: 0)], count: left.count))
    let rows = Array(0..<left.count)
    return TracedRun(
      TapeNode(
        .rows(
          .init(first: left.node, firstRows: rows, second: right.node, secondRows: rows, below: planes, above: planes)),
        forms: forms))
  }

  private static func product(
    _ left: TracedRun, _ right: TracedRun, _ leftRows: [Int], _ rightRows: [Int], _ forms: AffineRun
  ) -> TracedRun {
    guard !forms.isUnbounded else { return TracedRun(forms) }
    let (below, above) =
      ProductPlanes(left.forms, right.forms, leftRows: leftRows, rightRows: rightRows, product: forms).tables
    return TracedRun(
      TapeNode(
        .rows(
          .init(
            first: left.node, firstRows: leftRows, second: right.node, secondRows: rightRows, below: below,
            above: above)),
        forms: forms))
  }

  /// f of every entry, between the planes given for it: a plane's first slope is that of the entry, deviations are from
  /// the centres of this run's forms and of `forms`.
  ///
  /// - Precondition: the planes hold over the ranges of this run's ``forms``.
  public func following(
    _ forms: AffineRun, below: [[SupportPlane]], above: [[SupportPlane]]
  ) -> TracedRun {
    TracedRun(
      TapeNode(
        .rows(
          .init(
            first: node, firstRows: Array(0..<count), second: nil, secondRows: [], below: PlaneTable(below),
            above: PlaneTable(above))),
        forms: forms))
  }
}

extension TapeNode {
  /// What a product reads.
  var tightenedFactor: AffineRun { tightened(share: TapeShare.intermediate) }
}
