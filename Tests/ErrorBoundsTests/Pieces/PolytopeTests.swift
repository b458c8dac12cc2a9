import ExactArithmetic
import PropertyTesting
import Testing

@testable import ErrorBounds

@Suite("Polytopes")
struct PolytopeTests {
  /// Cuts of a cube by small integer planes, so that many pass through vertices that are already there.
  struct Cuts: CustomStringConvertible, Sendable {
    let dimension: Int
    let functions: [AffineFunction]

    var description: String { "\(dimension)-cube, \(functions.map { "\($0.constant) + \($0.gradient)·t" })" }

    static var generator: Generator<Cuts> {
      Generator { (source) throws(DiscardedCase) in
        let dimension = try source.draw(Generator<Int>.integer(in: 1...3))
        let count = try source.draw(Generator<Int>.integer(in: 1...4))
        var functions: [AffineFunction] = []
        for _ in 0..<count {
          let numbers = try source.draw(
            Generator<[Int]>.array(of: .integer(in: -3...3), count: (dimension + 1)...(dimension + 1)))
          guard numbers.dropFirst().contains(where: { $0 != 0 }) else { throw DiscardedCase() }
          functions.append(
            AffineFunction(
              constant: Rational(numbers[0]), gradient: Vector(numbers.dropFirst().map { Rational($0) })))
        }
        return Cuts(dimension: dimension, functions: functions)
      }
    }

    /// All parts, with the sign (above or not) of every function in each.
    var parts: [(polytope: Polytope, isAbove: [Bool])] {
      var parts: [(polytope: Polytope, isAbove: [Bool])] = [(Polytope(cube: dimension), [])]
      for function in functions {
        var finer: [(polytope: Polytope, isAbove: [Bool])] = []
        for part in parts {
          guard let cut = part.polytope.split(function) else { continue }
          if let above = cut.above { finer.append((above, part.isAbove + [true])) }
          if let below = cut.below { finer.append((below, part.isAbove + [false])) }
        }
        parts = finer
      }
      return parts
    }

    /// Whether a point of the cube lies in the half-open set of these signs.
    func holds(_ isAbove: [Bool], _ point: Vector<Rational>) -> Bool {
      zip(functions, isAbove).allSatisfy { ($0.value(at: point).sign > 0) == $1 }
    }

    /// Points of a grid that contains many points of the planes.
    var grid: [Vector<Rational>] {
      var points: [[Rational]] = [[]]
      for _ in 0..<dimension {
        points = points.flatMap { point in (-2...2).map { point + [Rational(Integer($0), over: 2)] } }
      }
      return points.map { Vector($0) }
    }
  }

  @Test("Parts are exactly the sets of signs that occur, their vertices and edges those found by elimination")
  func partsAreThoseOfTheSigns() throws {
    var (faces, degenerate, edges) = (0, 0, 0)
    try requireProperty("parts of a cube", Cuts.generator, cases: 60) { (cuts: Cuts) in
      let parts = cuts.parts
      for point in cuts.grid {
        let holding = parts.filter { cuts.holds($0.isAbove, point) }
        try demand(holding.count == 1, "\(point) lies in \(holding.count) parts")
        try demand(
          holding.allSatisfy { ElementaryPolytope(cuts, $0.isAbove).contains(point) }, "\(point) outside its closure")
      }
      for part in parts {
        let middle = part.polytope.middle
        try demand(cuts.holds(part.isAbove, middle), "the middle \(middle) lies outside")
        let elementary = ElementaryPolytope(cuts, part.isAbove)
        let found = Set(part.polytope.vertices.map(\.point.elements))
        try demandEqual(found, Set(elementary.vertices))
        try demandEqual(found.count, part.polytope.vertices.count)
        let pairs = Set(
          part.polytope.edges.map { pair in
            Set([part.polytope.vertices[pair.0].point.elements, part.polytope.vertices[pair.1].point.elements])
          })
        try demandEqual(pairs, elementary.edges)
        edges += pairs.count
        if found.count <= cuts.dimension { faces += 1 }
        if elementary.isDegenerate { degenerate += 1 }
      }
    }
    #expect(faces > 5, "faces of lower dimension occur: \(faces)")
    #expect(degenerate > 5, "vertices with more planes than dimensions occur: \(degenerate)")
    #expect(edges > 500)
  }

  @Test("The middle of a face or of a part that is narrower than any rounding lies in it")
  func narrowParts() throws {
    func side(_ end: Rational) -> AffineFunction { AffineFunction(constant: end, gradient: Vector([-1, 0])) }
    let third = Rational(1, over: 3)
    // x ≤ 1/3, then 1/3 − width ≤ x; nothing of which is a number of few digits.
    let rest = try #require(Polytope(cube: 2).split(side(third).negated)?.below)
    for width in [0, 1, 12, 30, 60].map({ $0 == 0 ? 0 : Rational(1, over: Integer(1) << $0) }) as [Rational] {
      let part = try #require(rest.split(side(third - width))?.below)
      #expect(part.contains(part.middle), "\(part.middle)")
      #expect((third - width...third).contains(part.middle[0]), "\(part.middle)")
    }
  }

  @Test("Constraints that are tight nowhere give their numbers up")
  func manyCuts() throws {
    var polytope = Polytope(cube: 1)
    for step in (1...600).reversed() {
      let function = AffineFunction(constant: -1 + Rational(Integer(step), over: 601), gradient: Vector([-1]))
      let halves = try #require(polytope.split(function))
      #expect(halves.below != nil)
      polytope = try #require(halves.above)
    }
    #expect(Set(polytope.vertices.map { $0.point[0] }) == [-1, Rational(-600, over: 601)])
  }
}

/// The closure of a set of signs, its vertices and edges found from the planes alone: every choice of as many planes as
/// dimensions, by elimination.
struct ElementaryPolytope {
  let constraints: [AffineFunction]
  let dimension: Int
  var vertices: [[Rational]] = []

  init(_ cuts: PolytopeTests.Cuts, _ isAbove: [Bool]) {
    dimension = cuts.dimension
    let sides = (0..<cuts.dimension).flatMap { axis in
      [1, -1].map { sign in
        AffineFunction(
          constant: 1, gradient: Vector((0..<cuts.dimension).map { $0 == axis ? Rational(sign) : 0 }))
      }
    }
    constraints = sides + zip(cuts.functions, isAbove).map { $1 ? $0 : $0.negated }
    var found: Set<[Rational]> = []
    for choice in Self.choices(cuts.dimension, of: constraints.count) {
      guard let point = Self.solution(choice.map { constraints[$0] }), contains(Vector(point)) else { continue }
      found.insert(point)
    }
    vertices = Array(found)
  }

  func contains(_ point: Vector<Rational>) -> Bool { constraints.allSatisfy { $0.value(at: point).sign >= 0 } }

  private func tight(_ point: [Rational]) -> [AffineFunction] {
    constraints.filter { $0.value(at: Vector(point)).isZero }
  }

  var isDegenerate: Bool { vertices.contains { tight($0).count > dimension } }

  /// Two vertices whose common planes leave one direction free.
  var edges: Set<Set<[Rational]>> {
    var pairs: Set<Set<[Rational]>> = []
    for first in vertices.indices {
      for second in vertices.indices where second > first {
        let shared = tight(vertices[first]).filter { $0.value(at: Vector(vertices[second])).isZero }
        if Self.rank(shared.map(\.gradient.elements)) == dimension - 1 {
          pairs.insert([vertices[first], vertices[second]])
        }
      }
    }
    return pairs
  }

  private static func choices(_ size: Int, of count: Int) -> [[Int]] {
    guard size > 0 else { return [[]] }
    return choices(size - 1, of: count).flatMap { choice in
      (((choice.last ?? -1) + 1)..<max(count, (choice.last ?? -1) + 1)).map { choice + [$0] }
    }
  }

  /// The row echelon form, in place; the columns of the pivots.
  private static func eliminate(_ rows: inout [[Rational]], columns: Int) -> [Int] {
    var pivots: [Int] = []
    for column in 0..<columns {
      guard let row = (pivots.count..<rows.count).first(where: { !rows[$0][column].isZero }) else { continue }
      rows.swapAt(pivots.count, row)
      let pivot = rows[pivots.count]
      for other in rows.indices where other != pivots.count && !rows[other][column].isZero {
        let factor = rows[other][column] / pivot[column]
        rows[other] = zip(rows[other], pivot).map { $0 - factor * $1 }
      }
      pivots.append(column)
      if pivots.count == rows.count { break }
    }
    return pivots
  }

  private static func rank(_ rows: [[Rational]]) -> Int {
    var rows = rows
    return rows.isEmpty ? 0 : eliminate(&rows, columns: rows[0].count).count
  }

  private static func solution(_ functions: [AffineFunction]) -> [Rational]? {
    var rows = functions.map { $0.gradient.elements + [-$0.constant] }
    let count = functions.count
    guard eliminate(&rows, columns: count).count == count else { return nil }
    return (0..<count).map { rows[$0][count] / rows[$0][$0] }
  }
}
