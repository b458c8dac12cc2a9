import ExactArithmetic

/// How the states of a recurrence move one another in a tick: a square matrix of rationals, sparse, row by row.
struct StateMatrix: Sendable {
  private var entries: [[Int: Rational]]

  init(count: Int) { entries = [[Int: Rational]](repeating: [:], count: count) }

  var count: Int { entries.count }

  mutating func add(_ value: Rational, row: Int, column: Int) {
    entries[row][column, default: 0] = entries[row][column, default: 0] + value
  }

  /// The entries of a row that are not zero, by column: the order of a dictionary would change from run to run.
  func row(_ row: Int) -> [(column: Int, value: Rational)] {
    entries[row].filter { !$0.value.isZero }.sorted { $0.key < $1.key }.map { (column: $0.key, value: $0.value) }
  }

  /// The rows and columns of one component, numbered within it.
  func block(_ component: [Int]) -> StateMatrix {
    var places: [Int: Int] = [:]
    for (place, state) in component.enumerated() { places[state] = place }
    var block = StateMatrix(count: component.count)
    for (place, state) in component.enumerated() {
      for (column, value) in row(state) {
        if let column = places[column] { block.add(value, row: place, column: column) }
      }
    }
    return block
  }

  /// The classes of states that move one another in both directions, each after all that it depends on.
  ///
  /// Tarjan's algorithm with a stack of its own: a chain of states may be as long as a network. Linear in the entries.
  func components() -> [[Int]] {
    let next = (0..<count).map { row($0).map(\.column) }
    var (index, low) = ([Int](repeating: -1, count: count), [Int](repeating: 0, count: count))
    var isOpen = [Bool](repeating: false, count: count)
    var (open, found): ([Int], [[Int]]) = ([], [])
    var visited = 0
    for root in 0..<count where index[root] < 0 {
      var path = [(state: root, edge: 0)]
      while let (state, edge) = path.last {
        if edge == 0, index[state] < 0 {
          (index[state], low[state]) = (visited, visited)
          visited += 1
          open.append(state)
          isOpen[state] = true
        }
        if edge < next[state].count {
          path[path.count - 1].edge += 1
          let other = next[state][edge]
          if index[other] < 0 {
            path.append((other, 0))
          } else if isOpen[other] {
            low[state] = min(low[state], index[other])
          }
          continue
        }
        path.removeLast()
        if let parent = path.last { low[parent.state] = min(low[parent.state], low[state]) }
        guard low[state] == index[state], let start = open.lastIndex(of: state) else { continue }
        let component = open[start...].sorted()
        open.removeSubrange(start...)
        for member in component { isOpen[member] = false }
        found.append(component)
      }
    }
    return found
  }
}
