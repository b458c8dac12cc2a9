import ExactArithmetic
import Networks
import Waves

/// Runs one stream on one network and says for which edges it is a witness.
///
/// Generic over the numbers: exact where σ allows it, enclosures otherwise. `isCertainlyDifferent` decides, so that an
/// overlap of enclosures never counts as a difference.
struct WitnessTrial<S: NetworkScalar & WitnessScalar>: Sendable {
  let network: Network
  let schedule: Schedule
  let context: S.Context

  /// The edges among `edges` for which the stream, at its tick, is a witness.
  func refuted(_ edges: [Int], by stream: FrameStream, at tick: Int) throws(NetworkError) -> [Int] {
    let machine = TickMachine(network, schedule, frames: Frames<S>(stream, in: context), in: context)
    let frames = Self.distinctFrames(stream)
    var refuted: [Int] = []
    for edge in edges {
      let (error, input) = try machine.updateFactors(edge, at: tick)
      var differs = true
      for frame in frames where differs {
        let pass = try machine.staticPass(at: frame)
        differs = difference(edge, error, input, pass) != nil
      }
      if differs { refuted.append(edge) }
    }
    return refuted
  }

  /// The whole witness, values written out; `nil` when the stream is none for this edge.
  func witness(for edge: Int, stream: FrameStream, tick: Int, model: Architecture?) throws(NetworkError) -> Witness? {
    let machine = TickMachine(network, schedule, frames: Frames<S>(stream, in: context), in: context)
    let (error, input) = try machine.updateFactors(edge, at: tick)
    var nearest: (frame: Int, entry: (row: Int, column: Int), distance: Rational)?
    for frame in Self.distinctFrames(stream) {
      let pass = try machine.staticPass(at: frame)
      guard let entry = difference(edge, error, input, pass) else { return nil }
      let distance = self.distance(edge, entry, error, input, pass)
      if nearest.map({ distance < $0.distance }) ?? true { nearest = (frame, entry, distance) }
    }
    guard let nearest else { return nil }
    let ends = network.architecture.edges[edge]
    let pass = try machine.staticPass(at: nearest.frame)
    return Witness(
      stream: stream, tick: tick, update: written(error, input, nearest.entry),
      nearestGradient: written(pass.deltas[ends.target], pass.activities[ends.source], nearest.entry),
      nearestFrame: nearest.frame, isPartial: error.count > Witness.largestWritten / input.count, entry: nearest.entry,
      model: model)
  }

  /// An entry at which δ xᵀ certainly differs from the gradient of a frame.
  ///
  /// Both are products of a column and a row. Where one of them is not zero, they are equal exactly if they agree along
  /// that entry's row and column: so n + m entries are compared instead of n · m.
  private func difference(
    _ edge: Int, _ error: Vector<S>, _ input: Vector<S>, _ pass: StaticPass<S>
  ) -> (row: Int, column: Int)? {
    let ends = network.architecture.edges[edge]
    let (delta, activity) = (pass.deltas[ends.target].elements, pass.activities[ends.source].elements)
    let (errors, inputs) = (error.elements, input.elements)
    func differs(_ row: Int, _ column: Int) -> Bool {
      (errors[row] * inputs[column]).isCertainlyDifferent(from: delta[row] * activity[column])
    }
    for (column, row) in [(errors, inputs), (delta, activity)] {
      guard let pivotRow = column.firstIndex(where: { !$0.isZero }),
        let pivotColumn = row.firstIndex(where: { !$0.isZero })
      else { continue }
      if let found = row.indices.first(where: { differs(pivotRow, $0) }) { return (pivotRow, found) }
      if let found = column.indices.first(where: { differs($0, pivotColumn) }) { return (found, pivotColumn) }
      return nil
    }
    return nil
  }

  private func distance(
    _ edge: Int, _ entry: (row: Int, column: Int), _ error: Vector<S>, _ input: Vector<S>, _ pass: StaticPass<S>
  ) -> Rational {
    let ends = network.architecture.edges[edge]
    let update = error.elements[entry.row] * input.elements[entry.column]
    let gradient = pass.deltas[ends.target].elements[entry.row] * pass.activities[ends.source].elements[entry.column]
    switch (update - gradient).witnessNumber {
    case .exact(let value): return value.magnitude
    case .enclosed(let lower, let upper): return min(lower.magnitude, upper.magnitude)
    }
  }

  private func written(
    _ error: Vector<S>, _ input: Vector<S>, _ entry: (row: Int, column: Int)
  ) -> [[WitnessNumber]] {
    guard error.count <= Witness.largestWritten / input.count else {
      return [[(error[entry.row] * input[entry.column]).witnessNumber]]
    }
    let inputs = input.elements
    return error.elements.map { row in inputs.map { (row * $0).witnessNumber } }
  }

  /// One tick for each different frame of a stream: equal frames have equal gradients.
  static func distinctFrames(_ stream: FrameStream) -> [Int] {
    var seen = Set<[Vector<Rational>]>()
    return (0..<stream.ticks).filter { tick in
      seen.insert(stream.inputs.map { $0[tick] } + stream.targets.map { $0[tick] }).inserted
    }
  }
}
