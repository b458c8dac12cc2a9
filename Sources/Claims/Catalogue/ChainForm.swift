import Networks
import Timing
import Waves

/// The lags of one schedule on a chain, as closed forms over the depth L and the layer l.
struct ChainForm: Sendable {
  let name: String
  let activation: Activation
  /// The schedules that the calculus analyses and that the machine runs.
  let schedules: @Sendable (ClaimSetting, Architecture) throws -> (calculus: Schedule, machine: Schedule)
  let input: @Sendable (_ depth: Int, _ layer: Int) -> Int
  /// σ′ of layer k on the way to layer l, l ≤ k < L; absent where σ is affine.
  var slope: (@Sendable (_ depth: Int, _ layer: Int, _ passed: Int) -> Int)?
  let error: @Sendable (_ depth: Int, _ layer: Int) -> Int
  let target: @Sendable (_ depth: Int, _ layer: Int) -> Int
  /// The exact layers of a chain.
  let exact: @Sendable (_ depth: Int) -> [Int]
  /// The greatest spread.
  let window: @Sendable (_ depth: Int) -> Int
  /// Values of x_{l−1} that layer l holds.
  let memory: @Sendable (_ depth: Int, _ layer: Int) -> Int

  static let all: [ChainForm] = open + closed + siblings

  private static let open = [
    ChainForm(
      name: "diffusion, open error, σ affine", activation: .identity, schedules: diffusion(Reading(slope: .drive)),
      input: { $1 - 1 }, error: { $0 - $1 }, target: { $0 - $1 }, exact: { $0 % 2 == 1 ? [($0 + 1) / 2] : [] },
      window: { $0 - 1 }, memory: { _, _ in 1 }),
    ChainForm(
      name: "diffusion, open error, σ′ of the drive", activation: .opaque("σ"),
      schedules: diffusion(Reading(slope: .drive)), input: { $1 - 1 }, slope: { 2 * $2 - $1 - 1 }, error: { $0 - $1 },
      target: { $0 - $1 }, exact: { $0 == 1 ? [1] : $0 == 3 ? [2] : [] }, window: { max($0 - 1, 2 * $0 - 4) },
      memory: { _, _ in 1 }),
    ChainForm(
      name: "diffusion, open error, σ′ of the emitted activity", activation: .opaque("σ"),
      schedules: diffusion(Reading(slope: .emitted)), input: { $1 - 1 }, slope: { 2 * $2 - $1 }, error: { $0 - $1 },
      target: { $0 - $1 }, exact: { $0 == 1 ? [1] : [] }, window: { $0 == 1 ? 0 : max($0 - 1, 2 * $0 - 3) },
      memory: { _, _ in 1 }),
  ]

  private static let closed = [
    ChainForm(
      name: "diffusion, own error with its own target", activation: .opaque("σ"),
      schedules: diffusion(Reading(slope: .drive, error: .closed)), input: { $1 - 1 }, slope: { 2 * $2 - $1 - 1 },
      error: { 2 * $0 - $1 }, target: { 2 * $0 - $1 }, exact: { _ in [] }, window: { 2 * $0 - 1 }, memory: { _, _ in 1 }
    ),
    ChainForm(
      name: "diffusion, own error with the present target", activation: .opaque("σ"),
      schedules: diffusion(Reading(slope: .drive, error: .closedCurrent)), input: { $1 - 1 },
      slope: { 2 * $2 - $1 - 1 }, error: { 2 * $0 - $1 }, target: { $0 - $1 }, exact: { _ in [] },
      window: { 2 * $0 - 1 }, memory: { _, _ in 1 }),
  ]

  private static let siblings = [
    ChainForm(
      name: ClaimSetting.Sibling.sideways.rawValue, activation: .opaque("σ"), schedules: sibling(.sideways),
      input: { $1 }, slope: { 2 * $2 - $1 }, error: { 2 * $0 - $1 }, target: { 2 * $0 - $1 }, exact: { [$0] },
      window: { 2 * $0 - 2 }, memory: { _, _ in 1 }),
    ChainForm(
      name: ClaimSetting.Sibling.partime.rawValue, activation: .opaque("σ"), schedules: sibling(.partime),
      input: { $1 - 1 }, slope: { 2 * $2 - $1 - 1 }, error: { 2 * $0 - $1 - 1 }, target: { 2 * $0 - $1 - 1 },
      exact: { [$0] }, window: { 2 * $0 - 2 }, memory: { _, _ in 1 }),
    ChainForm(
      name: ClaimSetting.Sibling.equilibrium.rawValue, activation: .opaque("σ"), schedules: sibling(.equilibrium),
      input: { $1 - 1 }, slope: { 2 * $2 - $1 }, error: { 2 * $0 - $1 }, target: { $0 - $1 }, exact: { _ in [] },
      window: { 2 * $0 - 1 }, memory: { _, _ in 1 }),
    ChainForm(
      name: ClaimSetting.Sibling.pipeDream.rawValue + " (in slots)", activation: .opaque("σ"),
      schedules: sibling(.pipeDream), input: { 2 * $0 - $1 }, slope: { depth, layer, _ in 2 * depth - layer },
      error: { 2 * $0 - $1 }, target: { 2 * $0 - $1 }, exact: { Array(1...$0) }, window: { _ in 0 },
      memory: { $0 - $1 + 1 }),
  ]

  private static func diffusion(_ reading: Reading)
    -> @Sendable (ClaimSetting, Architecture) throws -> (
      calculus: Schedule, machine: Schedule
    )
  {
    { setting, graph in try (setting.calculus(graph, reading), setting.machine(graph, reading)) }
  }

  private static func sibling(_ sibling: ClaimSetting.Sibling)
    -> @Sendable (ClaimSetting, Architecture) throws -> (
      calculus: Schedule, machine: Schedule
    )
  {
    { setting, graph in try (setting.siblingCalculus(sibling, graph), setting.siblingMachine(sibling, graph)) }
  }
}

extension ChainForm {
  /// The first difference between closed forms and calculus at a depth, in words; exact runs must agree with the calculus.
  func difference(at depth: Int, _ setting: ClaimSetting) throws -> String? {
    let affine = activation.isAffine
    let network =
      affine ? try ClaimNetworks.unitChain(.identity, depth: depth) : try ClaimNetworks.genericChain(depth: depth)
    let chain = affine ? network.architecture : try ClaimNetworks.anyChain(depth: depth)
    let (calculus, machine) = (
      try schedules(setting, chain).calculus, try schedules(setting, network.architecture).machine
    )
    let timing = try BothRoads(timing: TimingAnalysis(chain, calculus), schedule: machine, network).timing
    try CarriedFrames.confirm(timing, activation) { try schedules(setting, $0).machine }
    for edge in timing.edges {
      let layer = edge.layer
      let own = Lags(error(depth, layer))
      var slopes = slope.map { slope in Lags((layer..<max(depth, layer)).map { slope(depth, layer, $0) }) } ?? .none
      if calculus.errorSource == .closed, !affine { slopes.formUnion(own) }
      let held =
        (max(calculus.inputMemory[edge.edge] - calculus.forwardLatency[edge.edge], 0)) / calculus.framePeriod + 1
      let compared: [(String, Lags, Lags)] = [
        ("input", edge.inputLags, Lags(input(depth, layer))), ("error", edge.errorLags, own),
        ("target", edge.targetLags, Lags(target(depth, layer))), ("slope", edge.countedSlopeLags, slopes),
        ("memory", Lags(held), Lags(memory(depth, layer))),
      ]
      if let (what, found, expected) = compared.first(where: { $0.1 != $0.2 }) {
        return "L = \(depth), l = \(layer): \(what) \(found.values), the form says \(expected.values)"
      }
    }
    let found = timing.synchronous.map(\.layer)
    if found != exact(depth) { return "L = \(depth): exact layers \(found), the form says \(exact(depth))" }
    if timing.window != window(depth) {
      return "L = \(depth): window \(timing.window), the form says \(window(depth))"
    }
    return nil
  }
}
