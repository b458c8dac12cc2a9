import ExactArithmetic
import PropertyTesting
import Testing

@Suite struct LinearAlgebraGeneratorTests {
  @Test func vectorsHaveNoZero() {
    let drawn = samples(.vector(count: 1...5, of: Generator<Rational>.rational()))
    #expect(drawn.allSatisfy { !$0.elements.contains { $0.isZero } })
    #expect(Set(drawn.map(\.count)) == [1, 2, 3, 4, 5])
  }

  @Test(arguments: [false, true])
  func matricesHaveNoZeroRowOrColumn(sparse: Bool) {
    let drawn = samples(.matrix(rows: 1...5, columns: 1...5, sparse: sparse), count: 3_000)
    #expect(drawn.allSatisfy { matrix in matrix.rowVectors.allSatisfy { !$0.isZero } })
    #expect(drawn.allSatisfy { matrix in matrix.transpose.rowVectors.allSatisfy { !$0.isZero } })
    #expect(drawn.contains { $0.elements.contains { $0.isZero } } == sparse)
  }

  @Test func linearMapsAreTheirMatrices() {
    for seed in UInt64(0)..<500 {
      let dense = Generator<LinearMap>.linearMap(rows: 1...4, columns: 1...4).sample(seed: seed)
      let sparse = Generator<LinearMap>.linearMap(rows: 1...4, columns: 1...4, sparse: true).sample(seed: seed)
      let matrix = Generator<Matrix<Rational>>.matrix(rows: 1...4, columns: 1...4, sparse: true).sample(seed: seed)
      #expect(dense?.isDense == true)
      #expect(sparse?.isDense == false)
      #expect(sparse?.matrix == matrix)
    }
  }

  @Test func knownSmallestMatrices() {
    let matrices = Generator<Matrix<Rational>>.matrix(rows: 1...4, columns: 1...4, sparse: true)
    #expect(
      smallest(matrices) { $0.rows == 2 && $0 != $0.transpose } == ["Matrix(rows: 2, columns: 1, elements: [1, 1])"])
    #expect(
      smallest(matrices) { $0.elements.contains { $0 >= 5 } } == ["Matrix(rows: 1, columns: 1, elements: [5])"])
    #expect(
      smallest(.vector(count: 0...6, of: Generator<Rational>.rational())) { $0.elements.contains { $0 < 0 } }
        == ["Vector([-1])"])
  }
}
