import ExactArithmetic
import Foundation
import Testing

@Suite struct RationalTests {
  @Test func fieldLaws() {
    var generator = SeededGenerator(seed: 21)
    for _ in 0..<3000 {
      let bits = [6, 31, 64, 150][generator.int(0...3)]
      let (a, b, c) = (
        generator.rational(bits: bits), generator.rational(bits: bits), generator.nonzeroRational(bits: bits)
      )
      #expect(a + b == b + a && a * b == b * a)
      #expect((a + b) + c == a + (b + c) && (a * b) * c == a * (b * c))
      #expect(a * (b + c) == a * b + a * c)
      #expect(a + 0 == a && a * 1 == a && a * 0 == 0)
      #expect(a / c * c == a && c * c.reciprocal! == 1 && (a - b) + b == a)
      #expect((a + c - c).hashValue == a.hashValue && (a * c / c).hashValue == a.hashValue)
      // Aliasing.
      var x = c
      x /= x
      #expect(x == 1)
      x = a
      x *= x
      #expect(x == a.power(2) && a - a == 0 && a + a == 2 * a)
      // Canonical.
      let sum = a + b
      #expect(sum.denominator.sign > 0)
      #expect(sum.numerator.greatestCommonDivisor(with: sum.denominator) == 1)
    }
    #expect(Rational.zero.reciprocal == nil && Rational(2, over: -4).description == "-1/2")
    #expect(Rational(2, over: 3).power(-3) == Rational(27, over: 8))
  }

  /// a/b + c/d against the definition (ad + bc)/bd in integers.
  @Test func sumsAndProductsAgreeWithTheDefinition() {
    var generator = SeededGenerator(seed: 22)
    for _ in 0..<3000 {
      let bits = [5, 62, 64, 66, 130][generator.int(0...4)]
      let (a, c) = (generator.integer(bits: bits), generator.integer(bits: bits))
      let (b, d) = (generator.nonzeroInteger(bits: bits), generator.nonzeroInteger(bits: bits))
      let (x, y) = (Rational(a, over: b), Rational(c, over: d))
      #expect(x + y == Rational(a * d + b * c, over: b * d))
      #expect(x - y == Rational(a * d - b * c, over: b * d))
      #expect(x * y == Rational(a * c, over: b * d))
      let sign = (a * d - b * c).sign * b.sign * d.sign
      #expect((x < y) == (sign < 0) && (x == y) == (sign == 0) && (x > y) == (sign > 0))
    }
  }

  @Test func textAndCodingRoundTrip() throws {
    var generator = SeededGenerator(seed: 23)
    for _ in 0..<500 {
      let a = generator.rational(bits: 200)
      #expect(Rational(a.description) == a)
      #expect(try JSONDecoder().decode([Rational].self, from: JSONEncoder().encode([a])) == [a])
    }
    #expect(String(decoding: try JSONEncoder().encode([Rational(-7, over: 3)]), as: UTF8.self) == #"["-7\/3"]"#)
  }

  @Test(arguments: [
    ("0.1", "1/10"), ("12", "12"), ("1e-3", "1/1000"), ("1.5e2", "150"), ("-7/3", "-7/3"), ("+0.50", "1/2"),
    ("-0", "0"), ("4/6", "2/3"), ("1E+2", "100"), ("00.25", "1/4"), ("0e1000000", "0"), ("-2.50e-1", "-1/4"),
  ])
  func parses(text: String, value: String) throws {
    #expect(try Rational(parsing: text).description == value)
  }

  @Test(arguments: [
    "", "-", ".", ".5", "5.", "1e", "e5", "1/0", "1/-2", "1/+2", "1//2", "/2", "1/", "nan", "inf", "1.2.3", " 1", "1 ",
    "0x1", "1e5.5", "1,5", "½", "1e1000001", "1e-1000001", "1e99999999999999999999", "0.1/2",
  ])
  func refuses(text: String) {
    #expect(throws: NumberError.self) { try Rational(parsing: text) }
  }

  @Test func oversizeIsRefusedBeforeItIsBuilt() {
    let digits = String(repeating: "7", count: 1_000_001)
    for text in [digits, "1/" + digits, digits + "/3", "0." + digits, digits + "e5"] {
      #expect(throws: NumberError.self) { try Rational(parsing: text) }
    }
    let error = #expect(throws: NumberError.self) { try Rational(parsing: digits + "x") }
    #expect((error?.message.count ?? 1000) < 200)
  }

  @Test func floatsAreExact() throws {
    var generator = SeededGenerator(seed: 24)
    for _ in 0..<3000 {
      let double = generator.double()
      let value = try Rational(exactly: double)
      #expect(value == Rational(try Dyadic(exactly: double)))
      // The definition of a float's value, through significand and exponent.
      if double != 0 {
        let significand = Rational(Integer(Int(double.significand * 0x1p52)), over: Integer.one << 52)
        #expect(value == significand * Rational(2).power(Int(double.exponent)) * (double < 0 ? -1 : 1))
      } else {
        #expect(value.isZero)
      }
    }
    #expect(try Rational(exactly: .leastNonzeroMagnitude) == Rational(2).power(-1074))
    #expect(try Rational(exactly: -.greatestFiniteMagnitude) == -(Rational(2).power(1024) - Rational(2).power(971)))
    for bad in [Double.nan, .infinity, -.infinity, .signalingNaN] {
      #expect(throws: NumberError.self) { try Rational(exactly: bad) }
    }
  }

  @Test func picturesCutOffOrRoundAsStated() throws {
    #expect(Rational(2, over: 3).approximation(significantDigits: 4) == "0.6666")
    #expect(Rational(2, over: 3).approximation(significantDigits: 4, rounding: .up) == "0.6667")
    #expect(Rational(-2, over: 3).approximation(significantDigits: 4, rounding: .down) == "-0.6667")
    #expect(Rational(-25, over: 2).approximation(significantDigits: 5) == "-12.5")
    #expect(Rational(999_999, over: 1_000_000).approximation(significantDigits: 3, rounding: .up) == "1")
    #expect(Rational(1_234_567).approximation(significantDigits: 3) == "1230000")
    #expect(Rational(10).power(20).approximation(significantDigits: 3) == "1e20")
    var generator = SeededGenerator(seed: 25)
    for _ in 0..<500 {
      let value = generator.nonzeroRational(bits: 90)
      let digits = generator.int(1...20)
      let low = try Rational(parsing: value.approximation(significantDigits: digits, rounding: .down))
      let high = try Rational(parsing: value.approximation(significantDigits: digits, rounding: .up))
      #expect(low <= value && value <= high)
      #expect((high - low) <= value.magnitude / Rational(10).power(digits - 1))
      let cut = try Rational(parsing: value.approximation(significantDigits: digits))
      #expect(cut == (value.sign > 0 ? low : high))
    }
  }
}
