import ExactArithmetic
import Networks
import PropertyTesting
import Testing
import Waves

@testable import ErrorBounds

/// What a family of frames is, checked against its definition and not against its blocks.
@Suite("Families of frames")
struct FamilyTests {
  private struct Plan: Sendable, CustomStringConvertible {
    let kind: Variation.Kind
    let lags: [Int]
    let reference: Int
    let domain: Rational
    let point: [Rational]
    var description: String { "\(kind) lags \(lags) reference \(reference) domain \(domain)" }
  }

  private static let variation: (input: Rational, target: Rational) = (Rational(1, over: 10), Rational(1, over: 3))

  private static var plans: Generator<Plan> {
    Generator { (source) throws(DiscardedCase) in
      let lags = try source.draw(Generator<[Int]>.array(of: .integer(in: 0...7), count: 1...4))
      return Plan(
        kind: try source.draw(Generator<Variation.Kind>.element(of: [.window, .rate])), lags: lags,
        reference: try source.draw(Generator<Int>.integer(in: 0...7)),
        domain: try source.draw(Generator<Rational>.element(of: [0, 2])),
        point: try source.draw(
          Generator<[Rational]>.array(of: .element(of: [-1, 1, Rational(1, over: 2)]), count: 40...40)))
    }
  }

  private static func family(_ plan: Plan) throws -> (family: FrameFamily, nominal: NominalFrame) {
    let nominal = NominalFrame(inputs: [Vector([3, -1])], targets: [Vector([5])], radius: plan.domain)
    let variation = try Variation(plan.kind, input: variation.input, target: variation.target)
    return (FrameFamily(variation, round: nominal, lags: plan.lags, reference: plan.reference), nominal)
  }

  @Test("Streams belong to their family at every tick, and end in the frames that were asked for")
  func streams() throws {
    var steps = 0
    try requireProperty("streams of families", Self.plans, cases: 600) { plan in
      let (family, nominal) = try Self.family(plan)
      let point = Array(plan.point.prefix(family.parameters))
      let stream = family.stream(at: point)
      let frames = family.frames(at: point, Rational.self, in: ExactContext())
      let last = stream.ticks - 1
      func check(
        _ rows: [Vector<Rational>], _ asked: [Vector<Rational>], _ middle: Vector<Rational>, _ radius: Rational,
        _ domain: Rational
      ) throws {
        for lag in family.lags { try demandEqual(rows[last - lag], asked[lag]) }
        switch plan.kind {
        case .window:
          for row in rows { try demand((row - middle).maximumNorm <= radius + domain) }
        case .rate:
          try demand((rows[last - plan.reference] - middle).maximumNorm <= domain)
          for (before, after) in zip(rows, rows.dropFirst()) {
            try demand((after - before).maximumNorm <= radius, "a step of \((after - before).maximumNorm)")
            if before != after { steps += 1 }
          }
        }
      }
      try check(
        stream.inputs[0], frames.inputs[0], nominal.inputs[0], Self.variation.input, plan.domain)
      try check(stream.targets[0], frames.targets[0], nominal.targets[0], Self.variation.target, 0)
    }
    #expect(steps > 500, "\(steps) steps")
  }

  @Test("Every frame goes as far as the variation allows, each by itself")
  func reach() throws {
    try requireProperty("families reach their ends", Self.plans, cases: 200) { plan in
      let (family, nominal) = try Self.family(plan)
      func frame(_ lag: Int, _ sign: (Int) -> Rational) -> (input: Vector<Rational>, target: Vector<Rational>) {
        let frames = family.frames(at: (0..<family.parameters).map(sign), Rational.self, in: ExactContext())
        return (frames.inputs[0][lag], frames.targets[0][lag])
      }
      for lag in family.lags {
        let ticks: Rational = plan.kind == .window ? 1 : Rational(abs(lag - plan.reference))
        let most = frame(lag) { _ in 1 }
        let input = Self.variation.input * ticks + plan.domain
        let target = Self.variation.target * ticks
        try demandEqual(most.input, nominal.inputs[0] + Vector([input, input]))
        try demandEqual(most.target, nominal.targets[0] + Vector([target]))
        // On the other side of the reference, or in a window anywhere else, nothing moves with it.
        for other in family.lags where other != lag {
          let isApart = plan.kind == .window || (lag - plan.reference).signum() * (other - plan.reference).signum() < 0
          guard isApart else { continue }
          let own = Set(family.blocks.filter { $0.lags.contains(lag) && !$0.lags.contains(other) }.map(\.first))
          try demand(!own.isEmpty || ticks.isZero, "lag \(lag) never moves without lag \(other)")
        }
      }
    }
  }
}
