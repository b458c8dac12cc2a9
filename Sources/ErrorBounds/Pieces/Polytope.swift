import ExactArithmetic

/// A bounded polytope with rational vertices, known by its vertices, by the constraints f ≥ 0 that cut it out, and by which
/// of them hold with equality at each vertex.
///
/// It stands for the half-open set in which some of these constraints hold strictly: `strict`. The polytope itself is
/// the closure of that set, which is never empty. Exact; dimension and number of vertices are free.
struct Polytope: Sendable {
  /// A set of constraints, by number.
  typealias Constraints = SIMD4<UInt64>

  struct Vertex: Sendable {
    let point: Vector<Rational>
    /// The constraints that hold here with equality, all of them.
    var tight: Constraints
  }

  private(set) var vertices: [Vertex]
  /// The constraints that hold strictly in the half-open set.
  private(set) var strict = Constraints.zero
  /// By number.
  private var functions: [AffineFunction]

  /// The most constraints that may be tight somewhere.
  private static let most = 256

  /// [−1, 1]ⁿ, n from 1 to 16.
  init(cube dimension: Int) {
    precondition((1...16).contains(dimension), "a cube of \(dimension) dimensions has too many vertices")
    functions = (0..<2 * dimension).map { number in
      let axis = (0..<dimension).map { $0 == number / 2 ? (number % 2 == 0 ? 1 : -1) : 0 as Rational }
      return AffineFunction(constant: 1, gradient: Vector(axis))
    }
    vertices = (0..<1 << dimension).map { corner in
      var tight = Constraints.zero
      let point = (0..<dimension).map { axis -> Rational in
        let isHigh = corner >> axis & 1 == 1
        tight |= Self.constraint(2 * axis + (isHigh ? 1 : 0))
        return isHigh ? 1 : -1
      }
      return Vertex(point: Vector(point), tight: tight)
    }
  }

  private static func constraint(_ number: Int) -> Constraints {
    var set = Constraints.zero
    set[number / 64] = 1 << UInt64(number % 64)
    return set
  }

  private static func contains(_ set: Constraints, _ subset: Constraints) -> Bool { set & subset == subset }

  /// A point in the relative interior: the mean of the vertices, or a number of few digits near it.
  ///
  /// Vertices have long fractions, and all that is computed at this point would have them too.
  var middle: Vector<Rational> {
    let share = Rational(1, over: Integer(vertices.count))
    let mean = vertices[0].point.elements.indices.map { axis in
      vertices.reduce(0.0) { $0 + Interval($1.point[axis], precision: 53).ball.middle } / Double(vertices.count)
    }
    for step in [0x1p-8, 0x1p-24, 0x1p-48] {
      let near = Vector(mean.map { FrameFamily.exact(($0 / step).rounded() * step) })
      if isInside(near) { return near }
    }
    return Vector(
      mean.indices.map { axis in vertices.reduce(Rational.zero) { $0 + $1.point[axis] } * share })
  }

  /// Every constraint that is tight somewhere holds strictly: an interior point, if there is one at all.
  private func isInside(_ point: Vector<Rational>) -> Bool { sides(point).allSatisfy { $0.sign > 0 } }

  /// The sign at a point of every constraint that is tight somewhere, and whether it must be strict.
  func sides(_ point: Vector<Rational>) -> [(sign: Int, isStrict: Bool)] {
    let used = vertices.reduce(Constraints.zero) { $0 | $1.tight }
    return functions.indices.filter { used & Self.constraint($0) != .zero }.map {
      (functions[$0].value(at: point).sign, strict & Self.constraint($0) != .zero)
    }
  }

  /// Pairs of vertices that an edge joins: no third vertex shares all constraints that are tight at both.
  var edges: [(Int, Int)] {
    vertices.indices.flatMap { first in
      ((first + 1)..<vertices.count).filter { isEdge(first, $0) }.map { (first, $0) }
    }
  }

  private func isEdge(_ first: Int, _ second: Int) -> Bool {
    let shared = vertices[first].tight & vertices[second].tight
    // An edge takes as many planes as dimensions but one: a count that settles most pairs.
    let planes =
      shared[0].nonzeroBitCount + shared[1].nonzeroBitCount + shared[2].nonzeroBitCount
      + shared[3].nonzeroBitCount
    guard planes >= vertices[first].point.count - 1 else { return false }
    return !vertices.indices.contains { other in
      other != first && other != second && Self.contains(vertices[other].tight, shared)
    }
  }

  /// The two parts in which an affine function is positive, and in which it is not; `nil` for a part that is empty.
  ///
  /// - Returns: `nil` if more constraints are tight than can be kept.
  func split(_ function: AffineFunction) -> (above: Polytope?, below: Polytope?)? {
    let values = vertices.map { function.value(at: $0.point) }
    let signs = values.map(\.sign)
    guard signs.contains(where: { $0 <= 0 }) else { return (self, nil) }
    guard let (whole, number) = withRoom() else { return nil }
    let constraint = Self.constraint(number)
    var (above, touching, below) = ([Vertex](), [Vertex](), [Vertex]())
    for (vertex, sign) in zip(whole.vertices, signs) {
      if sign > 0 { above.append(vertex) }
      if sign < 0 { below.append(vertex) }
      if sign == 0 { touching.append(Vertex(point: vertex.point, tight: vertex.tight | constraint)) }
    }
    func part(_ vertices: [Vertex], strictly: Bool) -> Polytope {
      var part = whole
      part.vertices = vertices
      part.functions.append(strictly ? function : function.negated)
      if strictly { part.strict |= constraint }
      return part
    }
    guard !above.isEmpty else { return (nil, self) }
    guard !below.isEmpty else {
      // A face, unless it lies where another constraint is strict.
      let shared = touching.reduce(Constraints(repeating: .max)) { $0 & $1.tight }
      let isEmpty = touching.isEmpty || shared & whole.strict != .zero
      return (part(above + touching, strictly: true), isEmpty ? nil : part(touching, strictly: false))
    }
    for first in signs.indices where signs[first] > 0 {
      for second in signs.indices where signs[second] < 0 && whole.isEdge(first, second) {
        let (a, b) = (whole.vertices[first], whole.vertices[second])
        let share = values[first] / (values[first] - values[second])
        touching.append(Vertex(point: a.point.going(share, towards: b.point), tight: a.tight & b.tight | constraint))
      }
    }
    return (part(above + touching, strictly: true), part(below + touching, strictly: false))
  }

  /// A free number for a constraint; those that are tight nowhere give theirs up where needed.
  private func withRoom() -> (Polytope, Int)? {
    guard functions.count == Self.most else { return (self, functions.count) }
    let used = vertices.reduce(Constraints.zero) { $0 | $1.tight }
    let kept = (0..<Self.most).filter { used & Self.constraint($0) != .zero }
    guard kept.count < Self.most else { return nil }
    func renumbered(_ set: Constraints) -> Constraints {
      kept.enumerated().reduce(Constraints.zero) { result, entry in
        set & Self.constraint(entry.element) == .zero ? result : result | Self.constraint(entry.offset)
      }
    }
    var fresh = self
    fresh.vertices = vertices.map { Vertex(point: $0.point, tight: renumbered($0.tight)) }
    fresh.strict = renumbered(strict)
    fresh.functions = kept.map { functions[$0] }
    return (fresh, kept.count)
  }
}
