import ExactArithmetic
import Networks

/// Makes streams out of rows over all input units and all output units of an architecture.
struct StreamMaker {
  private let inputs: [Node]
  private let outputs: [Node]
  let inputWidth: Int
  let targetWidth: Int

  init(_ architecture: Architecture) {
    inputs = Array(architecture.nodes[..<architecture.inputCount])
    outputs = architecture.outputs.map { architecture.nodes[$0] }
    inputWidth = inputs.reduce(0) { $0 + $1.width }
    targetWidth = outputs.reduce(0) { $0 + $1.width }
  }

  /// One row per tick; an absent row is zero.
  func stream(inputs rows: [[Rational]?], targets: [[Rational]?]) -> FrameStream {
    func split(_ rows: [[Rational]?], _ nodes: [Node]) -> [[Vector<Rational>]] {
      var start = 0
      return nodes.map { node in
        defer { start += node.width }
        return rows.map { row in
          Vector(row.map { Array($0[start..<(start + node.width)]) } ?? [Rational](repeating: 0, count: node.width))
        }
      }
    }
    return FrameStream(uncheckedInputs: split(rows, inputs), targets: split(targets, outputs))
  }

  /// Every number drawn by itself, inputs first.
  func stream(ticks: Int, _ draw: () -> Rational) -> FrameStream {
    func rows(_ width: Int) -> [[Rational]?] { (0..<ticks).map { _ in (0..<width).map { _ in draw() } } }
    let inputs = rows(inputWidth)
    return stream(inputs: inputs, targets: rows(targetWidth))
  }
}
