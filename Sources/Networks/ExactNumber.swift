import ExactArithmetic

/// A number as files hold it: a string is exact, a bare JSON number is the IEEE-754 double that it denotes.
struct ExactNumber: Codable {
  let value: Rational

  init(_ value: Rational) { self.value = value }

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    func corrupted(_ message: String) -> DecodingError {
      .dataCorruptedError(in: container, debugDescription: message)
    }
    if let text = try? container.decode(String.self) {
      do { value = try Rational(parsing: text) } catch { throw corrupted("\(error)") }
    } else if let double = try? container.decode(Double.self) {
      do { value = try Rational(exactly: double) } catch { throw corrupted("\(error)") }
    } else {
      throw corrupted("expected a finite number: a string such as \"-7/3\" or \"0.1\", or a JSON number")
    }
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(value.description)
  }
}
