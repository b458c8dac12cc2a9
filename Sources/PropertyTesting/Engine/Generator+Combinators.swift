extension Generator {
  /// Always `value`; makes no choice.
  public static func just(_ value: Value) -> Generator where Value: Sendable {
    Generator { (_) throws(DiscardedCase) in value }
  }

  /// A value of one of the `alternatives`, equally likely; the first is the simplest.
  public static func oneOf(_ alternatives: [Generator]) -> Generator {
    frequency(alternatives.map { (1, $0) })
  }

  /// A value of one of the `alternatives`, as often as its weight says; the first is the simplest.
  ///
  /// - Precondition: There is an alternative; every weight is positive.
  public static func frequency(_ alternatives: [(weight: Int, generator: Generator)]) -> Generator {
    precondition(!alternatives.isEmpty, "there is nothing to choose from")
    precondition(alternatives.allSatisfy { $0.weight > 0 }, "a weight must be positive")
    let weights = alternatives.map { UInt64($0.weight) }
    let generators = alternatives.map(\.generator)
    let total = weights.reduce(0, +)
    return Generator { (source) throws(DiscardedCase) in
      let index = source.choice(through: UInt64(weights.count - 1)) { random in
        var rest = random.next(through: total - 1)
        var index = 0
        while rest >= weights[index] {
          rest -= weights[index]
          index += 1
        }
        return UInt64(index)
      }
      return try source.draw(generators[Int(index)])
    }
  }

  /// One of `values`, equally likely; the first is the simplest.
  ///
  /// - Precondition: There is a value.
  public static func element(of values: [Value]) -> Generator where Value: Sendable {
    precondition(!values.isEmpty, "there is nothing to choose from")
    return Generator { (source) throws(DiscardedCase) in
      values[Int(source.choice(through: UInt64(values.count - 1)))]
    }
  }

  /// Arrays of values of `element`, of every length in `count` equally often; shorter is simpler.
  ///
  /// Before each element beyond the least number stands the choice whether there is one, so that deleting an element
  /// is deleting a stretch of choices.
  public static func array<Element>(
    of element: Generator<Element>, count: ClosedRange<Int>
  ) -> Generator where Value == [Element] {
    precondition(count.lowerBound >= 0, "a count is at least 0")
    return Generator { (source) throws(DiscardedCase) in
      var values: [Element] = []
      var aim: UInt64?
      var ended = false
      while !ended && values.count < count.upperBound {
        let present = values.count
        ended = try source.together { (source) throws(DiscardedCase) in
          if present >= count.lowerBound {
            let another = source.choice(through: 1) { random in
              let aimed = aim ?? random.next(through: UInt64(count.upperBound - count.lowerBound))
              aim = aimed
              return UInt64(present - count.lowerBound) < aimed ? 1 : 0
            }
            if another == 0 { return true }
          }
          values.append(try source.draw(element))
          return false
        }
      }
      return values
    }
  }

  /// Pairs of independent values.
  public static func tuple<First, Second>(
    _ first: Generator<First>, _ second: Generator<Second>
  ) -> Generator where Value == (First, Second) {
    Generator { (source) throws(DiscardedCase) in (try source.draw(first), try source.draw(second)) }
  }

  /// Triples of independent values.
  public static func tuple<First, Second, Third>(
    _ first: Generator<First>, _ second: Generator<Second>, _ third: Generator<Third>
  ) -> Generator where Value == (First, Second, Third) {
    Generator { (source) throws(DiscardedCase) in
      (try source.draw(first), try source.draw(second), try source.draw(third))
    }
  }
}

extension Generator where Value == Bool {
  /// False, the simpler one, or true.
  public static var boolean: Generator { .element(of: [false, true]) }
}
