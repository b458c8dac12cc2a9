import PropertyTesting
import Testing

/// The values of the seeds `0..<count`; a discarded one is an issue.
func samples<Value>(_ generator: Generator<Value>, count: UInt64 = 2_000) -> [Value] {
  let drawn = (0..<count).compactMap { generator.sample(seed: $0) }
  #expect(drawn.count == Int(count))
  return drawn
}

/// The code of the smallest examples found from twenty seeds; a single one if shrinking is as good as it should be.
func smallest<Value>(
  _ generator: Generator<Value>, cases: Int = 2_000, seeds: Range<UInt64> = 0..<20, failing condition: (Value) -> Bool
) -> [String] {
  let found = seeds.map { seed in
    let result = checkProperty("shrinks", generator, seed: seed, cases: cases) { try demand(!condition($0)) }
    return result.counterexample.map { sourceCode(of: $0.value).rendered() } ?? "nothing found"
  }
  return Set(found).sorted()
}
