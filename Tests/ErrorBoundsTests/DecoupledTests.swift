import ExactArithmetic
import PropertyTesting
import Testing

@testable import ErrorBounds

/// The cases of exact decoupling against every combination of corners, as rationals.
@Suite("Decoupled bounds")
struct DecoupledTests {
  /// Two entries each of δ and x over two symbols, linear, all the same for every frame.
  private struct Factors {
    let errors: [(centre: Double, slopes: [Double])]
    let activities: [(centre: Double, slopes: [Double])]

    init(_ draw: inout SystemDraw) {
      func entries() -> [(centre: Double, slopes: [Double])] {
        let scale = [1, 0x1p-20, 0x1p20][draw.below(3)]
        return (0..<2).map { _ in
          let isFixed = draw.below(6) == 0
          return (2 * draw.unit(), (0..<2).map { _ in isFixed ? 0 : draw.unit() * scale })
        }
      }
      errors = entries()
      activities = entries()
    }

    static func run(_ entries: [(centre: Double, slopes: [Double])]) -> Vector<AffineForm> {
      let context = AffineContext(firstFree: 2)
      return Vector(
        entries.map { entry in
          entry.slopes.enumerated().reduce(AffineForm.point(entry.centre)) { form, slope in
            let radius = FrameFamily.exact(slope.element.magnitude)
            let noise = AffineForm.noise(slope.offset, middle: 0, radius: radius, in: context)
            return slope.element < 0 ? form - noise : form + noise
          }
        })
    }

    static func value(_ entry: (centre: Double, slopes: [Double]), _ corner: [Rational]) -> Rational {
      zip(entry.slopes, corner).reduce(FrameFamily.exact(entry.centre)) { $0 + FrameFamily.exact($1.0) * $1.1 }
    }
  }

  private static let corners: [[Rational]] = [[-1, -1], [-1, 1], [1, -1], [1, 1]]

  @Test("No corner of any case is above its bound; the largest comes near it")
  func corners() {
    var draw = SystemDraw(seed: 8)
    var (near, total) = (0, 0)
    for _ in 0..<100 {
      let factors = Factors(&draw)
      let (errors, activities) = (Factors.run(factors.errors), Factors.run(factors.activities))
      let bound = DecoupledBound<AffineForm>(errors: errors.storage, activities: activities.storage)
      let traced = DecoupledBound<TracedForm>(
        errors: TracedRun(errors.storage), activities: TracedRun(activities.storage))
      let frames = Self.corners
      // The frames of δ, x and the reference that a case compares.
      let cases: [(EntryBounds, EntryBounds, Double, [(b: Int, a: Int, s: Int)])] = [
        (
          bound.free(), traced.free(), bound.coarse(referenceIsError: false, referenceIsInput: false).maximum,
          Self.triples { _, _, _ in true }
        ),
        (
          bound.sameFactors(), traced.sameFactors(),
          bound.coarse(referenceIsError: false, referenceIsInput: false).maximum, Self.triples { b, a, _ in a == b }
        ),
        (
          bound.referenceIsError(), traced.referenceIsError(),
          bound.coarse(referenceIsError: true, referenceIsInput: false).maximum, Self.triples { b, _, s in s == b }
        ),
        (
          bound.referenceIsInput(), traced.referenceIsInput(),
          bound.coarse(referenceIsError: false, referenceIsInput: true).maximum, Self.triples { _, a, s in s == a }
        ),
      ]
      for (entries, others, coarse, triples) in cases {
        for i in 0..<2 {
          for j in 0..<2 {
            var largest = Rational.zero
            for (b, a, s) in triples {
              let update =
                Factors.value(factors.errors[i], frames[b]) * Factors.value(factors.activities[j], frames[a])
              let gradient =
                Factors.value(factors.errors[i], frames[s]) * Factors.value(factors.activities[j], frames[s])
              largest = max(largest, (update - gradient).magnitude)
            }
            let upper = FrameFamily.exact(entries.values[2 * i + j])
            #expect(largest <= upper, "entry \(i), \(j): \(largest) above \(upper)")
            #expect(largest <= FrameFamily.exact(others.values[2 * i + j]))
            #expect(largest <= FrameFamily.exact(coarse))
            total += 1
            if largest * 2 > upper { near += 1 }
          }
        }
      }
    }
    #expect(near * 2 > total, "\(near) of \(total) bounds are near what is attained")
  }

  private static func triples(_ holds: (Int, Int, Int) -> Bool) -> [(b: Int, a: Int, s: Int)] {
    (0..<4).flatMap { b in
      (0..<4).flatMap { a in (0..<4).filter { holds(b, a, $0) }.map { (b, a, $0) } }
    }
  }
}
