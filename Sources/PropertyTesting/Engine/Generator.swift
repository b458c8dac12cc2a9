/// A recipe that builds values from choices.
///
/// ```swift
/// let pairs = Generator { source in
///   let count = try source.draw(.integer(in: 1...4))
///   return try source.draw(.array(of: .integer(in: -9...9), count: count...count))
/// }
/// ```
///
/// A generator has no shrinker: smaller choices give simpler values, and the engine looks for the smallest choices that
/// still fail. Two rules make it good at that: let the choice 0 mean the simplest alternative, and draw what belongs
/// together, such as a node of a graph with its numbers, through one generator or one ``Source/together(_:)``. Whatever
/// is cut out of one such stretch leaves the others as they were.
public struct Generator<Value>: Sendable {
  let generate: @Sendable (inout Source) throws(DiscardedCase) -> Value

  /// A generator from the function that builds a value. The function must depend on its source alone.
  public init(_ generate: @escaping @Sendable (inout Source) throws(DiscardedCase) -> Value) {
    self.generate = generate
  }

  /// How often ``filter(_:)`` draws before it discards the case.
  public static var filterAttempts: Int { 16 }

  /// The values of `self`, each transformed.
  public func map<Result>(_ transform: @escaping @Sendable (Value) -> Result) -> Generator<Result> {
    Generator<Result> { (source) throws(DiscardedCase) in transform(try source.draw(self)) }
  }

  /// A value of the generator that `next` makes of a value of `self`.
  public func flatMap<Result>(
    _ next: @escaping @Sendable (Value) -> Generator<Result>
  ) -> Generator<Result> {
    Generator<Result> { (source) throws(DiscardedCase) in
      let value = try source.draw(self)
      return try source.draw(next(value))
    }
  }

  /// The values of `self` that satisfy `condition`.
  ///
  /// Draws up to ``filterAttempts`` times, then discards the case.
  public func filter(_ condition: @escaping @Sendable (Value) -> Bool) -> Generator {
    Generator { (source) throws(DiscardedCase) in
      for _ in 0..<Generator.filterAttempts {
        let value = try source.draw(self)
        if condition(value) { return value }
      }
      throw DiscardedCase()
    }
  }

  /// The value made by a random source of `seed`, or nil when it is discarded.
  public func sample(seed: UInt64) -> Value? {
    var source = Source(seed: seed)
    return try? source.draw(self)
  }
}
