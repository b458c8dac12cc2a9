/// The rooted tree of a network simplex: parents, children as linked siblings, depths. The root is the last node.
struct SpanningTree {
  private var parents: [Int32]
  private var arcs: [Int32]
  private var up: [Bool]
  private var depths: [Int32]
  private var firstChild: [Int32]
  private var nextSibling: [Int32]
  private var previousSibling: [Int32]

  init(count: Int) {
    let none = [Int32](repeating: -1, count: count)
    (parents, arcs, firstChild, nextSibling, previousSibling) = (none, none, none, none, none)
    up = [Bool](repeating: false, count: count)
    depths = [Int32](repeating: 0, count: count)
  }

  func parent(of node: Int) -> Int { Int(parents[node]) }
  func arc(above node: Int) -> Int { Int(arcs[node]) }
  /// Whether the arc above a node leads from it to its parent.
  func pointsUp(_ node: Int) -> Bool { up[node] }

  mutating func attach(_ node: Int, to parent: Int, by arc: Int, pointsUp: Bool) {
    parents[node] = Int32(parent)
    arcs[node] = Int32(arc)
    up[node] = pointsUp
    depths[node] = depths[parent] + 1
    let first = firstChild[parent]
    nextSibling[node] = first
    previousSibling[node] = -1
    if first >= 0 { previousSibling[Int(first)] = Int32(node) }
    firstChild[parent] = Int32(node)
  }

  private mutating func detach(_ node: Int) {
    let (next, previous) = (nextSibling[node], previousSibling[node])
    if previous >= 0 { nextSibling[Int(previous)] = next } else { firstChild[Int(parents[node])] = next }
    if next >= 0 { previousSibling[Int(next)] = previous }
  }

  /// The nearest common ancestor.
  func meeting(_ first: Int, _ second: Int) -> Int {
    var (left, right) = (first, second)
    while left != right {
      if depths[left] >= depths[right] { left = Int(parents[left]) } else { right = Int(parents[right]) }
    }
    return left
  }

  /// Cuts the arc above `below` and hangs the part under it, by its node `inner`, below `outer`.
  mutating func replace(arcAbove below: Int, by arc: Int, from inner: Int, to outer: Int, pointsUp: Bool) {
    var node = inner
    var (newParent, newArc, newUp) = (outer, arc, pointsUp)
    while true {
      let (oldParent, oldArc, oldUp) = (Int(parents[node]), Int(arcs[node]), up[node])
      detach(node)
      attach(node, to: newParent, by: newArc, pointsUp: newUp)
      if node == below { break }
      (newParent, newArc, newUp) = (node, oldArc, !oldUp)
      node = oldParent
    }
    refreshDepths(below: inner)
  }

  private mutating func refreshDepths(below top: Int) {
    var node = top
    while true {
      depths[node] = depths[Int(parents[node])] + 1
      guard let following = following(node, below: top) else { return }
      node = following
    }
  }

  /// The next node in preorder of the part under `top`.
  func following(_ node: Int, below top: Int) -> Int? {
    if firstChild[node] >= 0 { return Int(firstChild[node]) }
    var node = node
    while node != top {
      if nextSibling[node] >= 0 { return Int(nextSibling[node]) }
      node = Int(parents[node])
    }
    return nil
  }
}
