internal import Synchronization

/// Hands out noise symbols, each once.
final class SymbolSource: Sendable {
  private let next: Mutex<Int>
  private let limit: Int

  init(next: Int, limit: Int) {
    self.next = Mutex(next)
    self.limit = limit
  }

  /// `count` symbols that nobody has, or nil if that many are not left.
  func take(_ count: Int) -> Range<Int>? {
    next.withLock { next in
      guard next + count <= limit else { return nil }
      defer { next += count }
      return next..<next + count
    }
  }
}
