import ExactArithmetic
import Networks
import Waves

/// Some frames of a box, and what the static network does at each: of all triples of them, those that make an error large.
///
/// The factors of a decoupled error are functions of single frames, so that K frames make K³ errors at the price of K
/// passes. Estimates, for searches alone.
struct FramePool {
  private let frames: DecoupledFrames
  private let edge: Edge
  private(set) var points: [[Double]] = []
  /// Per unit, its value at every point.
  private var errors: [[Double]]
  private var activities: [[Double]]
  /// What has been climbed already: entries of a row share their deltas, those of a column their activities.
  private var climbed: Set<FrameQuantity.Kind> = []

  /// - Parameter most: how many frames; fewer, or `nil`, where the matrix is large.
  init?(_ frames: DecoupledFrames, edge: Edge, most: Int, seed: UInt64) {
    let nodes = frames.cells.network.architecture.nodes
    let entries = nodes[edge.target].width * nodes[edge.source].width
    let count = min(most, (1 << 24) / max(1, entries))
    guard count >= 8 else { return nil }
    self.frames = frames
    self.edge = edge
    errors = [[Double]](repeating: [], count: nodes[edge.target].width)
    activities = [[Double]](repeating: [], count: nodes[edge.source].width)
    var random = SplitMix(state: seed)
    for _ in 0..<count {
      insert((0..<frames.cells.coordinates).map { _ in random.next() & 1 == 0 ? -1 : 1 })
    }
  }

  /// Of the pass only the two factors are kept.
  private mutating func insert(_ point: [Double]) {
    let pass = frames.cells.estimate(point)
    points.append(point)
    for (unit, delta) in pass.deltas[edge.target].storage.values.enumerated() { errors[unit].append(delta) }
    for (unit, activity) in pass.activities[edge.source].storage.values.enumerated() {
      activities[unit].append(activity)
    }
  }

  /// Climbs each quantity of one frame that an entry's largest error is made of, from the frames of the pool where it is
  /// largest. Where the climbs end is added, for every entry to use.
  ///
  /// - Parameter starts: of each quantity.
  mutating func climb(row: Int, column: Int, starts: Int, by search: PatternSearch) {
    func ends(_ kind: FrameQuantity.Kind) {
      guard climbed.insert(kind).inserted else { return }
      let quantity = FrameQuantity(kind, edge)
      for sign in [1.0, -1.0] {
        let values = points.indices.map { place in
          let value: Estimate = kind.value(
            error: { Estimate(errors[$0][place]) }, activity: { Estimate(activities[$0][place]) }, in: EstimateContext()
          )
          return sign * value.value
        }
        let order = values.indices.sorted { (values[$0], $1) > (values[$1], $0) }
        // The largest may lie round one local maximum: as many are taken from all over.
        let best = order.prefix(starts / 2)
        let others = stride(from: starts / 2, to: order.count, by: max(1, order.count / max(1, starts - starts / 2)))
        for start in (best + others.map { order[$0] }).map({ points[$0] }) {
          let climbed = search.climb(from: start, coordinates: frames.cells.moving) { point in
            sign * frames.cells.estimate(quantity, at: point)
          }
          if climbed.point != start { insert(climbed.point) }
        }
      }
    }
    switch frames.kind {
    case .free:
      ends(.error(row: row))
      ends(.activity(column: column))
      ends(.product(row: row, column: column))
    case .together: ends(.product(row: row, column: column))
    case .distance(let movesInput):
      ends(movesInput ? .activity(column: column) : .error(row: row))
      let moved = movesInput ? activities[column] : errors[row]
      for end in [moved.min(), moved.max()] {
        // What overflowed is no place to measure from.
        guard let end, end.isFinite else { continue }
        ends(.distance(end: end, row: row, column: column, movesInput: movesInput))
      }
    }
  }

  /// An entry, and frames at which its error is as large as the pool makes it.
  typealias Entry = (row: Int, column: Int, attained: EntrySearch.Attained)

  /// The entries with the largest errors, and where they are; those that are asked for beside them.
  func largest(_ count: Int, and others: [(row: Int, column: Int)] = []) -> [Entry] {
    let (errorEnds, activityEnds) = (errors.map(Ends.init), activities.map(Ends.init))
    var best: [(value: Double, row: Int, column: Int)] = []
    for row in errors.indices {
      for column in activities.indices {
        let value = triple(row, column, errorEnds[row], activityEnds[column]).value
        guard best.count < count || value > best[best.count - 1].value else { continue }
        let place = best.firstIndex { $0.value < value } ?? best.count
        best.insert((value, row, column), at: place)
        if best.count > count { best.removeLast() }
      }
    }
    for (row, column) in others where !best.contains(where: { ($0.row, $0.column) == (row, column) }) {
      best.append((0, row, column))
    }
    return best.map { entry in
      let triple = triple(entry.row, entry.column, errorEnds[entry.row], activityEnds[entry.column])
      return (
        entry.row, entry.column,
        EntrySearch.Attained(
          value: triple.value, input: points[triple.input], error: points[triple.error],
          reference: points[triple.reference])
      )
    }
  }

  /// The places of a unit's least and largest value.
  private struct Ends {
    var low = 0
    var high = 0

    init(_ values: [Double]) {
      for index in values.indices {
        if values[index] < values[low] { low = index }
        if values[index] > values[high] { high = index }
      }
    }
  }

  private typealias Triple = (value: Double, input: Int, error: Int, reference: Int)

  private func triple(_ row: Int, _ column: Int, _ deltas: Ends, _ inputs: Ends) -> Triple {
    let (d, x) = (errors[row], activities[column])
    var best: Triple = (-1, 0, 0, 0)
    func consider(_ input: Int, _ error: Int, _ reference: Int) {
      let value = (d[error] * x[input] - d[reference] * x[reference]).magnitude
      if value > best.value { best = (value, input, error, reference) }
    }
    switch frames.kind {
    case .distance(let movesInput):
      for reference in points.indices {
        for end in movesInput ? [inputs.low, inputs.high] : [deltas.low, deltas.high] {
          consider(movesInput ? end : reference, movesInput ? reference : end, reference)
        }
      }
    case .free, .together:
      var (low, high) = (0, 0)
      for index in points.indices {
        let product = d[index] * x[index]
        if product < d[low] * x[low] { low = index }
        if product > d[high] * x[high] { high = index }
      }
      for reference in [low, high] {
        guard case .free = frames.kind else {
          consider(low + high - reference, low + high - reference, reference)
          continue
        }
        for input in [inputs.low, inputs.high] {
          for error in [deltas.low, deltas.high] { consider(input, error, reference) }
        }
      }
    }
    return best
  }
}
