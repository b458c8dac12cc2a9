import ExactArithmetic
import Networks
import PropertyTesting
import Testing
import Timing
import Waves

@testable import ErrorBounds

@Suite("Pools of frames")
struct FramePoolTests {
  @Test(
    "The largest entry of a pool is the largest over all of its triples, its frames are what it says, and climbs add to it"
  )
  func largestTriple() throws {
    var (compared, grown, kinds) = (0, 0, Set<String>())
    try requireProperty(
      "largest of all triples", BoundCase.generator(graphs: .chain(depth: 1...4)), cases: 120
    ) { (entry: BoundCase) in
      guard
        let variation = try? Variation(.window, input: entry.variation.input, target: entry.variation.target)
      else { return }
      let analysis = ErrorAnalysis(
        entry.network, try TimingAnalysis(entry.network.architecture, entry.schedule), variation,
        round: NominalFrame(inputs: entry.nominal.inputs, targets: entry.nominal.targets), reference: entry.reference,
        freshSymbols: entry.freshSymbols)
      for edge in analysis.timing.edges.indices {
        guard analysis.timing.edges[edge].allLags.minimum ?? 0 >= 0 else { continue }
        for problem in try analysis.problems(edge).prefix(1) where !problem.isExact {
          let ends = entry.network.architecture.edges[edge]
          guard let factors = problem.factors, let frames = DecoupledFrames(problem, analysis.ladder),
            var pool = FramePool(frames, edge: ends, most: 8, seed: UInt64(entry.seed)),
            let best = pool.largest(1).first
          else { continue }
          let passes = pool.points.map(frames.cells.estimate)
          var largest = 0.0
          for (a, input) in passes.enumerated() {
            for (b, error) in passes.enumerated() {
              for (s, reference) in passes.enumerated() {
                switch frames.kind {
                case .free: break
                case .together where a == b: break
                case .distance(let movesInput) where movesInput ? b == s : a == s: break
                default: continue
                }
                for row in 0..<error.deltas[ends.target].count {
                  for column in 0..<input.activities[ends.source].count {
                    let update =
                      error.deltas[ends.target].storage.values[row]
                      * input.activities[ends.source].storage.values[column]
                    let gradient =
                      reference.deltas[ends.target].storage.values[row]
                      * reference.activities[ends.source].storage.values[column]
                    largest = max(largest, (update - gradient).magnitude)
                  }
                }
              }
            }
          }
          try demandEqual(best.attained.value, largest)
          kinds.insert("\(frames.kind)")
          guard largest > 0 else { continue }
          compared += 1
          // The family has these very frames: each input is its nominal one, moved by the radius to either side.
          let family = problem.family.frames(at: frames.point(best.attained), Rational.self, in: ExactContext())
          for (lag, point) in [
            (factors.input, best.attained.input), (factors.error, best.attained.error),
            (problem.reference, best.attained.reference),
          ] {
            let moved = family.inputs.flatMap { $0[lag].elements }
            let expected = zip(analysis.nominal.inputs.flatMap(\.elements), point).map { middle, side in
              middle + variation.input * FrameFamily.exact(side)
            }
            try demandEqual(moved, expected)
          }
          pool.climb(row: best.row, column: best.column, starts: 4, by: PatternSearch(budget: 40))
          let climbed = try #require(pool.largest(1).first)
          try demand(climbed.attained.value >= best.attained.value, "climbs lost \(best.attained.value)")
          try demand(
            pool.points.allSatisfy { $0.allSatisfy { (-1...1).contains($0) } }, "a climb left the box of a frame")
          if climbed.attained.value > best.attained.value { grown += 1 }
        }
      }
    }
    #expect(compared > 60 && grown > 20 && kinds.count == 4, "\(compared), \(grown) grown, \(kinds)")
  }
}
