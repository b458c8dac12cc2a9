import ExactArithmetic
import Networks
import Waves

/// Which lags an update of this very network depends on, zeros of its weights taken into account.
///
/// Runs the tick machine on `LagSet` numbers: sound for every input and target, because a lag that is not listed cannot
/// matter. By the multi-frame lemma an update that depends on at most one frame is the gradient of that frame.
///
/// One run serves all edges: signals that several updates share are computed once.
struct NetworkDependence {
  private let machine: TickMachine<LagSet>
  private let tick: Int

  /// - Parameter lags: every lag that the graph allows for the edges in question.
  init(_ network: Network, _ schedule: Schedule, lags: Lags) {
    let tick = max(lags.maximum ?? 0, 0)
    let ticks = tick + 1 + max(-(lags.minimum ?? 0), 0)
    let architecture = network.architecture
    func series(_ nodes: [Node]) -> [[Vector<LagSet>]] {
      nodes.map { node in
        (0..<ticks).map { frame in Vector([LagSet](repeating: LagSet(lag: tick - frame), count: node.width)) }
      }
    }
    let frames = Frames<LagSet>(
      inputs: series(Array(architecture.nodes[..<architecture.inputCount])),
      targets: series(architecture.outputs.map { architecture.nodes[$0] }))
    machine = TickMachine(network, schedule, frames: frames, in: LagContext())
    self.tick = tick
  }

  /// The lags on which any entry of the update depends; empty when it is constant.
  func lags(of edge: Int) throws(NetworkError) -> Lags {
    let (error, input) = try machine.updateFactors(edge, at: tick)
    let errors = error.elements.filter { !$0.isZero }
    let inputs = input.elements.filter { !$0.isZero }
    guard !errors.isEmpty, !inputs.isEmpty else { return .none }
    return Lags((errors + inputs).flatMap(\.lags))
  }
}
