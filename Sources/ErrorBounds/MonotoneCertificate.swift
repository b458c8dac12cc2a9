import ExactArithmetic
import Networks

/// Where every derivative of an entry keeps its sign over the whole box, the extremes are at two vertices.
///
/// Then the supremum is a number that can be evaluated: upper and lower bound are the same rational, or the two ends of
/// one enclosure (docs/theory.md, monotone certificate; Clarke derivatives where σ has kinks).
/// Complexity: one evaluation on jets, as many forms as parameters; entries some rows at a time.
struct MonotoneCertificate {
  /// Per entry, the vertex of the largest value; its opposite has the smallest. `nil` where some sign is open.
  let vertices: [[Double]?]

  /// - Parameter most: how many entries have their derivatives at a time.
  init(_ problem: BoundProblem, precision: Int, most: Int = .max) {
    let family = problem.family
    let context = AffineContext(precision: precision, firstFree: family.parameters)
    let products = problem.evaluator.products(
      at: family.jets(over: ParameterBox(whole: family.parameters), in: context), in: context)
    var vertices: [[Double]?] = []
    products.forEachBlock(most: most) { _, block in
      let error = block.storage
      vertices += (0..<error.count).map { Self.vertex(error, $0, family.parameters) }
    }
    self.vertices = vertices
  }

  private static func vertex(_ error: JetRun<AffineForm>, _ index: Int, _ parameters: Int) -> [Double]? {
    var vertex = [Double](repeating: 1, count: parameters)
    for (direction, run) in error.partials {
      guard !run.isUnbounded, !error.values.isUnbounded else { return nil }
      let (lower, upper) = run.range(index).doubles
      if lower >= 0 { continue }
      guard upper <= 0 else { return nil }
      vertex[direction] = -1
    }
    return vertex
  }
}

extension MonotoneCertificate {
  /// What the certificate settles: the supremum over all entries, or better bounds of some.
  struct Outcome {
    /// At least the supremum, where every entry that matters is settled.
    var supremum: Rational?
    var lower: LowerBound
  }

  /// Jets cost as many forms as there are parameters.
  static func isAffordable(_ problem: BoundProblem) -> Bool {
    problem.family.parameters <= 256 && problem.cost * problem.family.parameters <= 1 << 21
  }

  /// Evaluates the vertices of all entries that may exceed the attained error.
  ///
  /// - Parameter bounds: improved where an entry is settled.
  func settle(_ bounds: inout EntryBounds, _ lower: LowerBound, _ search: LowerBoundSearch) -> Outcome {
    var outcome = Outcome(supremum: nil, lower: lower)
    var (settledEntries, isWhole) = ([Int: Rational](), true)
    let order = bounds.values.indices.sorted { bounds.values[$0] > bounds.values[$1] }
    for (count, index) in order.enumerated() {
      // The rest is dominated by what is attained.
      guard bounds.values[index].isFinite else { return outcome }
      if FrameFamily.exact(bounds.values[index]) <= outcome.lower.value { break }
      guard count < 64, let vertex = vertices[index] else {
        isWhole = false
        continue
      }
      var settled: Rational = 0
      for sign in [1.0, -1.0] {
        let point = vertex.map { FrameFamily.exact($0 * sign) }
        let value = search.enclosure(point, bounds.place(of: index))
        settled = max(settled, value.upper, -value.lower)
        let attained = search.evaluated(point, frobenius: false)
        if attained.value > outcome.lower.value { outcome.lower = attained }
      }
      settledEntries[index] = settled
      bounds.values[index] = min(bounds.values[index], Interval(settled, precision: 53).doubles.upper)
    }
    guard isWhole else { return outcome }
    // Entries that are dominated by what is attained count as that; one that is settled speaks for itself, so that an
    // attained error beyond it shows.
    let place = outcome.lower.entry.row * bounds.columns + outcome.lower.entry.column
    let attained = settledEntries[place] == nil ? outcome.lower.upperEnd : 0
    outcome.supremum = max(attained, settledEntries.values.max() ?? 0)
    return outcome
  }
}
