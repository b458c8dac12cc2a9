import ExactArithmetic
import Networks
import PropertyTesting
import Testing
import Timing
import Waves

@testable import ErrorBounds

@Suite("Jets, monotone certificates and first-order constants")
struct DerivativeTests {
  static let smooth = Generator<Activation>.activation([.affine, .polynomial, .rational])

  @Test("A direction that only one side has keeps its factor and its sign")
  func directions() {
    let x = Jet<Rational>(3, partials: [(0, 1), (2, 7)])
    let y = Jet<Rational>(5, partials: [(1, 1), (2, 11)])
    func slopes(_ jet: Jet<Rational>) -> [Rational] { (0...2).map { jet[$0] } }
    #expect(slopes(x + y) == [1, 1, 18])
    #expect(slopes(x - y) == [1, -1, -4])
    #expect(slopes(y - x) == [-1, 1, 4])
    #expect(slopes(x * y) == [5, 3, 68])
    #expect(slopes(-x) == [-1, 0, -7])
  }

  @Test("The loss's derivative by the input is the delta that backprop brings there, and second derivatives commute")
  func jetsDifferentiate() throws {
    var (compared, curved) = (0, 0)
    try requireProperty(
      "jets differentiate", BoundCase.generator(width: 1...2, activations: Self.smooth), cases: 80
    ) { (entry: BoundCase) in
      let family = FrameFamily(
        try Variation(.window, input: 1),
        round: NominalFrame(inputs: entry.nominal.inputs, targets: entry.nominal.targets),
        lags: [0], reference: 0)
      let frames = family.jets(Rational.self, in: ExactContext()) { _, _ in 0 }
      let pass = StaticPass(
        entry.network, inputs: frames.inputs.map { $0[0] }, targets: frames.targets.map { $0[0] }, in: ExactContext())
      let plain = StaticPass(
        entry.network, inputs: entry.nominal.inputs, targets: entry.nominal.targets, in: ExactContext())
      let architecture = entry.network.architecture
      var gradient = [Rational](repeating: 0, count: family.parameters)
      for (position, output) in architecture.outputs.enumerated() {
        let residual = plain.activities[output] - entry.nominal.targets[position]
        for (direction, run) in pass.activities[output].storage.partials {
          gradient[direction] += Vector<Rational>(storage: run).dot(residual)
        }
      }
      // An input that is an output itself has its own residual in its delta; the generator makes none.
      let deltas = (0..<architecture.inputCount).flatMap { plain.deltas[$0].elements }
      try demandEqual(gradient, deltas)
      if deltas.contains(where: { !$0.isZero }) { compared += 1 }
      let jets = (0..<architecture.inputCount).flatMap { pass.deltas[$0].elements }
      for i in jets.indices {
        for j in jets.indices {
          try demandEqual(jets[i][j], jets[j][i])
          if i != j, !jets[i][j].isZero { curved += 1 }
        }
      }
    }
    #expect(compared > 50 && curved > 20, "\(compared) gradients, \(curved) mixed second derivatives that are not zero")
  }

  @Test("A derivative over a range is between difference quotients of the one before, or unbounded where that jumps")
  func derivativesOfRanges() throws {
    var (bounded, jumping) = (0, 0)
    let context = AffineContext(firstFree: 1)
    for activation in allActivations where activation.isExactlyRational {
      for order in [2, 3] {
        for middle in [0, 1, -1, Rational(1, over: 2), Rational(5, over: 2), -3] as [Rational] {
          for radius in [Rational(1, over: 4), Rational(1, over: 128)] {
            let drive = Vector([AffineForm.noise(0, middle: middle, radius: radius, in: context)])
            let form = AffineForm.derivative(order, of: activation, at: drive, in: context)[0]
            guard !form.isUnbounded else {
              jumping += 1
              continue
            }
            bounded += 1
            let points = [middle - radius, middle, middle + radius]
            let values = Rational.derivative(order - 1, of: activation, at: Vector(points), in: ExactContext())
            for (first, second) in [(0, 1), (1, 2), (0, 2)] {
              let quotient = (values[second] - values[first]) / (points[second] - points[first])
              #expect(form.range.contains(quotient), "\(activation), order \(order), \(middle) ± \(radius)")
            }
          }
        }
      }
    }
    #expect(bounded > 100 && jumping > 20, "\(bounded) bounded, \(jumping) jump")
  }

  @Test("A monotone certificate's supremum is attained, and exceeded by no point")
  func certificates() throws {
    var (settled, exact) = (0, 0)
    try requireProperty("monotone certificates", BoundCase.generator(width: 1...2), cases: 40) {
      (entry: BoundCase) in
      guard entry.variation.input <= Rational(1, over: 10) else { return }
      let analysis = try entry.analysis()
      for edge in entry.network.architecture.edges.indices.prefix(2) {
        guard analysis.timing.edges[edge].allLags.minimum ?? 0 >= 0 else { continue }
        guard let problem = try analysis.problems(edge).first, !problem.isExact else { continue }
        var bounds = analysis.ladder.bound(problem).entries
        guard bounds.maximum.isFinite else { continue }
        let search = LowerBoundSearch(problem: problem, ladder: analysis.ladder, isExact: analysis.isExact)
        let lower = search.best(bounds, frobenius: false)
        let outcome = MonotoneCertificate(problem, precision: 128).settle(&bounds, lower, search)
        guard let supremum = outcome.supremum else { continue }
        try demand(supremum >= outcome.lower.value, "supremum below what is attained")
        if analysis.isExact { try demandEqual(supremum, outcome.lower.value) }
        if supremum.sign > 0 {
          settled += 1
          if outcome.lower.isExact { exact += 1 }
        }
        for point in entry.points(6, parameters: problem.family.parameters) {
          let reached = search.evaluated(point, frobenius: false)
          try demand(reached.value <= supremum, "\(reached.value) beyond \(supremum)")
        }
      }
    }
    #expect(settled > 15 && exact > 5, "\(settled) settled, \(exact) of them exactly")
  }

  @Test("c₁V − c₂V² ≤ sup ≤ c₁V + c₂V² up to V₀")
  func firstOrder() throws {
    var (proved, exact) = (0, 0)
    try requireProperty("first order", BoundCase.generator(width: 1...2), cases: 20) { (entry: BoundCase) in
      let nominal = NominalFrame(inputs: entry.nominal.inputs, targets: entry.nominal.targets)
      let timing = try TimingAnalysis(entry.network.architecture, entry.schedule)
      func analysis(_ radius: Rational) throws -> ErrorAnalysis {
        ErrorAnalysis(
          entry.network, timing, try Variation(entry.variation.kind, input: radius), round: nominal,
          reference: entry.reference)
      }
      let edge = entry.seed % timing.edges.count
      guard timing.edges[edge].allLags.minimum ?? 0 >= 0 else { return }
      let bound = try analysis(1).firstOrder(edge)
      guard let second = bound.second, bound.validUpTo.sign > 0, bound.first.lower.sign > 0 else { return }
      proved += 1
      if bound.first.lower == bound.first.upper { exact += 1 }
      for shrink in [1, 16] as [Rational] {
        let radius = bound.validUpTo / shrink
        let above = bound.first.upper * radius + second * radius * radius
        let below = bound.first.lower * radius - second * radius * radius
        let result = try analysis(radius).bound(edge)
        try demand(below <= result.upper, "\(below) above the proved upper bound \(result.upper)")
        guard let attained = result.lower else { continue }
        try demand(attained.value <= above, "attained \(attained.value) above \(above)")
      }
    }
    #expect(proved > 7 && exact > 2, "\(proved) proved, \(exact) with an exact constant")
  }

  /// Errors of linear networks are quadratic, so that c₂ is the same on every box.
  @Test("V₀ is the largest power of two that serves, where c₂ does not depend on it")
  func rangeIsLargest() throws {
    var (inside, whole) = (0, 0)
    let linear = BoundCase.generator(graphs: .chain(depth: 2...3), width: 1...2, activations: .element(of: [.identity]))
    try requireProperty("largest V0", linear, cases: 100) { (entry: BoundCase) in
      let nominal = NominalFrame(inputs: entry.nominal.inputs, targets: entry.nominal.targets)
      let timing = try TimingAnalysis(entry.network.architecture, entry.schedule)
      let analysis = ErrorAnalysis(
        entry.network, timing, try Variation(entry.variation.kind, input: 1), round: nominal, reference: .error)
      let edge = entry.seed % timing.edges.count
      guard timing.edges[edge].allLags.minimum ?? 0 >= 0 else { return }
      let bound = try analysis.firstOrder(edge)
      guard let second = bound.second, second.sign > 0, bound.first.lower.sign > 0 else { return }
      try demand(second * bound.validUpTo <= bound.first.lower, "c₂V₀ is above c₁ at V₀ = \(bound.validUpTo)")
      if bound.validUpTo == 1 {
        whole += 1
      } else {
        inside += 1
        try demand(second * bound.validUpTo * 2 > bound.first.lower, "twice \(bound.validUpTo) serves as well")
      }
    }
    #expect(inside > 10 && whole > 3, "\(inside) of V₀ < 1, \(whole) of V₀ = 1")
  }
}
