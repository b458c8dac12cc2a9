import ExactArithmetic
import Networks
import Timing
import Waves

/// The space-time data of the paper's figures 1, 2 and 3: which frame each wave carries at each tick and layer.
///
/// L = 9 (ten levels), the reading under which equation (6) holds. Frames are found by the lags and by the tick machine
/// run on sets of frames; exactness by the lags and by an exact run of a generic chain. All must agree.
public struct WaveFigure: Sendable {
  /// What is fed: one input for ever, inputs held for some ticks, or another one at every tick.
  public enum Input: Sendable, Hashable {
    case constant
    case held(ticks: Int)
    case abrupt

    /// Which input is shown at a tick, counted from 0.
    func shown(at tick: Int) -> Int {
      switch self {
      case .constant: 0
      case .held(let ticks): tick / ticks
      case .abrupt: tick
      }
    }
  }

  /// What layer l holds at a tick. A frame is the tick at which it entered; `nil` before the wave arrives.
  public struct Cell: Sendable, Hashable {
    public let tick: Int
    public let layer: Int
    /// The frame of x_{t,l}.
    public let forward: Int?
    /// The frame of δ_{t,l}; layer 0 has none.
    public let backward: Int?
    /// The frame of x_{t,l−1}, the other factor of the update.
    public let input: Int?
    /// Both factors of the update carry one frame.
    public let meets: Bool
    /// The update of layer l is the gradient of an input that was shown.
    public let isExact: Bool
  }

  public let number: Int
  public let input: Input
  public let depth: Int
  public let ticks: Int
  /// Tick by tick, layers 0 … L.
  public let cells: [Cell]
  /// Error lag − input lag: how much newer the input is than the error, per layer 1 … L, at every tick.
  public let mismatches: [Int]
  /// The tick from which a constant input makes every layer exact.
  public let fill: Int

  /// - Parameter number: 1 (constant), 2 (slow: each input held 12 ticks), 3 (abrupt).
  /// - Throws: `NetworkError` for another number; `ReadingSurvey.Disagreement` when two roads differ.
  public init(_ number: Int, depth: Int = 9, setting: ClaimSetting = ClaimSetting()) throws {
    self.number = number
    self.depth = depth
    switch number {
    case 1: (input, ticks) = (.constant, 2 * depth)
    case 2: (input, ticks) = (.held(ticks: depth + 3), 3 * (depth + 3))
    case 3: (input, ticks) = (.abrupt, 2 * depth)
    default: throw NetworkError("the paper has figures 1, 2 and 3; there is no figure \(number)")
    }
    let chain = try ClaimNetworks.anyChain(depth: depth)
    let timing = try TimingAnalysis(chain, setting.calculus(chain, Reading()))
    let runs = try WaveFigureRuns(depth: depth, input: input, ticks: ticks, setting)
    var cells: [Cell] = []
    for tick in 0..<ticks {
      for layer in 0...depth { cells.append(try runs.cell(tick, layer, timing)) }
    }
    self.cells = cells
    mismatches = timing.edges.map { $0.mismatch ?? 0 }
    fill = timing.fill
  }

  /// The ticks at which a layer is exact.
  public func exactTicks(of layer: Int) -> [Int] { cells.filter { $0.layer == layer && $0.isExact }.map(\.tick) }
}
