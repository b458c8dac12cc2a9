import ExactArithmetic
import Testing

@Suite struct IntegerTests {
  @Test func ringLawsAcrossTheBoundaryOfTheInlineCase() {
    var generator = SeededGenerator(seed: 11)
    for _ in 0..<3000 {
      let (a, b, c) = (generator.integer(bits: 200), generator.integer(bits: 130), generator.integer(bits: 70))
      #expect(a + b == b + a && a * b == b * a)
      #expect((a + b) + c == a + (b + c) && (a * b) * c == a * (b * c))
      #expect(a * (b + c) == a * b + a * c)
      #expect(a - a == 0 && a + (-a) == 0 && a - b == -(b - a))
      #expect((a + b - b).hashValue == a.hashValue)
      // Aliasing.
      var x = a
      x *= x
      #expect(x == a * a && x == a.power(2) && x.sign == (a.isZero ? 0 : 1))
      x += x
      x -= x
      #expect(x.isZero)
    }
  }

  @Test func divisionAndDivisors() {
    var generator = SeededGenerator(seed: 12)
    for _ in 0..<2000 {
      let (a, b) = (generator.integer(bits: 200), generator.nonzeroInteger(bits: 120))
      let (quotient, remainder) = a.quotientAndRemainder(dividingBy: b)
      #expect(quotient * b + remainder == a)
      #expect(remainder.magnitude < b.magnitude && remainder.sign * a.sign >= 0)
      let divisor = a.greatestCommonDivisor(with: b)
      #expect(divisor.sign > 0 && a.quotientAndRemainder(dividingBy: divisor).remainder.isZero)
      #expect(b.quotientAndRemainder(dividingBy: divisor).remainder.isZero)
      #expect(a.leastCommonMultiple(with: b) * divisor == (a * b).magnitude)
    }
    #expect(Integer(Int.min).quotientAndRemainder(dividingBy: -1).quotient == 9_223_372_036_854_775_808)
    #expect(Integer(Int.min).greatestCommonDivisor(with: 0) == 9_223_372_036_854_775_808)
    #expect(Integer.zero.greatestCommonDivisor(with: 0) == 0)
  }

  @Test func bitsAndShifts() {
    var generator = SeededGenerator(seed: 13)
    for _ in 0..<1000 {
      let (a, shift) = (generator.integer(bits: 150), generator.int(0...140))
      #expect((a << shift) >> shift == a && a << shift == a * Integer(2).power(shift))
      let floor = a >> shift
      #expect(floor << shift <= a && a < (floor + 1) << shift)
      if !a.isZero {
        #expect(Integer.one << (a.bitWidth - 1) <= a.magnitude && a.magnitude < Integer.one << a.bitWidth)
        let odd = a >> a.trailingZeroBitCount
        #expect(odd << a.trailingZeroBitCount == a && odd.isOdd)
      }
      #expect((Integer.one << shift).isPowerOfTwo && !(-(Integer.one << shift)).isPowerOfTwo)
    }
    #expect(!Integer.zero.isPowerOfTwo && Integer.zero.bitWidth == 0)
  }

  @Test func textRoundTrips() throws {
    var generator = SeededGenerator(seed: 14)
    for _ in 0..<1000 {
      let a = generator.integer(bits: 400)
      #expect(Integer(a.description) == a)
      #expect(try Integer(parsing: a.description) == a)
    }
    #expect(Integer("+0017") == 17 && Integer("-0") == 0)
    for text in ["", "-", "+", " 1", "1 ", "1_000", "0x10", "١", "--1", "1.0"] { #expect(Integer(text) == nil) }
    let literal: Integer = -123_456_789_012_345_678_901_234_567_890_123_456_789
    #expect(literal.description == "-123456789012345678901234567890123456789")
    #expect(Integer(UInt64.max).description == "18446744073709551615" && Integer(Int8.min) == -128)
  }

  @Test func orderIsThatOfTheDifference() {
    var generator = SeededGenerator(seed: 15)
    for _ in 0..<2000 {
      let (a, b) = (generator.integer(bits: 100), generator.integer(bits: 100))
      #expect((a < b) == ((a - b).sign < 0) && (a == b) == (a - b).isZero)
      #expect(Int(exactly: a).map { Integer($0) == a } ?? (a.bitWidth >= 64))
    }
  }

  @Test func oversizeIsRefusedBeforeItIsBuilt() {
    let digits = String(repeating: "9", count: Integer.maximumDigitCount + 1)
    #expect(throws: NumberError.self) { try Integer(parsing: digits) }
    #expect(Integer(String(digits.dropFirst()))?.bitWidth == 3_321_929)
  }
}
