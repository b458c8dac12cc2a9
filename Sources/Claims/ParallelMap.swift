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
    guard threads > 1, items.count > 1 else { return try items.map(transform) }
    let results = Mutex<[Int: Swift.Result<Result, any Error>]>([:])
    let next = Mutex(0)
    DispatchQueue.concurrentPerform(iterations: min(threads, items.count)) { _ in
      while true {
        let index = next.withLock { value in
          defer { value += 1 }
          return value
        }
        guard index < items.count else { return }
        let result = Swift.Result { try transform(items[index]) }
        results.withLock { $0[index] = result }
      }
    }
    let finished = results.withLock { $0 }
    return try items.indices.compactMap { try finished[$0]?.get() }
  }
}
