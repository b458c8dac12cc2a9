import ExactArithmetic
import Networks
import PropertyTesting
import Testing
import Waves

@testable import ErrorBounds

@Suite("Affine forms of networks")
struct AffineTests {
  @Test("Every drive, activity and delta of every point of the box lies in its form", arguments: [0, 400])
  func formsContain(freshSymbols: Int) throws {
    var moved = 0
    try requireProperty(
      "forms contain, \(freshSymbols) fresh symbols", BoundCase.generator(), cases: 250
    ) { (entry: BoundCase) in
      let forms = StaticForms<AffineForm>(
        entry.network, round: entry.nominal, radii: (entry.variation.input, entry.variation.target), precision: 128,
        freshSymbols: freshSymbols)
      let count = (entry.nominal.inputs + entry.nominal.targets).reduce(0) { $0 + $1.count }
      let context = IntervalContext(precision: 256)
      for point in entry.points(6, parameters: count) {
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
        let pass = StaticPass(entry.network, inputs: inputs, targets: targets, in: context)
        for node in entry.network.architecture.nodes.indices {
          for (form, value) in [
            (forms.pass.drives[node], pass.drives[node]), (forms.pass.activities[node], pass.activities[node]),
            (forms.pass.deltas[node], pass.deltas[node]),
          ] where !form.storage.isUnbounded {
            for row in 0..<value.count {
              try demand(
                !form.storage.range(row).isDisjoint(from: value[row]),
                "node \(node) row \(row): \(value[row]) outside \(form[row])")
              if !form.storage.range(row).isPoint { moved += 1 }
            }
          }
        }
      }
    }
    #expect(moved > 5_000, "forms that are points prove nothing")
  }

  @Test("x − x is zero, (x + y) − y is x, and products know that their factors move together")
  func correlations() throws {
    let context = AffineContext(firstFree: 2)
    let x = AffineForm.noise(0, middle: 3, radius: 1, in: context)
    let y = AffineForm.noise(1, middle: 5, radius: 2, in: context)
    #expect((x - x).isZero)
    #expect(((x + y) - y).range.width <= Rational(2) + Rational(1, over: Integer(1) << 40))
    // x(10 − x) on [2, 4] is between 16 and 24; without correlation it would reach 32.
    let product = x * (AffineForm.exact(10, in: context) - x)
    #expect(product.range.contains(16) && product.range.contains(24))
    #expect(product.range.upper < 26 && product.range.lower > 14)
  }

  @Test("Overflow is known for what it is")
  func overflow() throws {
    let context = AffineContext(firstFree: 1)
    let huge = AffineForm.noise(0, middle: 0, radius: Rational(Integer(10).power(300)), in: context)
    #expect(!huge.isUnbounded)
    #expect((huge * huge).isUnbounded)
    #expect((huge * huge - huge).isUnbounded)
    let beyond = AffineForm.noise(0, middle: 0, radius: Rational(Integer(10).power(400)), in: context)
    #expect(beyond.isUnbounded)
  }
}
