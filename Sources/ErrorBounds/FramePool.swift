import ExactArithmetic
import Networks
import Waves

/// Some frames of a box, and what the static network does at each: of all triples of them, those that make an error large.
///
/// The factors of a decoupled error are functions of single frames, so that K frames make K³ errors at the price of K
/// passes. Estimates, for searches alone.
struct FramePool {
  private let frames: DecoupledFrames
  let points: [[Double]]
  /// Per unit, its value at every point.
  private let errors: [[Double]]
  private let activities: [[Double]]

  /// - Parameter most: how many frames; fewer, or `nil`, where the matrix is large.
  init?(_ frames: DecoupledFrames, edge: Edge, most: Int, seed: UInt64) {
    let nodes = frames.cells.network.architecture.nodes
    let entries = nodes[edge.target].width * nodes[edge.source].width
    let count = min(most, (1 << 24) / max(1, entries))
    guard count >= 8 else { return nil }
    var random = SplitMix(state: seed)
    let coordinates = frames.cells.coordinates
    points = (0..<count).map { _ in (0..<coordinates).map { _ in random.next() & 1 == 0 ? -1 : 1 } }
    // Of each pass only the two factors are kept.
    let factors = points.map { point in
      let pass = frames.cells.estimate(point)
      return (delta: pass.deltas[edge.target].storage.values, activity: pass.activities[edge.source].storage.values)
    }
    func transposed(_ values: [[Double]]) -> [[Double]] {
      (0..<(values.first?.count ?? 0)).map { unit in values.map { $0[unit] } }
    }
    errors = transposed(factors.map(\.delta))
    activities = transposed(factors.map(\.activity))
    self.frames = frames
  }

  /// The entries with the largest errors, and where they are.
  func largest(_ count: Int) -> [(row: Int, column: Int, attained: EntrySearch.Attained)] {
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
