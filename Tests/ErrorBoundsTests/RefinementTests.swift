import ExactArithmetic
import Networks
import PropertyTesting
import Testing
import Timing
import Waves

@testable import ErrorBounds

@Suite("Branch and bound")
struct RefinementTests {
  /// Chains, so that each factor is of one frame, under a window round a point: what entries are searched for.
  private static func windows(activations: Generator<Activation> = .activation()) -> Generator<BoundCase> {
    let chains = BoundCase.generator(graphs: .chain(depth: 1...4), activations: activations)
    return Generator { (source) throws(DiscardedCase) in
      let entry = try source.draw(chains)
      guard let variation = try? Variation(.window, input: entry.variation.input, target: entry.variation.target) else {
        throw DiscardedCase()
      }
      return BoundCase(
        network: entry.network, schedule: entry.schedule,
        nominal: NominalFrame(inputs: entry.nominal.inputs, targets: entry.nominal.targets), variation: variation,
        reference: entry.reference, seed: entry.seed, freshSymbols: entry.freshSymbols)
    }
  }

  private static func frames(_ problem: BoundProblem, _ analysis: ErrorAnalysis) throws -> DecoupledFrames? {
    guard !problem.isExact, let factors = problem.factors else { return nil }
    let ladder = analysis.ladder
    return DecoupledFrames(
      problem, factors,
      FrameCells(
        ladder.network, ladder.nominal, radii: ladder.radii(ticks: 1, problem), precision: ladder.precision,
        freshSymbols: ladder.freshSymbols))
  }

  /// The least that the magnitude of an enclosed number can be.
  private static func least(_ value: (lower: Rational, upper: Rational)) -> Rational {
    value.lower.sign > 0 ? value.lower : value.upper.sign < 0 ? -value.upper : 0
  }

  @Test("After any number of steps no entry's bound is below an error at a vertex, a point inside or a point it found")
  func entriesHold() throws {
    var (nonzero, close, kinds) = (0, 0, [0, 0, 0])
    try requireProperty("entry searches hold", Self.windows(), cases: 150) { (entry: BoundCase) in
      let analysis = try entry.analysis()
      for edge in entry.network.architecture.edges.indices.prefix(2) {
        guard analysis.timing.edges[edge].allLags.minimum ?? 0 >= 0 else { continue }
        for problem in try analysis.problems(edge).prefix(3) {
          guard let frames = try Self.frames(problem, analysis) else { continue }
          let ends = entry.network.architecture.edges[edge]
          let lower = LowerBoundSearch(problem: problem, ladder: analysis.ladder, isExact: false)
          let ranges = RangeSearches(frames.cells, edge: ends)
          let columns = entry.network.architecture.nodes[ends.source].width
          let points = entry.points(4, parameters: problem.family.parameters)
          let errors = points.map { lower.enclosures($0).0 }
          for index in errors[0].indices.prefix(4) {
            let search = EntrySearch(frames.kind, ranges, row: index / columns, column: index % columns)
            switch frames.kind {
            case .free: kinds[0] += 1
            case .together: kinds[1] += 1
            case .distance: kinds[2] += 1
            }
            for steps in [0, 1, 2, 5] {
              for _ in 0..<steps { search.step() }
              guard search.upper.isFinite else { continue }
              let upper = FrameFamily.exact(search.upper)
              let found = search.attained.map { lower.enclosures(frames.point($0)).0 }
              for error in errors + (found.map { [$0] } ?? []) {
                let value = Self.least(error[index])
                try demand(value <= upper, "entry \(index) of edge \(edge): \(value) beyond \(upper)")
                if value.sign > 0 { nonzero += 1 }
                if value > upper / 2 { close += 1 }
              }
            }
          }
        }
      }
    }
    #expect(nonzero > 3_000, "errors that are all zero prove nothing: \(nonzero)")
    #expect(close > 1_000, "some points come near the bound: \(close)")
    #expect(kinds.allSatisfy { $0 > 20 }, "every case is met: \(kinds)")
  }

  @Test("The frames that a search says it attained have the error that it says, where no kink is near")
  func attainedFrames() throws {
    var (compared, attained) = (0, 0)
    let smooth = Self.windows(activations: .element(of: [.tanh, .logistic, .softsign, .rational]))
    try requireProperty("attained frames", smooth, cases: 300) { (entry: BoundCase) in
      let analysis = try entry.analysis()
      for edge in entry.network.architecture.edges.indices.prefix(2) {
        guard analysis.timing.edges[edge].allLags.minimum ?? 0 >= 0 else { continue }
        for problem in try analysis.problems(edge).prefix(2) {
          guard let frames = try Self.frames(problem, analysis) else { continue }
          let ends = entry.network.architecture.edges[edge]
          let ranges = RangeSearches(frames.cells, edge: ends)
          let columns = entry.network.architecture.nodes[ends.source].width
          let lower = LowerBoundSearch(problem: problem, ladder: analysis.ladder, isExact: false)
          for column in 0..<columns {
            let search = EntrySearch(frames.kind, ranges, row: 0, column: column)
            for _ in 0..<20 { search.step() }
            guard let found = search.attained, found.value > 0x1p-40 else { continue }
            let value = Self.least(lower.enclosures(frames.point(found)).0[column])
            compared += 1
            // A distance is measured from the end that was proved, not from the one that was attained.
            if value > FrameFamily.exact(found.value) * Rational(9, over: 10) { attained += 1 }
          }
        }
      }
    }
    #expect(compared > 60, "only \(compared) frames compared")
    #expect(attained * 10 > compared * 9, "\(attained) of \(compared) attained")
  }

  @Test("Refined bounds hold in both norms, lower ≤ upper, and the lower one is the error at the point that it names")
  func refinedBoundsHold() throws {
    var (refined, raised) = (0, 0)
    try requireProperty("refinement", Self.windows(), cases: 60) { (entry: BoundCase) in
      for norm in ErrorNorm.allCases {
        let analysis = try entry.analysis(norm: norm)
        let edge = entry.seed % entry.network.architecture.edges.count
        guard analysis.timing.edges[edge].allLags.minimum ?? 0 >= 0 else { continue }
        for problem in try analysis.problems(edge).prefix(2) where !problem.isExact {
          let search = LowerBoundSearch(problem: problem, ladder: analysis.ladder, isExact: false)
          var upper = analysis.ladder.bound(problem)
          guard analysis.size(upper).isFinite, problem.family.parameters > 0 else { continue }
          let middle = [Rational](repeating: 0, count: problem.family.parameters)
          var lower = search.evaluated(middle, frobenius: norm == .frobenius)
          let (before, start) = (analysis.size(upper), lower.value)
          var rounds = 6
          _ = Refinement(
            problem: problem, ladder: analysis.ladder, lowerSearch: search, norm: norm, size: analysis.size,
            goal: 1.001
          ).refine(&upper, &lower) {
            rounds -= 1
            return rounds < 0
          }
          if analysis.size(upper) < before { refined += 1 }
          if lower.value > start { raised += 1 }
          let bound = FrameFamily.exact(analysis.size(upper))
          for point in entry.points(6, parameters: problem.family.parameters) + [lower.point] {
            let (errors, _) = search.enclosures(point)
            for (index, error) in errors.enumerated() where upper.entries.values[index].isFinite {
              try demand(
                Self.least(error) <= FrameFamily.exact(upper.entries.values[index]),
                "entry \(index) of edge \(edge): \(error) beyond \(upper.entries.values[index]), \(upper.method)")
            }
            try demand(
              search.evaluated(point, frobenius: norm == .frobenius).value <= bound, "the \(norm) norm beyond \(bound)")
          }
          try demandEqual(search.evaluated(lower.point, frobenius: norm == .frobenius).value, lower.value)
        }
      }
    }
    #expect(refined > 20, "only \(refined) bounds became smaller")
    #expect(raised > 20, "only \(raised) attained errors became larger")
  }
}
