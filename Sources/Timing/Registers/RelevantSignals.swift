import Networks
import Waves

/// Which signals must be of one frame each for the chosen edges to be exact.
///
/// Nodes that no input reaches are constants and have no frame; edges that reach no output have the update zero. Cycles
/// are allowed. Complexity: linear.
struct RelevantSignals {
  /// Some input reaches the node.
  let varies: [Bool]
  /// x_v must be of one frame.
  private(set) var activity: [Bool]
  /// δ_v must be of one frame.
  private(set) var error: [Bool]
  /// A wave passes v on, and its σ′ is not constant.
  private(set) var slope: [Bool]
  /// The chosen edges that reach an output.
  let live: [Int]
  /// The same, per edge.
  private(set) var isLive: [Bool]
  private let reachesOutput: [Bool]

  init(_ architecture: Architecture, _ chosen: [Int], isClosed: Bool) {
    let nodes = architecture.nodes
    varies = Self.closure(Array(0..<architecture.inputCount), nodes.count) { node in
      architecture.outgoing[node].map { architecture.edges[$0].target }
    }
    let reachesOutput = Self.closure(architecture.outputs, nodes.count) { node in
      architecture.incoming[node].map { architecture.edges[$0].source }
    }
    live = chosen.filter { reachesOutput[architecture.edges[$0].target] }
    isLive = [Bool](repeating: false, count: architecture.edges.count)
    for edge in live { isLive[edge] = true }
    let error = Self.closure(live.map { architecture.edges[$0].target }, nodes.count) { node in
      architecture.outgoing[node].map { architecture.edges[$0].target }.filter { reachesOutput[$0] }
    }
    let varies = self.varies
    slope = nodes.indices.map { node in
      error[node] && varies[node] && !nodes[node].activation.isAffine
        && architecture.outgoing[node].contains { reachesOutput[architecture.edges[$0].target] }
    }
    var seeds = live.map { architecture.edges[$0].source } + nodes.indices.filter { [slope] in slope[$0] }
    if isClosed { seeds += architecture.outputs.filter { error[$0] } }
    activity = Self.closure(seeds.filter { varies[$0] }, nodes.count) { node in
      architecture.incoming[node].map { architecture.edges[$0].source }.filter { varies[$0] }
    }
    self.error = error
    self.reachesOutput = reachesOutput
  }

  /// x passes the edge on its way to a signal that matters.
  func carriesActivity(_ edge: Edge) -> Bool { activity[edge.target] && activity[edge.source] }

  /// δ passes the edge on its way to an update that matters.
  func carriesError(_ edge: Edge) -> Bool { error[edge.source] && reachesOutput[edge.target] }

  private static func closure(_ seeds: [Int], _ count: Int, _ neighbours: (Int) -> [Int]) -> [Bool] {
    var reached = [Bool](repeating: false, count: count)
    var open = seeds
    for seed in seeds { reached[seed] = true }
    while let node = open.popLast() {
      for next in neighbours(node) where !reached[next] {
        reached[next] = true
        open.append(next)
      }
    }
    return reached
  }
}
