import ExactArithmetic
import Testing

@Suite struct DyadicTests {
  @Test func agreesWithRational() {
    var generator = SeededGenerator(seed: 31)
    for _ in 0..<2000 {
      let (a, b) = (generator.dyadic(bits: 150), generator.dyadic(bits: 80))
      let (x, y) = (Rational(a), Rational(b))
      #expect(Rational(a + b) == x + y && Rational(a - b) == x - y && Rational(a * b) == x * y)
      #expect((a < b) == (x < y) && (a == b) == (x == y))
      #expect(Dyadic(exactly: x) == a && (a + b - b).hashValue == a.hashValue)
      #expect(a.isZero || a.mantissa.isOdd)
      #expect(a - a == 0 && a.description == x.description)
      var z = a
      z *= z
      #expect(z == a * a)
    }
  }

  @Test func onlyPowersOfTwoAsDenominators() throws {
    #expect(Dyadic(exactly: Rational(1, over: 3)) == nil)
    #expect(throws: NumberError.self) { try Dyadic.tryExact(Rational(1, over: 10)) }
    #expect(try Dyadic.tryExact(Rational(3, over: 8)) == Dyadic(3, exponent: -3))
    #expect(throws: NumberError.self) { try Dyadic(exactly: .infinity) }
    #expect(try Dyadic(exactly: -0.0).isZero)
  }

  /// Comparison must not write out numbers whose exponents are far apart.
  @Test func comparisonOfFarApartExponents() {
    let (huge, tiny) = (Dyadic(1, exponent: 1 << 60), Dyadic(1, exponent: -(1 << 60)))
    #expect(tiny < huge && -huge < -tiny && -huge < tiny && !(huge < tiny))
  }
}
