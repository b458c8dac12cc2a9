import ExactArithmetic
import Networks
import Waves

/// Whether a kink of σ, or a jump of σ′, lies in what a drive can be, at a node that an update or gradient reads.
///
/// There an error need not vanish with the variation. Complexity: linear in nodes and edges.
struct KinkCheck {
  let network: Network
  private let kinked: [Bool]

  /// - Parameter ofSlopes: whether the kink of a σ′ counts too, as that of softsign′ at 0: there an error has no derivative,
  ///   though it vanishes with the variation.
  init(_ network: Network, _ pass: StaticPass<AffineForm>, ofSlopes: Bool = false) {
    self.network = network
    kinked = network.architecture.nodes.indices.map { node in
      let entry = network.architecture.nodes[node]
      let isBent = ofSlopes && entry.activation.hasBend
      guard entry.activation.hasKink || isBent, !entry.isInput else { return false }
      let run = pass.drives[node].storage
      guard !run.isUnbounded else { return true }
      let function = DriveFunction(entry.activation, .value)
      return (0..<run.count).contains {
        function.hasKink(inside: run.range($0)) || isBent && run.range($0).contains(Rational.zero)
      }
    }
  }

  /// Nodes that the activity of the edge's source and the delta of its target depend on.
  func concerns(_ edge: Edge) -> Bool {
    let architecture = network.architecture
    var below = Set<Int>()
    var open = [edge.target]
    while let node = open.popLast() {
      guard below.insert(node).inserted else { continue }
      open += architecture.outgoing[node].map { architecture.edges[$0].target }
    }
    var read = Set<Int>()
    open = Array(below) + [edge.source]
    while let node = open.popLast() {
      guard read.insert(node).inserted else { continue }
      if kinked[node] { return true }
      open += architecture.incoming[node].map { architecture.edges[$0].source }
    }
    return false
  }
}
