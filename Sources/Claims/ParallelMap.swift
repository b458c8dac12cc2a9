import Foundation
import Synchronization

/// Maps an array on a bounded number of threads; results keep their order, the first error in order is thrown.
public struct ParallelMap: Sendable {
  public let threads: Int

  public init(threads: Int) {
    self.threads = threads
  }

  public func map<Item: Sendable, Result: Sendable>(
    _ items: [Item], _ transform: @escaping @Sendable (Item) throws -> Result
  ) throws -> [Result] {
    let results = Mutex<[Result]>([])
    try forEach(items, transform) { result in results.withLock { $0.append(result) } }
    return results.withLock { $0 }
  }

  /// Hands over results one at a time and in order, each as soon as it and all before it are there.
  ///
  /// An error stops what has not begun; everything before it in order is handed over first.
  public func forEach<Item: Sendable, Result: Sendable>(
    _ items: [Item], _ transform: @escaping @Sendable (Item) throws -> Result,
    deliver: @escaping @Sendable (Result) -> Void
  ) throws {
    guard threads > 1, items.count > 1 else {
      for item in items { deliver(try transform(item)) }
      return
    }
    let queue = Mutex(Queue<Result>())
    DispatchQueue.concurrentPerform(iterations: min(threads, items.count)) { _ in
      while let index = queue.withLock({ $0.take(of: items.count) }) {
        let result = Swift.Result { try transform(items[index]) }
        // Delivered under the lock: nothing overtakes.
        queue.withLock { $0.settle(index, result, deliver) }
      }
    }
    if let error = queue.withLock({ $0.error }) { throw error }
  }

  /// What is begun, settled and handed over.
  private struct Queue<Result: Sendable> {
    private var begun = 0
    private var delivered = 0
    private var waiting: [Int: Swift.Result<Result, any Error>] = [:]
    private var failed = false
    private(set) var error: (any Error)?

    mutating func take(of count: Int) -> Int? {
      guard !failed, begun < count else { return nil }
      begun += 1
      return begun - 1
    }

    mutating func settle(
      _ index: Int, _ result: Swift.Result<Result, any Error>, _ deliver: (Result) -> Void
    ) {
      waiting[index] = result
      if case .failure = result { failed = true }
      while error == nil, let next = waiting.removeValue(forKey: delivered) {
        delivered += 1
        switch next {
        case .success(let value): deliver(value)
        case .failure(let failure): error = failure
        }
      }
    }
  }
}
