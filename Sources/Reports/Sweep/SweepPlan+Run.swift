import Claims
import ErrorBounds
import Networks

extension SweepPlan {
  /// Computes rows and hands them over in the order asked, each as soon as it and all before it are there.
  ///
  /// Rows are shared out among threads; where there are fewer rows than threads, the edges of a row are.
  /// - Parameter measures: whether rows carry the seconds that they took.
  public func run(
    _ rows: [Int], threads: Int, measures: Bool = false, deliver: @escaping @Sendable (SweepRow) -> Void
  ) throws {
    let inner = rows.count < threads ? threads : 1
    var uses: [ObjectIdentifier: Int] = [:]
    for row in rows { uses[ObjectIdentifier(items[row].question)] = row }
    let lastUse = uses
    let items = items
    try ParallelMap(threads: inner > 1 ? 1 : threads).forEach(rows) { row in
      let item = items[row]
      let clock = ContinuousClock()
      let start = clock.now
      var result = try Self.computed(item, threads: inner)
      if measures { result.seconds = Self.seconds(clock.now - start) }
      if lastUse[ObjectIdentifier(item.question)] == row { item.question.release() }
      return result
    } deliver: {
      deliver($0)
    }
  }

  private static func computed(_ item: Item, threads: Int) throws -> SweepRow {
    var row = item.row
    do {
      let analysis = try item.question.analysis()
      let effort = item.question.question.effort
      row.fill(
        try ParallelMap(threads: threads).map(item.edges) { try analysis.bound($0, effort: effort) })
    } catch BoundError.contradiction(let contradiction) {
      throw contradiction
    } catch {
      row.refuse(error as? NetworkError ?? NetworkError("\(error)"))
    }
    return row
  }

  /// To the millisecond.
  private static func seconds(_ duration: Duration) -> String {
    let milliseconds = duration.components.seconds * 1_000 + duration.components.attoseconds / 1_000_000_000_000_000
    let fraction = String(milliseconds % 1_000)
    return "\(milliseconds / 1_000)." + String(repeating: "0", count: 3 - fraction.count) + fraction
  }
}
