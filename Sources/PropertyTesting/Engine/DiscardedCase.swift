/// Thrown by a generator, or by ``assume(_:)`` in the body of a property, when a case says nothing.
///
/// A discarded case is neither a success nor a failure. A property that discards more cases than it checks fails:
/// a test that hardly ever runs proves nothing.
public struct DiscardedCase: Error, Sendable {
  /// Creates the signal.
  public init() {}
}

/// Discards the case unless `condition` holds.
///
/// Prefer a generator that builds only cases worth checking: what is discarded is counted against the property.
public func assume(_ condition: Bool) throws(DiscardedCase) {
  if !condition { throw DiscardedCase() }
}
