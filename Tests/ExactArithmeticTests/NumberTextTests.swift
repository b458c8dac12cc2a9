import ExactArithmetic
import Foundation
import Testing

/// What is printed is read back, exactly, and compared with the number.
@Suite struct NumberTextTests {
  /// Fractions, dyadics, tiny and huge numbers, and what lies next to a number of few digits or on it.
  private static func values() -> [Rational] {
    var generator = SeededGenerator(seed: 41)
    var values: [Rational] = [1, 10, 1_000_000, Rational(1, over: 100_000), Rational(99_999, over: 100_000)]
    for _ in 0..<500 {
      let power = Rational(10).power(generator.int(-60...60))
      values.append(generator.nonzeroRational(bits: 90))
      values.append(generator.nonzeroRational(bits: 90) * power)
      values.append(generator.nonzeroRational(bits: 2) * Rational(2).power(generator.int(-900...900)))
      // 9.9995 and its like: the last digits are rounded into the ones before them.
      let places = generator.int(1...14)
      let near = Rational(10).power(generator.int(1...5)) - 5 / Rational(10).power(places)
      values.append(near * power)
      let step = Rational(10).power(-generator.int(15...40))
      values += [near + step, near - step].map { -$0 * power }
      values.append(Rational(generator.int(-999...999)) * power)
    }
    return values
  }

  /// 10^e with 10^e ≤ |value| < 10^(e + 1), over 10^(digits − 1).
  private static func unit(_ value: Rational, _ digits: Int) -> Rational {
    let magnitude = value.magnitude
    var unit = Rational(10).power((magnitude.numerator.bitWidth - magnitude.denominator.bitWidth) * 3 / 10)
    while unit > magnitude { unit = unit / 10 }
    while unit * 10 <= magnitude { unit = unit * 10 }
    return unit / Rational(10).power(digits - 1)
  }

  @Test func boundsHoldAndAreSharp() throws {
    var (exact, inexact) = (0, 0)
    for value in Self.values() where !value.isZero {
      for digits in [1, 3, 6, 9, 12] {
        let upper = try Rational(parsing: NumberText.upper(value, digits: digits))
        let lower = try Rational(parsing: NumberText.lower(value, digits: digits))
        let unit = Self.unit(value, digits)
        #expect(lower <= value && value <= upper, "\(value)")
        #expect(upper - value < unit && value - lower < unit, "\(value), \(digits) digits: \(lower), \(upper)")
        // Both are whole numbers of units, so that nothing shorter is nearer.
        #expect((upper / unit).isInteger && (lower / unit).isInteger)
        #expect(
          NumberText.enclosure(value, value, digits: digits)
            == "[\(NumberText.lower(value, digits: digits)), \(NumberText.upper(value, digits: digits))]")
        if upper == lower { exact += 1 } else { inexact += 1 }
      }
    }
    #expect(exact > 1_000 && inexact > 5_000, "\(exact) exact, \(inexact) not")
    #expect(NumberText.upper(0, digits: 6) == "0" && NumberText.lower(0, digits: 6) == "0")
  }

  @Test func exactNumbersAreExactAndOthersMarked() throws {
    var (short, marked) = (0, 0)
    for value in Self.values() {
      #expect(try Rational(parsing: NumberText.exact(value)) == value)
      let brief = NumberText.brief(value, digits: 6)
      if brief.hasPrefix("≈ ") {
        marked += 1
        let cut = try Rational(parsing: String(brief.dropFirst(2)))
        #expect(cut != value && (cut - value).magnitude < Self.unit(value, 6))
        #expect(brief == NumberText.marked(value, digits: 6))
      } else {
        short += 1
        #expect(try Rational(parsing: brief) == value)
      }
    }
    #expect(short > 200 && marked > 1_000, "\(short) short, \(marked) marked")
  }

  @Test(arguments: [
    ("19999/2000", 4, "9.999", "10"), ("-19999/2000", 4, "-10", "-9.999"), ("2/3", 6, "0.666666", "0.666667"),
    ("-2/3", 6, "-0.666667", "-0.666666"), ("1/3000000", 3, "3.33e-7", "3.34e-7"), ("99999", 2, "99000", "100000"),
    ("12345678901234567", 3, "1.23e16", "1.24e16"), ("5/4", 6, "1.25", "1.25"),
  ])
  func examples(value: String, digits: Int, lower: String, upper: String) throws {
    let value = try Rational(parsing: value)
    #expect(NumberText.lower(value, digits: digits) == lower)
    #expect(NumberText.upper(value, digits: digits) == upper)
  }

  /// Nothing else makes decimals: a second printer would round in a way of its own.
  @Test func thereIsOnePrinter() throws {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appendingPathComponent("Sources")
    let files = try #require(FileManager.default.enumerator(at: root, includingPropertiesForKeys: nil))
    var read = 0
    for case let file as URL in files where file.pathExtension == "swift" {
      read += 1
      guard !["NumberText.swift", "Rational+Approximation.swift"].contains(file.lastPathComponent) else { continue }
      let text = try String(contentsOf: file, encoding: .utf8)
      for word in ["approximation(significantDigits", "String(format:", ".formatted("] {
        #expect(!text.contains(word), "\(file.lastPathComponent) prints numbers itself: \(word)")
      }
    }
    #expect(read > 100)
  }
}
