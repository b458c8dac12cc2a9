import ExactArithmetic
import Foundation
import Networks
import PropertyTesting
import Testing
import Timing
import Waves

@testable import ErrorBounds
@testable import ExactArithmetic

@Suite("Backward linear bounds")
struct BackwardTests {
  /// The static network at a point of the box of one frame, enclosed far more tightly than any bound.
  private static func enclosed(_ entry: BoundCase, at point: [Rational]) -> StaticPass<Interval> {
    var next = 0
    func shifted(_ vectors: [Vector<Rational>], _ radius: Rational) -> [Vector<Interval>] {
      vectors.map { vector in
        Vector(
          vector.elements.map { middle in
            defer { next += 1 }
            return Interval(middle + radius * point[next], precision: 256)
          })
      }
    }
    let inputs = shifted(entry.nominal.inputs, entry.variation.input)
    let targets = shifted(entry.nominal.targets, entry.variation.target)
    return StaticPass(
      entry.network, inputs: inputs, targets: targets, in: IntervalContext(precision: 256))
  }

  /// The corners where the linear parts of a form are largest and smallest, and points anywhere.
  private static func points(_ entry: BoundCase, _ form: AffineRun, parameters: Int) -> [[Rational]] {
    var points = entry.points(4, parameters: parameters)
    guard form.count > 0 else { return points }
    var corner = [Rational](repeating: 1, count: parameters)
    for (symbol, value) in form.coefficients(entry.seed % form.count) where symbol < parameters && value < 0 {
      corner[symbol] = -1
    }
    points += [corner, corner.map { -$0 }]
    return points
  }

  @Test("Drives, activities, deltas and gradients of every point lie within raw backward bounds", arguments: [0, 400])
  func boundsContain(freshSymbols: Int) throws {
    var (moved, narrower, wider) = (0, 0, 0)
    try requireProperty(
      "backward bounds contain, \(freshSymbols) fresh symbols", BoundCase.generator(), cases: 250
    ) { (entry: BoundCase) in
      let pass = StaticForms<TracedForm>(
        entry.network, round: entry.nominal, radii: (entry.variation.input, entry.variation.target), precision: 128,
        freshSymbols: freshSymbols
      ).pass
      let count = (entry.nominal.inputs + entry.nominal.targets).reduce(0) { $0 + $1.count }
      let edges = entry.network.architecture.edges
      let edge = edges[entry.seed % edges.count]
      let product = pass.gradient(of: edge).storage
      let values = Self.points(entry, product.forms, parameters: count).map { Self.enclosed(entry, at: $0) }
      let nodes = entry.network.architecture.nodes.indices
      let traced =
        nodes.map { pass.drives[$0].storage } + nodes.map { pass.activities[$0].storage }
        + nodes.map { pass.deltas[$0].storage } + [product]
      let exact = values.map { value in
        value.drives.map(\.storage) + value.activities.map(\.storage) + value.deltas.map(\.storage)
          + [value.gradient(of: edge).storage]
      }
      for (index, run) in traced.enumerated() where !run.forms.isUnbounded && !run.node.isLinear {
        let forms = run.forms
        let rows = Array(0..<run.count)
        let bounds = BackwardPass(of: run.node, rows: rows).bounds()
        for row in rows where bounds.lows[row].isFinite && bounds.highs[row].isFinite {
          let (low, high) = (bounds.lows[row], bounds.highs[row])
          try demand(low <= high, "run \(index) row \(row): \(low) above \(high)")
          let range = forms.centre(row).widened(low: low, high: high)
          for value in exact {
            try demand(
              !range.isDisjoint(from: value[index][row]),
              "run \(index) row \(row): \(value[index][row]) outside \(range)")
          }
          // The two roads meet.
          let known = forms.deviation(row)
          try demand(low <= known.high && known.low <= high, "run \(index) row \(row): no common point")
          if low < high { moved += 1 }
          let (own, other) = (high - low, known.high - known.low)
          if own < other * 0.999 { narrower += 1 }
          if other < own * 0.999 { wider += 1 }
        }
      }
    }
    #expect(moved > 3_000, "bounds of what does not move prove nothing: \(moved)")
    #expect(narrower > 100, "backward bounds are sometimes the better ones: \(narrower)")
    #expect(wider > 100, "and forms sometimes: \(wider)")
  }

  @Test("No bound of the rung is below an error at a point of its family, for every schedule, reference and radius")
  func upperBoundsHold() throws {
    var (nonzero, close, better, coupled) = (0, 0, 0, 0)
    try requireProperty("backward upper bounds hold", BoundCase.generator(), cases: 150) { (entry: BoundCase) in
      let analysis = try entry.analysis()
      let ladder = BackwardLadder(
        entry.network, entry.nominal, precision: 128, freshSymbols: entry.freshSymbols)
      for edge in entry.network.architecture.edges.indices.prefix(3) {
        guard analysis.timing.edges[edge].allLags.minimum ?? 0 >= 0 else { continue }
        for problem in try analysis.problems(edge).prefix(3) {
          let (affine, bound) = (analysis.ladder.bound(problem), ladder.bound(problem))
          if bound.entries.maximum < affine.entries.maximum * 0.999 { better += 1 }
          if bound.method == "backward linear" { coupled += 1 }
          let context = IntervalContext(precision: 192)
          for point in entry.points(4, parameters: problem.family.parameters) {
            let frames = problem.family.frames(at: point, Interval.self, in: context)
            let error = problem.evaluator.error(at: frames, in: context)
            for (index, value) in error.elements.enumerated() {
              let least = value.lower.sign > 0 ? value.lower : value.upper.sign < 0 ? -value.upper : 0
              let most = bound.entries.values[index]
              guard most.isFinite else { continue }
              try demand(
                least <= FrameFamily.exact(most),
                "entry \(index) of edge \(edge): \(value) beyond \(most), \(bound.method)")
              if least.sign > 0 { nonzero += 1 }
              if least > FrameFamily.exact(most) / 2 { close += 1 }
            }
          }
        }
      }
    }
    #expect(nonzero > 1_000, "errors that are all zero prove nothing: \(nonzero)")
    #expect(close > 200, "some points come near the bound: \(close)")
    #expect(better > 25, "nowhere better than forms: \(better)")
    #expect(coupled > 25, "the coupled case is among them: \(coupled)")
  }

  @Test("Planes of a product are below and above it at every corner, where they are tight")
  func productPlanes() throws {
    var checked = 0
    try requireProperty(
      "planes of products", Generator<[Int]>.array(of: .integer(in: -40...40), count: 8...8), cases: 400
    ) { numbers in
      let context = AffineContext(firstFree: 2)
      let third = Rational(1, over: 3)
      let scale = Rational(1, over: Integer(10).power(abs(numbers[0]) % 13))
      func form(_ at: Int) -> AffineRun {
        let number = Rational(Integer(numbers[at])) * third
        let (radius, other) = (Rational(Integer(abs(numbers[at + 1]))), Rational(Integer(numbers[at + 2])) * third)
        let sum =
          AffineForm.exact(number, in: context)
          + .noise(0, middle: 0, radius: radius * scale * third, in: context)
          + AffineForm.noise(1, middle: other * scale, radius: other.magnitude * scale, in: context)
        return AffineRun([sum])
      }
      let (x, y) = (form(1), form(4))
      let product = AffineRun.hadamard(x, y)
      let planes = ProductPlanes(x, y, leftRows: [0], rightRows: [0], product: product)
      let (below, above) = planes.tables
      let (p, q) = (x.deviation(0), y.deviation(0))
      let centre = product.centre(0)
      for (table, isBelow) in [(below, true), (above, false)] {
        for (index, plane) in table.planes.enumerated() where index < 2 {
          for atP in [p.low, p.high, 0] {
            for atQ in [q.low, q.high, 0] {
              let (dp, dq) = (FrameFamily.exact(atP), FrameFamily.exact(atQ))
              // Both ends of the centres, exactly.
              for (c, d) in [
                (x.centre(0).lower, y.centre(0).lower), (x.centre(0).upper, y.centre(0).upper),
                (x.centre(0).lower, y.centre(0).upper), (x.centre(0).upper, y.centre(0).lower),
              ] {
                let exact = (c + dp) * (d + dq)
                let line =
                  FrameFamily.exact(plane.first) * dp + FrameFamily.exact(plane.second) * dq
                  + FrameFamily.exact(plane.constant)
                try demand(
                  isBelow ? line + centre.lower <= exact : line + centre.upper >= exact,
                  "plane \(index) \(isBelow ? "below" : "above") at (\(atP), \(atQ))")
                checked += 1
              }
            }
          }
        }
      }
    }
    #expect(checked > 10_000)
  }

  @Test("Chains of thousands of layers go without: every unit of them would go back through all of those before it")
  func depth() throws {
    for (layers, isAffordable) in [(8, true), (100, true), (3_000, false)] {
      let widths = [Int](repeating: 1, count: layers + 1).description
      let weights = [[[String]]](repeating: [["1"]], count: layers).description
      let json = #"{"layers": \#(widths), "activation": "relu", "weights": \#(weights)}"#
      let network = try Network(Architecture(json: Data(json.utf8), fallbackName: "chain"))
      let timing = try TimingAnalysis(network.architecture, .diffusion(network.architecture))
      let analysis = ErrorAnalysis(
        network, timing, try Variation(.window, input: 1), round: .zero(network.architecture))
      let problem = try #require(try analysis.problems(0).first)
      #expect(BackwardLadder.isAffordable(problem) == isAffordable, "\(layers) layers")
    }
  }
}
