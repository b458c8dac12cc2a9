import ExactArithmetic
import Networks
import Waves

extension Generator where Value == FrameStream {
  /// Streams for `network`: no entry of a frame is 0, and no target equals an output.
  ///
  /// At every tick every entry of the target differs from that of the static output of every frame of the stream, so
  /// that no output error vanishes by accident. Decided by enclosures, hence for any activation.
  ///
  /// - Parameters:
  ///   - motion: Of the inputs.
  ///   - targetMotion: Of the targets; as the inputs when left out.
  ///   - values: First values and steps; must be non-zero.
  public static func stream(
    for network: Network, _ motion: Motion, targets targetMotion: Motion? = nil, ticks: Int,
    values: Generator<Rational> = .rational(height: 6)
  ) -> Generator {
    let architecture = network.architecture
    return Generator { (source) throws(DiscardedCase) in
      func frames(_ node: Node, _ motion: Motion) throws(DiscardedCase) -> [Vector<Rational>] {
        try source.draw(.frames(motion, width: node.width, ticks: ticks, values: values))
      }
      var inputs: [[Vector<Rational>]] = []
      for node in architecture.nodes[..<architecture.inputCount] { inputs.append(try frames(node, motion)) }
      var targets: [[Vector<Rational>]] = []
      for output in architecture.outputs {
        targets.append(try frames(architecture.nodes[output], targetMotion ?? motion))
      }
      do {
        return try FrameStream(
          inputs: inputs, targets: shifted(targets, awayFromOutputsOf: network, at: inputs), for: architecture)
      } catch {
        preconditionFailure("a generated stream is refused: \(error)")
      }
    }
  }
}

/// The targets, each entry's course shifted as a whole until it meets neither 0 nor the static output of a frame.
private func shifted(
  _ targets: [[Vector<Rational>]], awayFromOutputsOf network: Network, at inputs: [[Vector<Rational>]]
) -> [[Vector<Rational>]] {
  let context = IntervalContext()
  let ticks = inputs.first?.count ?? 0
  let activities = Set((0..<ticks).map { tick in inputs.map { $0[tick] } }).map { frame in
    let enclosed = frame.map { row in row.map { Interval.exact($0, in: context) } }
    return StaticPass<Interval>.forward(network, inputs: enclosed, in: context).activities
  }
  return zip(network.architecture.outputs, targets).map { output, course in
    let entries = (0..<network.architecture.nodes[output].width).map { entry in
      shifted(course.map { $0[entry] }, awayFrom: activities.map { $0[output][entry] })
    }
    return course.indices.map { tick in Vector(entries.map { $0[tick] }) }
  }
}

private func shifted(_ course: [Rational], awayFrom outputs: [Interval]) -> [Rational] {
  var course = course
  while true {
    let met = outputs.filter { output in course.contains { output.contains($0) } }
    if met.isEmpty && !course.contains(where: \.isZero) { return course }
    let width = met.map(\.width).max() ?? 0
    let step = Rational(width.numerator.quotientAndRemainder(dividingBy: width.denominator).quotient) + 1
    course = course.map { $0 + step }
  }
}
