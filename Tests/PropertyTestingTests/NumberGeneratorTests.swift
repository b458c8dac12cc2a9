import ExactArithmetic
import PropertyTesting
import Testing

@Suite struct NumberGeneratorTests {
  @Test(arguments: [1, 2, 12, 1_000])
  func rationalsHaveTheirHeightAndAreNotZero(height: Int) {
    let drawn = samples(.rational(height: height), count: 4_000)
    let limit = Integer(height)
    #expect(drawn.allSatisfy { !$0.isZero && $0.numerator.magnitude <= limit && $0.denominator <= limit })
    #expect(drawn.contains { $0.sign < 0 })
    #expect(drawn.contains { $0.numerator == limit })
    if height > 1 { #expect(drawn.contains { $0.denominator == limit }) }
  }

  @Test func zeroIsThereWhenAskedFor() {
    #expect(samples(.rational(allowingZero: true)).contains { $0.isZero })
    #expect(samples(.dyadic(allowingZero: true)).contains { $0.isZero })
  }

  @Test func dyadicsStayWithinTheirBounds() {
    let drawn = samples(.dyadic(mantissaBits: 5, exponents: -3...4), count: 4_000)
    #expect(drawn.allSatisfy { !$0.isZero && $0.mantissa.bitWidth <= 6 && (-3...8).contains($0.exponent) })
    #expect(Set(drawn.map(\.exponent)).count >= 8)
  }

  @Test func genericRationalsAreReducedOverTheirPrimes() {
    let drawn = samples(.genericRational, count: 8_000)
    #expect(Set(drawn.map(\.denominator)) == [7, 11, 13])
    #expect(drawn.allSatisfy { !$0.isZero && $0.numerator.magnitude <= 105 })
    #expect(Set(drawn).count > 400)
  }

  @Test func wideNumbersHaveEverySize() {
    let drawn = samples(.wideInteger(bits: 0...200), count: 4_000)
    #expect(Set(drawn.map(\.bitWidth)).count > 150)
    #expect(drawn.contains { $0.isZero })
    let wide = samples(.wideRational(bits: 0...100), count: 1_000)
    #expect(wide.contains { $0.denominator > Integer(Int.max) })
  }

  @Test func knownSmallestRationals() {
    #expect(smallest(.rational()) { $0.denominator != 1 } == ["Rational(1, over: 2)"])
    #expect(smallest(.rational()) { $0 < 0 } == ["-1"])
    #expect(smallest(.rational(height: 40)) { $0 > 3 && $0.denominator > 3 } == ["Rational(13, over: 4)"])
    #expect(smallest(.rational(allowingZero: true)) { _ in true } == ["0"])
    #expect(smallest(.dyadic()) { $0.exponent < 0 } == ["Dyadic(1, exponent: -1)"])
    #expect(smallest(.genericRational) { $0 > 1 } == ["Rational(8, over: 7)"])
    #expect(smallest(.wideInteger(bits: 0...200)) { $0.bitWidth > 70 }.count == 1)
  }
}
