import Synchronization

/// Values that threads hand over, in the order in which they do.
final class Collected<Value: Sendable>: Sendable {
  private let values = Mutex<[Value]>([])

  var all: [Value] { values.withLock { $0 } }

  var count: Int { values.withLock { $0.count } }

  func append(_ value: Value) { values.withLock { $0.append(value) } }
}
