import ExactArithmetic
import Networks
import Waves

/// A run in which every input is shown for `hold` ticks: the slow input of the paper's figure 2.
struct HeldFrames {
  let run: ExactRun
  let hold: Int
  /// The first tick of a frame that is shown after everything has filled.
  private let start: Int

  init(_ network: Network, _ schedule: Schedule, hold: Int) {
    self.hold = hold
    let depth = network.architecture.edges.count
    let shown = (2 * depth + 2 + hold - 1) / hold + 1
    start = (shown - 1) * hold
    let generic = ClaimNetworks.genericStream(network, ticks: shown)
    func held(_ series: [Vector<Rational>]) -> [Vector<Rational>] { (0..<(shown * hold)).map { series[$0 / hold] } }
    run = ExactRun(
      network, schedule,
      FrameStream(uncheckedInputs: generic.inputs.map(held), targets: generic.targets.map(held)))
  }

  /// How many ticks out of `hold` have an update that is the gradient of some frame, per edge.
  func exactTicks() throws(NetworkError) -> [Int] {
    var counts: [Int] = []
    for edge in run.network.architecture.edges.indices {
      var count = 0
      for tick in start..<(start + hold) where try isExact(edge, at: tick) { count += 1 }
      counts.append(count)
    }
    return counts
  }

  private func isExact(_ edge: Int, at tick: Int) throws(NetworkError) -> Bool {
    let update = try run.update(edge, at: tick)
    for frame in stride(from: tick, through: 0, by: -hold) where try run.gradient(edge, of: frame) == update {
      return true
    }
    return false
  }
}
