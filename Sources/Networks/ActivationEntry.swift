import ExactArithmetic

/// An activation in a model file: a name, or an object with one key and its parameters.
struct ActivationEntry: Codable {
  let activation: Activation

  init(_ activation: Activation) { self.activation = activation }

  init(from decoder: any Decoder) throws {
    if let name = try? decoder.singleValueContainer().decode(String.self) {
      do { activation = try Activation(named: name) } catch { throw Self.corrupted(decoder, error.message) }
      return
    }
    let container = try decoder.container(keyedBy: AnyKey.self)
    guard let key = container.allKeys.first, container.allKeys.count == 1 else {
      throw Self.corrupted(decoder, "an activation is a name or an object with one key, such as \"polynomial\"")
    }
    func numbers(_ count: ClosedRange<Int>) throws -> [Rational] {
      let values = try container.decode([ExactNumber].self, forKey: key).map(\.value)
      guard count.contains(values.count) else {
        throw Self.corrupted(decoder, "\"\(key.stringValue)\" has \(values.count) numbers")
      }
      return values
    }
    switch key.stringValue {
    case "polynomial":
      activation = .polynomial(try numbers(1...64))
    case "leaky-relu":
      activation = .leakyRelu(try container.decode(ExactNumber.self, forKey: key).value)
    case "hard-sigmoid":
      let values = try numbers(2...2)
      guard values[0] > 0 else { throw Self.corrupted(decoder, "the alpha of hard-sigmoid must be positive") }
      activation = .hardSigmoid(alpha: values[0], beta: values[1])
    case "clip":
      let ends = try container.decode([ExactNumber?].self, forKey: key).map { $0?.value }
      guard ends.count == 2 else { throw Self.corrupted(decoder, "\"clip\" has two ends, each a number or null") }
      if let lower = ends[0], let upper = ends[1], lower > upper {
        throw Self.corrupted(decoder, "the ends of \"clip\" are in the wrong order")
      }
      activation = .clip(lower: ends[0], upper: ends[1])
    default:
      throw Self.corrupted(
        decoder,
        "unknown activation \"\(key.stringValue)\"; with parameters: polynomial, leaky-relu, hard-sigmoid, clip")
    }
  }

  func encode(to encoder: any Encoder) throws {
    var parameters: (key: String, values: [Rational?])?
    switch activation {
    case .polynomial(let coefficients): parameters = ("polynomial", coefficients)
    case .clip(let lower, let upper): parameters = ("clip", [lower, upper])
    case .leakyRelu(let slope):
      var container = encoder.container(keyedBy: AnyKey.self)
      if let key = AnyKey(stringValue: "leaky-relu") { try container.encode(ExactNumber(slope), forKey: key) }
      return
    case .hardSigmoid(let alpha, let beta): parameters = ("hard-sigmoid", [alpha, beta])
    default: break
    }
    if let parameters, let key = AnyKey(stringValue: parameters.key) {
      var container = encoder.container(keyedBy: AnyKey.self)
      try container.encode(parameters.values.map { $0.map(ExactNumber.init) }, forKey: key)
    } else {
      var container = encoder.singleValueContainer()
      try container.encode(activation.description)
    }
  }

  private static func corrupted(_ decoder: any Decoder, _ message: String) -> DecodingError {
    .dataCorrupted(.init(codingPath: decoder.codingPath, debugDescription: message))
  }
}
