import Networks
import Waves

/// The lag calculus of a whole graph: every edge's lags, synchrony, causality, the window and the fill.
///
/// Complexity: linear in edges times the size of the lag sets. Source: docs/theory.md, lag sets and theorem 9.
public struct TimingAnalysis: Sendable {
  public let architecture: Architecture
  public let schedule: Schedule
  public let period: Int?
  public let edges: [EdgeTiming]
  /// Layers per node: the greatest number of edges on a path from an input.
  public let layers: [Int]
  let forward: ForwardLags
  let backward: BackwardLags
  /// Where each node stands in the topological order.
  let positions: [Int]

  /// - Parameter period: compare lags modulo this many ticks, for inputs and targets that repeat.
  /// - Throws: `NetworkError` naming a cycle.
  public init(_ architecture: Architecture, _ schedule: Schedule, period: Int? = nil) throws(NetworkError) {
    let forward = try ForwardLags(architecture, schedule)
    let backward = BackwardLags(architecture, schedule, forward)
    let causality = Causality(architecture, schedule, forward, backward)
    let layers = try architecture.layers()
    edges = architecture.edges.indices.map { index in
      let edge = architecture.edges[index]
      let memory = schedule.errorMemory[index]
      return EdgeTiming(
        edge: index, name: edge.name, layer: layers[edge.target],
        inputLags: forward.activity[edge.source].shifted(by: schedule.inputMemory[index]),
        errorLags: backward.error[edge.target].shifted(by: memory),
        targetLags: backward.target[edge.target].shifted(by: memory),
        countedSlopeLags: backward.slope[edge.target].shifted(by: memory),
        causal: causality.wave[edge.target] && memory >= 0
          && causality.activityExists(edge.source, memory: schedule.inputMemory[index]),
        errorCausal: causality.error[edge.target],
        reachesNoOutput: !backward.reachesOutput[edge.target], period: period)
    }
    var positions = [Int](repeating: 0, count: architecture.nodes.count)
    for (position, node) in forward.order.enumerated() { positions[node] = position }
    self.positions = positions
    self.architecture = architecture
    self.schedule = schedule
    self.period = period
    self.layers = layers
    self.forward = forward
    self.backward = backward
  }

  /// The edges that are synchronous.
  public var synchronous: [EdgeTiming] { edges.filter(\.isSynchronous) }

  /// The greatest |mismatch| among edges that have one.
  public var maximumMismatch: Int { edges.compactMap { $0.mismatch.map(abs) }.max() ?? 0 }

  /// The greatest spread: τ_s / Δt, over how many ticks the input must stand still for every edge to be exact.
  public var window: Int { edges.map(\.spread).max() ?? 0 }

  /// The tick from which constant inputs and targets give exact gradients everywhere.
  public var fill: Int { max(edges.compactMap(\.allLags.maximum).max() ?? 0, 0) }

  /// The greatest number of edges on a path from an input.
  public var depth: Int { layers.max() ?? 0 }

  /// The edges that the synchronization theorem names, by the graph alone: all input→u and v→output delays are one
  /// number. On a chain of odd depth L this is the layer l_s = (L + 1)/2 of the paper's equation (6).
  ///
  /// - Throws: `NetworkError` naming a cycle.
  public static func namedByTheorem(_ architecture: Architecture) throws(NetworkError) -> [Int] {
    var schedule = try Schedule.diffusion(architecture)
    schedule.slopeSource = .memory([Int](repeating: 0, count: architecture.nodes.count))
    let forward = try ForwardLags(architecture, schedule)
    let backward = BackwardLags(architecture, schedule, forward)
    return architecture.edges.indices.filter { index in
      guard let input = forward.activity[architecture.edges[index].source].single else { return false }
      return backward.error[architecture.edges[index].target].single == input
    }
  }
}
