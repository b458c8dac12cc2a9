/// A binary heap, the largest key first.
struct PriorityQueue<Element> {
  private var items: [(key: Double, element: Element)] = []

  var isEmpty: Bool { items.isEmpty }
  var count: Int { items.count }
  var largestKey: Double? { items.first?.key }

  mutating func insert(_ element: Element, key: Double) {
    items.append((key, element))
    var child = items.count - 1
    while child > 0 {
      let parent = (child - 1) / 2
      guard items[parent].key < items[child].key else { return }
      items.swapAt(parent, child)
      child = parent
    }
  }

  mutating func popLargest() -> (key: Double, element: Element)? {
    guard let largest = items.first else { return nil }
    let last = items.removeLast()
    guard !items.isEmpty else { return largest }
    items[0] = last
    var parent = 0
    while true {
      var next = parent
      for child in [2 * parent + 1, 2 * parent + 2] where child < items.count && items[child].key > items[next].key {
        next = child
      }
      guard next != parent else { return largest }
      items.swapAt(parent, next)
      parent = next
    }
  }
}
