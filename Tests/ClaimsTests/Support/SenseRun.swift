import ExactArithmetic
import Networks
import Timing
import Waves

/// Which edges are exact on one network, found by running a signal of distinct frames, with no look at round trips.
struct SenseRun {
  let network: Network
  let schedule: Schedule

  init(_ network: Network, _ schedule: Schedule) {
    self.network = network
    self.schedule = schedule
  }

  /// Rest, six distinct frames, rest again; long enough for anything to pass that a few dozen ticks can hold.
  private func stream(rest: Int) -> FrameStream {
    let architecture = network.architecture
    func series(_ nodes: [Node], sign: Int) -> [[Vector<Rational>]] {
      nodes.enumerated().map { place, node in
        let shown = (0..<6).map { tick in
          Vector((0..<node.width).map { Rational(sign * (1 + [2, 7, 1, 11, 5, 17][tick] * (place + 1) + $0)) })
        }
        let still = Vector((0..<node.width).map { _ in Rational(sign) })
        return [Vector<Rational>](repeating: still, count: rest) + shown
          + [Vector<Rational>](repeating: still, count: 3 * rest)
      }
    }
    return FrameStream(
      uncheckedInputs: series(Array(architecture.nodes[..<architecture.inputCount]), sign: 1),
      targets: series(architecture.outputs.map { architecture.nodes[$0] }, sign: -1))
  }

  func exactEdges(_ sense: ExactnessSense) throws -> [Int] {
    let rest = 24
    let stream = stream(rest: rest)
    let context = ExactContext()
    let frames = Frames<Rational>(stream, in: context)
    let machine = TickMachine<Rational>(network, schedule, frames: frames, in: context)
    let outputs = try OutputTimeNetwork(network, schedule)
    let times = 0..<(stream.ticks - rest)
    let gradients = try times.map { try outputs.gradients(at: $0, of: frames, in: context) }
    return try network.architecture.edges.indices.filter { edge in
      let updates = try times.map { try machine.update(edge, at: $0) }
      switch sense {
      case .delay, .frame: preconditionFailure("per frame is tested elsewhere")
      case .outputTime:
        // One age for all ticks from the first on at which every output time is inside the run.
        return (0...rest).contains { age in
          (rest..<times.upperBound).allSatisfy { updates[$0] == gradients[$0 - age][edge] }
        }
      case .accumulated:
        let start = updates[0].map { _ in 0 as Rational }
        return updates.reduce(start, +) == gradients.map { $0[edge] }.reduce(start, +)
      }
    }
  }
}
