import ExactArithmetic

/// The numbers of a constant tensor, row-major, in the form in which they came.
enum TensorValues: Sendable {
  case doubles([Double])
  case integers([Int])
  case rationals([Rational])

  var count: Int {
    switch self {
    case .doubles(let values): values.count
    case .integers(let values): values.count
    case .rationals(let values): values.count
    }
  }

  /// The elements of several lists one behind the other, in the form that all of them have, or as exact numbers.
  ///
  /// - Throws: for a NaN or an infinity beside exact numbers.
  static func joined(_ lists: [TensorValues]) throws(OperatorProblem) -> TensorValues {
    let doubles = lists.compactMap { if case .doubles(let values) = $0 { values } else { nil } }
    if doubles.count == lists.count { return .doubles(doubles.flatMap { $0 }) }
    let integers = lists.compactMap { if case .integers(let values) = $0 { values } else { nil } }
    if integers.count == lists.count { return .integers(integers.flatMap { $0 }) }
    guard lists.allSatisfy({ $0.firstNonfinite == nil }) else {
      throw .malformed("a tensor holds a NaN or an infinity")
    }
    return .rationals(lists.flatMap(\.rationals))
  }

  /// The elements at `indices`; −1 stands for a zero.
  func gathered(_ indices: [Int]) -> TensorValues {
    switch self {
    case .doubles(let values): .doubles(indices.map { $0 < 0 ? 0 : values[$0] })
    case .integers(let values): .integers(indices.map { $0 < 0 ? 0 : values[$0] })
    case .rationals(let values): .rationals(indices.map { $0 < 0 ? .zero : values[$0] })
    }
  }

  /// The first place of a NaN or an infinity.
  var firstNonfinite: Int? {
    if case .doubles(let values) = self { values.firstIndex { !$0.isFinite } } else { nil }
  }

  /// The numbers as floats of a type, each rounded to nearest.
  func doubles(_ type: ElementType) -> [Double] {
    switch self {
    case .doubles(let values): values
    case .integers(let values): values.map { type.nearest(Rational(Integer($0), over: 1)) }
    case .rationals(let values): values.map { type.nearest($0) }
    }
  }

  var holdsZero: Bool {
    switch self {
    case .doubles(let values): values.contains(0)
    case .integers(let values): values.contains(0)
    case .rationals(let values): values.contains(.zero)
    }
  }

  /// Exact.
  ///
  /// - Precondition: all are finite.
  var rationals: [Rational] {
    switch self {
    case .doubles(let values): values.map(Rational.init(finite:))
    case .integers(let values): values.map { Rational(Integer($0), over: 1) }
    case .rationals(let values): values
    }
  }
}

extension Rational {
  /// - Precondition: `double` is finite.
  init(finite double: Double) {
    do {
      self = try Rational(exactly: double)
    } catch {
      preconditionFailure("a finite float expected: \(error)")
    }
  }
}
