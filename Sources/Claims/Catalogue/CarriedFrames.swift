import ExactArithmetic
import Networks
import Waves

/// Which frames the signals of a chain carry, found by running the tick machine on lag sets in place of numbers.
///
/// Here a `LagSet` holds frames by their own number, not by their lag.
struct CarriedFrames {
  let depth: Int
  let machine: TickMachine<LagSet>

  init(depth: Int, _ reading: Reading, ticks: Int, _ setting: ClaimSetting) throws {
    self.depth = depth
    let network = try ClaimNetworks.unitChain(.quadratic, depth: depth)
    let series = [(0..<ticks).map { Vector([LagSet(lag: $0)]) }]
    machine = try TickMachine(
      network, setting.machine(network.architecture, reading), frames: Frames(inputs: series, targets: series),
      in: LagContext())
  }

  /// Frames that x_{t,l} is a function of.
  func activity(_ layer: Int, at tick: Int) throws -> [Int] { try machine.activity(layer, at: tick)[0].lags }

  /// Frames that δ_{t,l} is a function of, slopes and targets included.
  func error(_ layer: Int, at tick: Int) throws -> [Int] { try machine.delta(layer, at: tick)[0].lags }

  /// Over how many ticks the frames of one update lie apart: newest − oldest.
  func spread(of layer: Int, at tick: Int) throws -> Int {
    let factors = try machine.updateFactors(layer - 1, at: tick)
    let frames = factors.error[0].lags + factors.input[0].lags
    return (frames.max() ?? 0) - (frames.min() ?? 0)
  }
}
