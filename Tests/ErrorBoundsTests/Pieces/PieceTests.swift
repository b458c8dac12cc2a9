import ExactArithmetic
import Foundation
import Networks
import PropertyTesting
import Testing
import Timing
import Waves

@testable import ErrorBounds

@Suite("Polyhedral pieces")
struct PieceTests {
  /// Networks of straight pieces over boxes of some width, half of them without biases and with a corner at zero: there
  /// many units have their kink at once.
  static var cases: Generator<BoundCase> {
    let activations = Generator<Activation>.activation([.piecewiseLinear, .piecewiseLinear, .affine])
    return Generator { (source) throws(DiscardedCase) in
      let isAtCorner = try source.draw(Generator<Bool>.element(of: [false, true]))
      let entry = try source.draw(
        BoundCase.generator(width: 1...2, activations: activations, biases: isAtCorner ? nil : .rational(height: 6)))
      let radius = try source.draw(Generator<Rational>.element(of: [1, 2, Rational(1, over: 4)]))
      let corner = try source.draw(Generator<Rational>.element(of: [radius, -radius]))
      guard
        let variation = try? Variation(
          entry.variation.kind, input: radius, target: entry.variation.target.isZero ? 0 : radius)
      else { throw DiscardedCase() }
      return BoundCase(
        network: entry.network, schedule: entry.schedule,
        nominal: NominalFrame(
          inputs: isAtCorner
            ? entry.nominal.inputs.map { Vector($0.elements.map { _ in corner }) } : entry.nominal.inputs,
          targets: entry.nominal.targets), variation: variation, reference: entry.reference, seed: entry.seed,
        freshSymbols: entry.freshSymbols)
    }
  }

  static func pieces(_ entry: BoundCase, _ radii: (input: Rational, target: Rational)) throws -> FramePieces? {
    let analysis = try entry.analysis()
    let point = NominalFrame(inputs: entry.nominal.inputs, targets: entry.nominal.targets)
    guard (1...3).contains(FramePieces.dimension(point, radii)) else { return nil }
    let ranges = StaticForms<AffineForm>(
      entry.network, round: point, radii: radii, precision: analysis.ladder.precision, freshSymbols: 0)
    return FramePieces(
      entry.network, round: point, radii: radii, ranges: ranges.pass, most: 4_000, until: .distantFuture)
  }

  @Test("Every frame lies in one half-open piece, and there the network is its affine functions, kinks included")
  func piecesAreTheNetwork() throws {
    var (several, faces, atKinks) = (0, 0, 0)
    try requireProperty("pieces are the network", Self.cases, cases: 150) { (entry: BoundCase) in
      let radii = (input: entry.variation.input, target: entry.variation.target)
      guard let cut = try Self.pieces(entry, radii) else { return }
      if cut.pieces.count > 1 { several += 1 }
      let corners = cut.pieces.flatMap { $0.polytope.vertices.map(\.point) }.prefix(12)
      let middles = cut.pieces.map(\.middle).prefix(6)
      faces += cut.pieces.filter { !$0.polytope.strictlyContains($0.middle) }.count
      let random = entry.points(4, parameters: cut.pieces[0].middle.count).map { Vector($0) }
      for point in Array(corners) + Array(middles) + random {
        let holding = cut.pieces.filter { $0.polytope.contains(point) }
        try demand(holding.count == 1, "\(point) lies in \(holding.count) pieces")
        let piece = holding[0]
        var coordinate = 0
        func moved(_ vectors: [Vector<Rational>], _ radius: Rational) -> [Vector<Rational>] {
          vectors.map { vector in
            Vector(
              vector.elements.map {
                guard !radius.isZero else { return $0 }
                defer { coordinate += 1 }
                return $0 + radius * point[coordinate]
              })
          }
        }
        let inputs = moved(entry.nominal.inputs, radii.input)
        let pass = StaticPass(
          entry.network, inputs: inputs, targets: moved(entry.nominal.targets, radii.target), in: ExactContext())
        for (node, plan) in entry.network.architecture.nodes.enumerated() {
          if plan.activation.kinks.contains(where: pass.drives[node].elements.contains) { atKinks += 1 }
          for (exact, jets) in [
            (pass.deltas[node], piece.pass.deltas[node]), (pass.activities[node], piece.pass.activities[node]),
          ] {
            let values = jets.elements.map { AffineFunction($0, round: piece.middle).value(at: point) }
            try demandEqual(exact.elements, values)
          }
        }
      }
    }
    #expect(several > 60, "boxes with several pieces: \(several)")
    #expect(faces > 20, "pieces of lower dimension: \(faces)")
    #expect(atKinks > 300, "drives at a kink: \(atKinks)")
  }

  @Test("A supremum by pieces is attained or approached, and no error at any point exceeds it")
  func supremaAreExact() throws {
    var (settled, several, approached, limits) = (0, 0, 0, 0)
    try requireProperty("suprema by pieces", Self.cases, cases: 120) { (entry: BoundCase) in
      let analysis = try entry.analysis()
      for edge in entry.network.architecture.edges.indices {
        guard analysis.timing.edges[edge].allLags.minimum ?? 0 >= 0 else { continue }
        for problem in try analysis.problems(edge).prefix(2) where !problem.isExact {
          let forms = analysis.ladder.bound(problem)
          let start = LowerBoundSearch(problem: problem, ladder: analysis.ladder, isExact: true)
            .evaluated([Rational](repeating: 0, count: problem.family.parameters), frobenius: false)
          let effort = BoundEffort(ratio: 1, budget: 600)
          let end = Date(timeIntervalSinceNow: effort.budget)
          var omitted: [MemoryExcess] = []
          guard
            let bound = analysis.settledByPieces(problem, forms.entries, start, effort: effort, until: end, &omitted)
          else { continue }
          settled += 1
          // Two roads: forms above, frames below.
          try demand(bound.upper <= FrameFamily.exact(analysis.size(forms)), "\(bound.upper) above the forms")
          let lower = bound.lower
          try demand(lower.value <= bound.upper, "\(lower.value) above \(bound.upper)")
          try demand(lower.value > start.value || start.value == bound.upper, "nothing was attained beyond the start")
          if lower.value < bound.upper { approached += 1 }
          limits += try compareLimits(entry, analysis, problem)
          if analysis.ladder.hasKink(problem) { several += 1 }
          for point in entry.points(6, parameters: problem.family.parameters) {
            let frames = problem.family.frames(at: point, Rational.self, in: ExactContext())
            let error = problem.evaluator.error(at: frames, in: ExactContext())
            try demand(error.elements.allSatisfy { $0.magnitude <= bound.upper }, "\(error) beyond \(bound.upper)")
          }
        }
      }
    }
    #expect(settled > 80, "\(settled) suprema")
    #expect(several > 50, "with kinks inside: \(several)")
    #expect(approached > 10, "approached, not attained: \(approached)")
    #expect(limits > 100, "limits that are not zero: \(limits)")
  }

  /// On the way from its place to the middles of the pieces an error is a quadratic in the step: three steps inside give
  /// the limit at the place, exactly.
  private func compareLimits(_ entry: BoundCase, _ analysis: ErrorAnalysis, _ problem: BoundProblem) throws -> Int {
    guard let factors = problem.factors, let ticks = PieceBound.ticks(problem),
      let cut = try Self.pieces(entry, analysis.ladder.radii(ticks: ticks, problem))
    else { return 0 }
    var compared = 0
    for candidate in PieceBound(problem, factors, cut).entry(0, 0) {
      func error(_ step: Rational) -> Rational {
        let points = candidate.frames.mapValues { $0.point.going(step, towards: $0.middle) }
        let frames = problem.family.frames(at: problem.family.parameters(points), Rational.self, in: ExactContext())
        return problem.evaluator.products(at: frames, in: ExactContext())[0, 0]
      }
      let limit = (8 * error(Rational(1, over: 4)) - 6 * error(Rational(1, over: 2)) + error(1)) / 3
      try demandEqual(limit.magnitude, candidate.value.magnitude)
      if !limit.isZero { compared += 1 }
    }
    return compared
  }

  @Test("Weights that are all zero are bounded, not divided by")
  func zeroWeights() throws {
    var builder = NetworkBuilder("zero")
    let input = builder.input("u")
    let hidden = builder.layer("h", .relu, bias: [1], reading: input.weighted([[0]]))
    let output = builder.layer("y", .relu, bias: [1], reading: hidden.weighted([[0]]))
    let network = try builder.network(outputs: output)
    let timing = try TimingAnalysis(
      network.architecture, .diffusion(network.architecture, Reading(slope: .frameConsistent, error: .closed)))
    let analysis = ErrorAnalysis(
      network, timing, try Variation(.window, input: 1), round: .zero(network.architecture))
    for problem in try analysis.problems(0) {
      let start = LowerBoundSearch(problem: problem, ladder: analysis.ladder, isExact: true)
        .evaluated([Rational](repeating: 0, count: problem.family.parameters), frobenius: false)
      var omitted: [MemoryExcess] = []
      let bound = analysis.settledByPieces(
        problem, analysis.ladder.bound(problem).entries, start, effort: BoundEffort(), until: .distantFuture, &omitted)
      #expect(try #require(bound).upper == 0)
    }
  }

  @Test("At a kink every σ′ is that from the left: pieces hold the kinks of their upper end")
  func slopesAreFromTheLeft() throws {
    var checked = 0
    try requireProperty(
      "slopes at kinks", Generator<Activation>.activation([.piecewiseLinear]), cases: 100
    ) { (activation: Activation) in
      for kink in activation.kinks {
        let near = (activation.kinks.filter { $0 < kink }.last ?? kink - 2) / 2 + kink / 2
        try demandEqual(activation.slope(at: kink), activation.slope(at: near))
        checked += 1
      }
    }
    #expect(checked > 100)
  }
}

extension Polytope {
  /// Whether a point of the cube lies in the half-open set.
  func contains(_ point: Vector<Rational>) -> Bool {
    sides(point).allSatisfy { $0.isStrict ? $0.sign > 0 : $0.sign >= 0 }
  }

  /// Whether no constraint that matters is tight at a point.
  func strictlyContains(_ point: Vector<Rational>) -> Bool { sides(point).allSatisfy { $0.sign > 0 } }
}
