import ExactArithmetic
import Testing

/// The flat kernels against sums of reduced rationals, term by term.
@Suite struct KernelTests {
  let context = ExactContext()

  /// Rows of a random matrix, a third of it zeros when `isSparse`.
  func matrix(_ rows: Int, _ columns: Int, _ generator: inout SeededGenerator, isSparse: Bool) -> [[Rational]] {
    (0..<rows).map { _ in
      (0..<columns).map { _ in
        isSparse && generator.chance(2, in: 3) ? .zero : generator.mixedRational()
      }
    }
  }

  func entries(_ matrix: [[Rational]]) -> [(row: Int, column: Int, value: Rational)] {
    matrix.enumerated().flatMap { row, values in values.enumerated().map { (row, $0, $1) } }
  }

  func termByTerm(_ left: [Rational], _ right: [Rational]) -> Rational {
    zip(left, right).reduce(Rational.zero) { $0 + $1.0 * $1.1 }
  }

  @Test func applicationEqualsTheTermByTermSum() {
    var generator = SeededGenerator(seed: 1)
    for _ in 0..<150 {
      let (rows, columns) = (generator.int(1...10), generator.int(1...10))
      let matrix = matrix(rows, columns, &generator, isSparse: generator.chance(1, in: 2))
      let input = (0..<columns).map { _ in generator.mixedRational() }
      let output = (0..<rows).map { _ in generator.mixedRational() }
      let dense = LinearMap(Matrix(rows: rows, columns: columns, elements: matrix.flatMap { $0 }))
      let sparse = LinearMap(rows: rows, columns: columns, entries: entries(matrix).shuffled(using: &generator))
      let image = matrix.map { termByTerm($0, input) }
      let back = (0..<columns).map { column in termByTerm(matrix.map { $0[column] }, output) }

      #expect(dense.apply(to: Vector(input), in: context).elements == image)
      #expect(sparse.apply(to: Vector(input), in: context).elements == image)
      #expect(dense.applyTransposed(to: Vector(output), in: context).elements == back)
      #expect(sparse.applyTransposed(to: Vector(output), in: context).elements == back)
      #expect(dense == sparse && dense.hashValue == sparse.hashValue)
      #expect(dense.transposed.apply(to: Vector(output), in: context).elements == back)
      #expect(sparse.transposed.apply(to: Vector(output), in: context).elements == back)
      // The adjoint: ⟨A x, y⟩ = ⟨x, Aᵀ y⟩.
      #expect(
        sparse.apply(to: Vector(input), in: context).dot(Vector(output))
          == Vector(input).dot(dense.applyTransposed(to: Vector(output), in: context)))
      for row in 0..<rows {
        for column in 0..<columns {
          #expect(dense[row, column] == matrix[row][column] && sparse[row, column] == matrix[row][column])
        }
      }
    }
  }

  @Test func vectorOperationsEqualTheElementwiseOnes() {
    var generator = SeededGenerator(seed: 2)
    for _ in 0..<400 {
      let count = generator.int(1...8)
      let left = (0..<count).map { _ in generator.mixedRational() }
      let right = (0..<count).map { _ in generator.mixedRational() }
      let (a, b) = (Vector(left), Vector(right))
      #expect(a.elements == left)
      #expect((a + b).elements == zip(left, right).map { $0 + $1 })
      #expect((a - b).elements == zip(left, right).map { $0 - $1 })
      #expect((-a).elements == left.map { -$0 })
      #expect(a.hadamard(b).elements == zip(left, right).map { $0 * $1 })
      #expect(a.dot(b) == termByTerm(left, right))
      #expect(a.outer(b).elements == left.flatMap { x in right.map { x * $0 } })
      #expect(a.outer(b).transpose == b.outer(a))
      #expect(a.maximumNorm == left.map(\.magnitude).max())
      // Aliasing.
      #expect((a - a).isZero && (a + a).elements == left.map { 2 * $0 })
      #expect(a.hadamard(a).dot(Vector(Array(repeating: 1, count: count))) == a.dot(a))
      // The same numbers over another scale are equal and hash alike.
      let detour = (a + b) - b
      #expect(detour == a && detour.hashValue == a.hashValue)
      #expect(a.clampingNegativesToZero().elements == left.map { max($0, 0) })
      #expect(a.masked(wherePositive: b).elements == zip(left, right).map { $1 > 0 ? $0 : 0 })
      #expect(a.signs == left.map(\.sign))
      var other = left
      other[generator.int(0...count - 1)] += Rational(1, over: 3)
      #expect(Vector(other) != a)
    }
  }

  @Test func compositionIsApplicationInTurn() {
    var generator = SeededGenerator(seed: 3)
    for _ in 0..<60 {
      let (n, m, k) = (generator.int(1...5), generator.int(1...5), generator.int(1...5))
      let (first, second) = (
        matrix(m, k, &generator, isSparse: generator.chance(1, in: 2)), matrix(n, m, &generator, isSparse: true)
      )
      let input = Vector((0..<k).map { _ in generator.mixedRational() })
      let dense = (
        LinearMap(Matrix(rows: m, columns: k, elements: first.flatMap { $0 })),
        LinearMap(Matrix(rows: n, columns: m, elements: second.flatMap { $0 }))
      )
      let sparse = (
        LinearMap(rows: m, columns: k, entries: entries(first)),
        LinearMap(rows: n, columns: m, entries: entries(second))
      )
      let expected = dense.1.apply(to: dense.0.apply(to: input, in: context), in: context)
      let product = dense.1.composed(after: dense.0)
      #expect(product.apply(to: input, in: context) == expected)
      #expect(sparse.1.composed(after: dense.0) == product)
      #expect(dense.1.composed(after: sparse.0) == product)
      #expect(sparse.1.composed(after: sparse.0) == product)
      #expect(product.transposed == dense.0.transposed.composed(after: dense.1.transposed))
      let factor = generator.mixedRational()
      #expect((dense.0 + sparse.0).scaled(by: factor) == sparse.0.scaled(by: factor * 2))
      #expect(LinearMap.identity(m).composed(after: dense.0) == dense.0)
      #expect(dense.0.scaled(by: 0) == .zero(m, k) && (sparse.0 + sparse.0.scaled(by: -1)).isZero)
    }
  }

  @Test func floatsAreTakenExactly() throws {
    var generator = SeededGenerator(seed: 4)
    for _ in 0..<150 {
      let (rows, columns) = (generator.int(1...4), generator.int(1...4))
      let doubles = (0..<rows * columns).map { _ in generator.double() }
      let map = try LinearMap(rows: rows, columns: columns, doubles: doubles)
      #expect(try map.matrix.elements == doubles.map { try Rational(exactly: $0) })
      let sparse = try LinearMap(
        rows: rows, columns: columns, rowStarts: (0...rows).map { $0 * columns },
        columnIndices: (0..<rows).flatMap { _ in (0..<columns).shuffled(using: &generator) },
        doubles: doubles)
      #expect(sparse.nonzeroCount == doubles.count { $0 != 0 })
    }
    #expect(throws: NumberError.self) { try LinearMap(rows: 1, columns: 2, doubles: [1, .nan]) }
    #expect(throws: NumberError.self) {
      try LinearMap(rows: 1, columns: 2, rowStarts: [0, 1], columnIndices: [2], doubles: [1])
    }
    #expect(throws: NumberError.self) {
      try LinearMap(rows: 1, columns: 2, rowStarts: [0, 1], columnIndices: [0], doubles: [-.infinity])
    }
  }

  @Test func duplicatesAddUpAndZerosAreDropped() {
    let map = LinearMap(rows: 2, columns: 2, entries: [(1, 0, 2), (0, 1, 3), (1, 0, -2), (0, 1, 4), (1, 1, 0)])
    #expect(map.nonzeroCount == 1 && map[0, 1] == 7 && map[1, 0] == 0)
  }

  @Test func emptyShapes() {
    let none = Vector<Rational>([])
    #expect(LinearMap.zero(3, 0).apply(to: none, in: context) == Vector([0, 0, 0]))
    #expect(LinearMap.zero(0, 3).apply(to: Vector([1, 2, 3]), in: context) == none)
    #expect(
      LinearMap(Matrix(rows: 0, columns: 2, elements: [])).applyTransposed(to: none, in: context) == Vector([0, 0]))
    #expect(LinearMap(Matrix(rows: 2, columns: 0, elements: [])).transposed.rows == 0)
    #expect(none.dot(none) == 0 && none.maximumNorm == 0 && (none + none) == none && none.isZero)
    #expect(none.outer(Vector([1])).rows == 0)
  }

  @Test func dyadicAgreesWithRational() {
    var generator = SeededGenerator(seed: 5)
    for _ in 0..<200 {
      let count = generator.int(1...6)
      let left = (0..<count).map { _ in generator.dyadic(bits: 200) }
      let right = (0..<count).map { _ in generator.dyadic(bits: 200) }
      let (a, b) = (left.map { Rational($0) }, right.map { Rational($0) })
      #expect(Rational(Vector(left).dot(Vector(right))) == Vector(a).dot(Vector(b)))
      let map = LinearMap(Matrix(rows: 1, columns: count, elements: a))
      #expect(map.apply(to: Vector(right), in: context).elements.map { Rational($0) } == [Vector(a).dot(Vector(b))])
    }
  }

  /// One limb everywhere takes a path of its own: full limbs, all signs, sums beyond two limbs.
  @Test func singleLimbs() {
    var generator = SeededGenerator(seed: 6)
    let largest = Integer.one << 64 - 1
    for _ in 0..<400 {
      let (rows, columns) = (generator.int(1...9), generator.int(1...9))
      func entry() -> Rational {
        let magnitude =
          generator.chance(1, in: 3) ? largest - Integer(2 * generator.int(0...2)) : Integer(generator.next() | 1)
        switch generator.int(0...5) {
        case 0: return 0
        case 1...2: return Rational(-magnitude)
        default: return Rational(magnitude)
        }
      }
      let matrix = (0..<rows).map { _ in (0..<columns).map { _ in entry() } }
      let input = (0..<columns).map { _ in entry() }
      let output = (0..<rows).map { _ in entry() }
      let map = LinearMap(Matrix(rows: rows, columns: columns, elements: matrix.flatMap { $0 }))
      #expect(map.apply(to: Vector(input), in: context).elements == matrix.map { termByTerm($0, input) })
      let back = (0..<columns).map { column in termByTerm(matrix.map { $0[column] }, output) }
      #expect(map.applyTransposed(to: Vector(output), in: context).elements == back)
    }
  }

  /// Sums that cancel to little or nothing, and carries and borrows through whole limbs.
  @Test func cancellation() {
    var generator = SeededGenerator(seed: 7)
    for _ in 0..<300 {
      let count = generator.int(1...6)
      let left = (0..<count).map { _ in Rational((Integer.one << generator.int(0...400)) - 1) }
      let right = (0..<count).map { _ in Rational((Integer.one << generator.int(0...400)) - 1) }
      let rest = generator.mixedRational()
      let (a, b) = (Vector(left + left + [rest]), Vector(right + right.map { -$0 } + [1]))
      #expect(a.dot(b) == rest)
      #expect(Vector(left + left).dot(Vector(right + right.map { 1 - $0 })) == left.reduce(0, +))
    }
  }

  /// Large blocks are shared between threads through a pool.
  @Test func largeResultsOnManyThreads() async {
    let expected = await withTaskGroup(of: [Bool].self) { group in
      for seed in 0..<8 {
        group.addTask {
          var generator = SeededGenerator(seed: UInt64(100 + seed))
          return (0..<6).map { _ in
            let left = (0..<40).map { _ in Rational(generator.integer(bits: 700)) }
            let right = (0..<40).map { _ in Rational(generator.integer(bits: 700)) }
            let (first, second) = (Vector(left).outer(Vector(right)), Vector(right).outer(Vector(left)))
            let place = generator.int(0...1599)
            return first.transpose == second
              && first.elements[place] == left[place / 40] * right[place % 40]
          }
        }
      }
      return await group.reduce(into: [Bool]()) { $0 += $1 }
    }
    #expect(expected.count == 48 && expected.allSatisfy { $0 })
  }
}
