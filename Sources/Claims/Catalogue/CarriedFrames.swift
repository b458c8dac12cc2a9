import ExactArithmetic
import Networks
import Timing
import Waves

/// Which frames the signals of a chain carry, found by running the tick machine on lag sets in place of numbers.
///
/// Here a `LagSet` holds frames by their own number, not by their lag.
struct CarriedFrames {
  let depth: Int
  let machine: TickMachine<LagSet>

  init(depth: Int, _ reading: Reading, ticks: Int, _ setting: ClaimSetting) throws {
    try self.init(depth: depth, ticks: ticks) { try setting.machine($0, reading) }
  }

  /// - Parameter schedule: what the machine runs on a chain of width 1 and weights 1.
  init(
    depth: Int, _ activation: Activation = .quadratic, ticks: Int, schedule: (Architecture) throws -> Schedule
  ) throws {
    self.depth = depth
    let network = try ClaimNetworks.unitChain(activation, depth: depth)
    let series = [(0..<ticks).map { Vector([LagSet(lag: $0)]) }]
    machine = try TickMachine(
      network, schedule(network.architecture), frames: Frames(inputs: series, targets: series), in: LagContext())
  }

  /// The lags of the two factors of an update: of all that δ is made of, and of x.
  func lags(of layer: Int, at tick: Int) throws -> (error: Lags, input: Lags) {
    let factors = try machine.updateFactors(layer - 1, at: tick)
    return (Lags(factors.error[0].lags.map { tick - $0 }), Lags(factors.input[0].lags.map { tick - $0 }))
  }

  /// Compares the frames that a machine carries to each layer with the lags of the calculus.
  ///
  /// - Throws: `ReadingSurvey.Disagreement` where they differ.
  static func confirm(
    _ timing: TimingAnalysis, _ activation: Activation, schedule: (Architecture) throws -> Schedule
  ) throws {
    let tick = 4 * timing.depth + 4
    let carried = try CarriedFrames(
      depth: timing.depth, activation.isOpaque ? .quadratic : activation, ticks: tick + 2, schedule: schedule)
    for edge in timing.edges {
      let found = try carried.lags(of: edge.layer, at: tick)
      let errors = edge.errorLags.union(edge.targetLags).union(edge.countedSlopeLags)
      guard found.input == edge.inputLags, found.error == errors else {
        throw ReadingSurvey.Disagreement(
          description:
            "L = \(timing.depth), layer \(edge.layer): lags \(edge.inputLags.values) and \(errors.values) by the "
            + "calculus, \(found.input.values) and \(found.error.values) by the machine on sets of frames")
      }
    }
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
