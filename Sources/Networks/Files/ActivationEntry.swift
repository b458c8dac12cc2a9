import ExactArithmetic

extension Activation {
  /// The activations that take parameters, in an object with one key.
  private static let parametrised = ["polynomial", "leaky-relu", "hard-sigmoid", "clip", "elu", "prelu"]

  /// An activation in a model file: a name, or an object with one key and its parameters.
  init(_ element: JSONElement) throws(FileFault) {
    if case .string(let name) = element.content {
      do throws(NetworkError) { self = try Activation(named: name) } catch { throw element.fault(error.message) }
      return
    }
    _ = try JSONObject(element, "an activation", known: Self.parametrised)
    guard let field = try element.members("an activation").first, try element.members("an activation").count == 1 else {
      throw element.fault("an activation is a name or an object with one key, such as \"polynomial\"")
    }
    func values(_ count: ClosedRange<Int>) throws(FileFault) -> [JSONElement] {
      let values = try field.value.array("\"\(field.key)\"")
      guard count.contains(values.count) else {
        let wanted = count.count == 1 ? "\(count.lowerBound)" : "\(count.lowerBound) to \(count.upperBound)"
        throw field.value.fault("\"\(field.key)\" takes \(wanted) numbers, not \(values.count)")
      }
      return values
    }
    switch field.key {
    case "polynomial":
      var coefficients: [Rational] = []
      for value in try values(1...64) { coefficients.append(try value.rational()) }
      self = .polynomial(coefficients)
    case "leaky-relu":
      self = .leakyRelu(try field.value.rational())
    case "elu":
      let alpha = try field.value.rational()
      guard alpha > 0 else { throw field.value.fault("the alpha of elu must be positive") }
      self = .elu(alpha)
    case "prelu":
      let slopes = try field.value.rationals("\"prelu\"")
      guard !slopes.isEmpty else { throw field.value.fault("\"prelu\" takes a slope for each unit") }
      self = .prelu(slopes)
    case "hard-sigmoid":
      let pair = try values(2...2)
      let alpha = try pair[0].rational()
      guard alpha > 0 else { throw pair[0].fault("the alpha of hard-sigmoid must be positive") }
      self = .hardSigmoid(alpha: alpha, beta: try pair[1].rational())
    default:
      let ends = try values(2...2)
      let lower = ends[0].isNull ? nil : try ends[0].rational()
      let upper = ends[1].isNull ? nil : try ends[1].rational()
      if let lower, let upper, lower > upper { throw ends[1].fault("the ends of \"clip\" are in the wrong order") }
      self = .clip(lower: lower, upper: upper)
    }
  }

  /// What a model file holds; an operator that only timing understands is written by its name, and not read back.
  var json: JSONValue {
    func numbers(_ values: [Rational?]) -> JSONValue {
      .array(values.map { $0.map { .string($0.description) } ?? .null })
    }
    return switch self {
    case .polynomial(let coefficients): .object(["polynomial": numbers(coefficients)])
    case .clip(let lower, let upper): .object(["clip": numbers([lower, upper])])
    case .hardSigmoid(let alpha, let beta): .object(["hard-sigmoid": numbers([alpha, beta])])
    case .leakyRelu(let slope): .object(["leaky-relu": .string(slope.description)])
    case .elu(let alpha) where alpha != 1: .object(["elu": .string(alpha.description)])
    case .prelu(let slopes): .object(["prelu": numbers(slopes)])
    default: .string(description)
    }
  }
}
