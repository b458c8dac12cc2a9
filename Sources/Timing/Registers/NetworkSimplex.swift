/// A flow of least cost on a graph without capacities, by the primal network simplex on strongly feasible trees.
///
/// Exact on integers. Every pivot keeps a spanning tree that carries the flow; strongly feasible trees (W. Cunningham,
/// 1976) make it end although most pivots move nothing. Arcs are priced in blocks of about √m.
struct NetworkSimplex {
  /// Whether flow had to stay on artificial arcs: demands cannot be met.
  private(set) var isInfeasible = false
  /// Per arc.
  private(set) var flows: [Int]
  /// Per node: no arc has cost + potential(tail) − potential(head) < 0.
  var nodePotentials: [Int] { Array(potentials[..<root]) }

  private let arcCount: Int
  private let root: Int
  private var tails: [Int32]
  private var heads: [Int32]
  private var costs: [Int]
  private var potentials: [Int]
  private var tree: SpanningTree

  /// - Parameters:
  ///   - supplies: per node, what leaves minus what arrives; they sum to 0.
  ///   - arcs: tail, head, cost; no cycle of negative cost.
  init(supplies: [Int], arcs: [(tail: Int, head: Int, cost: Int)]) {
    arcCount = arcs.count
    root = supplies.count
    tails = arcs.map { Int32($0.tail) }
    heads = arcs.map { Int32($0.head) }
    costs = arcs.map(\.cost)
    flows = [Int](repeating: 0, count: arcs.count)
    potentials = [Int](repeating: 0, count: supplies.count + 1)
    tree = SpanningTree(count: supplies.count + 1)
    let greatest = costs.reduce(0) { max($0, abs($1)) }
    let artificial = (greatest + 1) * (supplies.count + 1)
    for (node, supply) in supplies.enumerated() {
      let leaves = supply >= 0
      tails.append(Int32(leaves ? node : root))
      heads.append(Int32(leaves ? root : node))
      costs.append(leaves ? 0 : artificial)
      flows.append(abs(supply))
      potentials[node] = leaves ? 0 : artificial
      tree.attach(node, to: root, by: arcCount + node, pointsUp: leaves)
    }
  }

  /// Pivots until no arc has a negative reduced cost.
  mutating func run() {
    let block = max(Int(Double(arcCount).squareRoot()), 10)
    var next = 0
    while let entering = enteringArc(&next, block) { pivot(on: entering) }
    isInfeasible = flows[arcCount...].contains { $0 > 0 }
    flows.removeSubrange(arcCount...)
  }

  private func reducedCost(_ arc: Int) -> Int {
    costs[arc] + potentials[Int(tails[arc])] - potentials[Int(heads[arc])]
  }

  /// The worst arc of the next block that has a bad one.
  private func enteringArc(_ next: inout Int, _ block: Int) -> Int? {
    var best = -1
    var least = 0
    var left = block
    for _ in 0..<arcCount {
      let cost = reducedCost(next)
      if cost < least {
        least = cost
        best = next
      }
      next = next + 1 == arcCount ? 0 : next + 1
      left -= 1
      if left == 0 {
        if best >= 0 { return best }
        left = block
      }
    }
    return best >= 0 ? best : nil
  }

  private mutating func pivot(on entering: Int) {
    let tail = Int(tails[entering])
    let head = Int(heads[entering])
    let join = tree.meeting(tail, head)
    // The last arc that blocks, seen from the meeting point in the direction of the new flow, keeps the tree strongly
    // feasible.
    var amount = Int.max
    var below = -1
    var leavesOnTailSide = true
    var node = tail
    while node != join {
      let arc = tree.arc(above: node)
      if tree.pointsUp(node), flows[arc] < amount {
        amount = flows[arc]
        below = node
      }
      node = tree.parent(of: node)
    }
    node = head
    while node != join {
      let arc = tree.arc(above: node)
      if !tree.pointsUp(node), flows[arc] <= amount {
        amount = flows[arc]
        below = node
        leavesOnTailSide = false
      }
      node = tree.parent(of: node)
    }
    precondition(below >= 0, "a cycle of negative cost reached the flow")
    if amount > 0 {
      flows[entering] += amount
      move(amount, from: tail, to: join, alongUp: false)
      move(amount, from: head, to: join, alongUp: true)
    }
    let (inner, outer) = leavesOnTailSide ? (tail, head) : (head, tail)
    tree.replace(arcAbove: below, by: entering, from: inner, to: outer, pointsUp: leavesOnTailSide)
    let reduced = reducedCost(entering)
    let shift = leavesOnTailSide ? -reduced : reduced
    var moved: Int? = inner
    while let node = moved {
      potentials[node] += shift
      moved = tree.following(node, below: inner)
    }
  }

  private mutating func move(_ amount: Int, from start: Int, to join: Int, alongUp: Bool) {
    var node = start
    while node != join {
      flows[tree.arc(above: node)] += tree.pointsUp(node) == alongUp ? amount : -amount
      node = tree.parent(of: node)
    }
  }
}
