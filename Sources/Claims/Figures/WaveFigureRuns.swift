import ExactArithmetic
import Networks
import Timing
import Waves

/// The two runs behind a figure: on sets of frames, and on exact numbers.
///
/// Frame 0 of both is what stood before the figure begins; the figure's tick t is tick t + 1 here.
struct WaveFigureRuns {
  private let input: WaveFigure.Input
  private let carried: CarriedFrames
  private let run: ExactRun

  init(depth: Int, input: WaveFigure.Input, ticks: Int, _ setting: ClaimSetting) throws {
    self.input = input
    carried = try CarriedFrames(depth: depth, Reading(), ticks: ticks + 1, setting)
    let network = try ClaimNetworks.genericChain(depth: depth)
    let generic = ClaimNetworks.genericStream(network, ticks: input.shown(at: ticks) + 2)
    func series(_ rows: [Vector<Rational>]) -> [Vector<Rational>] {
      [rows[0]] + (0..<ticks).map { rows[1 + input.shown(at: $0)] }
    }
    run = try ExactRun(
      network, setting.machine(network.architecture, Reading()),
      FrameStream(uncheckedInputs: generic.inputs.map(series), targets: generic.targets.map(series)))
  }

  func cell(_ tick: Int, _ layer: Int, _ timing: TimingAnalysis) throws -> WaveFigure.Cell {
    let forward = try frame(carried.activity(layer, at: tick + 1), tick, layer, forwardLag(layer, timing))
    guard layer > 0 else {
      return WaveFigure.Cell(
        tick: tick, layer: 0, forward: forward, backward: nil, input: nil, meets: false, isExact: false)
    }
    let edge = timing.edges[layer - 1]
    let backward = try frame(carried.error(layer, at: tick + 1), tick, layer, edge.errorLags.single)
    let arriving = try frame(carried.activity(layer - 1, at: tick + 1), tick, layer, edge.inputLags.single)
    let isExact = try runIsExact(edge.edge, at: tick)
    let sees = [backward, arriving].map { $0.map(input.shown) }
    guard isExact == (sees[0] != nil && sees[0] == sees[1]) else {
      throw ReadingSurvey.Disagreement(
        description:
          "tick \(tick), layer \(layer): the lags see the inputs \(sees.map { $0.map(String.init) ?? "-" }), the "
          + "run \(isExact ? "is" : "is not") exact")
    }
    return WaveFigure.Cell(
      tick: tick, layer: layer, forward: forward, backward: backward, input: arriving,
      meets: backward != nil && backward == arriving, isExact: isExact)
  }

  /// The lag of x_l: that of the input of the next layer, and one more for the last.
  private func forwardLag(_ layer: Int, _ timing: TimingAnalysis) -> Int? {
    layer < timing.edges.count
      ? timing.edges[layer].inputLags.single : timing.edges[layer - 1].inputLags.single.map { $0 + 1 }
  }

  /// The frame by lag, when the run carries the same one; `nil` for what stood before.
  private func frame(_ found: [Int], _ tick: Int, _ layer: Int, _ lag: Int?) throws -> Int? {
    guard let lag, found == [max(tick + 1 - lag, 0)] else {
      throw ReadingSurvey.Disagreement(
        description: "tick \(tick), layer \(layer): lag \(lag.map(String.init) ?? "none"), the run carries frames "
          + "\(found.map { $0 - 1 })")
    }
    return tick >= lag ? tick - lag : nil
  }

  /// The update is the gradient of an input that was shown by then.
  private func runIsExact(_ edge: Int, at tick: Int) throws -> Bool {
    let update = try run.update(edge, at: tick + 1)
    for shown in 0...input.shown(at: tick) {
      guard let first = (0...tick).first(where: { input.shown(at: $0) == shown }) else { continue }
      if try run.gradient(edge, of: first + 1) == update { return true }
    }
    return false
  }
}
