import ExactArithmetic

/// Inputs and targets, one frame per tick, tick 0 first; before tick 0 every frame is that of tick 0.
///
/// Shapes: `inputs[i][t]` has the width of input i; `targets[o][t]` that of the o-th output.
public struct FrameStream: Sendable, Hashable {
  /// Per input of the architecture, in its order; per tick.
  public var inputs: [[Vector<Rational>]]
  /// Per output of the architecture, in its order; per tick.
  public var targets: [[Vector<Rational>]]

  /// - Throws: `NetworkError` naming the input, output or tick whose shape is wrong.
  public init(
    inputs: [[Vector<Rational>]], targets: [[Vector<Rational>]], for architecture: Architecture
  ) throws(NetworkError) {
    self.inputs = inputs
    self.targets = targets
    let ticks = inputs.first?.count ?? targets.first?.count ?? 0
    guard ticks > 0 else { throw NetworkError("the stream has no ticks; give at least one row") }
    let named =
      zip(architecture.nodes[..<architecture.inputCount], inputs).map { ("input", $0, $1) }
      + zip(architecture.outputs.map { architecture.nodes[$0] }, targets).map { ("target", $0, $1) }
    guard named.count == architecture.inputCount + architecture.outputs.count else {
      throw NetworkError("the stream needs a row per tick for every input and every output")
    }
    for (kind, node, rows) in named {
      guard rows.count == ticks else {
        throw NetworkError(
          "\(kind) \"\(node.name)\" of the stream has \(rows.count) ticks, others have \(ticks); all must agree")
      }
      for (tick, row) in rows.enumerated() where row.count != node.width {
        throw NetworkError(
          "\(kind) \"\(node.name)\" of the stream has \(row.count) numbers at tick \(tick); its width is \(node.width)")
      }
    }
  }

  /// Number of ticks with a frame of their own, at least 1.
  public var ticks: Int { inputs.first?.count ?? targets.first?.count ?? 0 }
}

extension FrameStream {
  /// For each tick, the first one with the same frame.
  public var firstEqualTicks: [Int] {
    var first: [[Vector<Rational>]: Int] = [:]
    return (0..<ticks).map { tick in
      let frame = inputs.map { $0[tick] } + targets.map { $0[tick] }
      if let known = first[frame] { return known }
      first[frame] = tick
      return tick
    }
  }

  /// A stream whose shapes are right by construction.
  package init(uncheckedInputs inputs: [[Vector<Rational>]], targets: [[Vector<Rational>]]) {
    self.inputs = inputs
    self.targets = targets
  }
}
