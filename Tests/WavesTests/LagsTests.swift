import Testing
import Waves

@Suite struct LagsTests {
  /// Every period, the greatest integer too: a remainder is below its period, but twice a period is no integer there.
  @Test func lagsAreReducedModuloAnyPeriod() {
    let lags = Lags([-7, -1, 0, 1, 6, 1_000_003])
    #expect(lags.reduced(modulo: 1).values == [0])
    #expect(lags.reduced(modulo: 5).values == [0, 1, 3, 4])
    #expect(lags.reduced(modulo: 7).values == [0, 1, 4, 6])
    let greatest = Int.max
    #expect(lags.reduced(modulo: greatest).values == [0, 1, 6, 1_000_003, greatest - 7, greatest - 1])
    #expect(Lags(Int.min + 1).reduced(modulo: greatest).values == [0])
  }

  /// The union is that of the sets, whatever their ends, and a set is equal to itself however it was made.
  @Test func unionsAreThoseOfSets() {
    let sets: [[Int]] = [[], [0], [-3], [2, 5], [-3, 0, 5], [0, 1, 2, 3], [5, 9], [-9, -8]]
    for left in sets {
      for right in sets {
        let union = Lags(left).union(Lags(right))
        #expect(union.values == Set(left + right).sorted())
        #expect(union == Lags(left + right) && union == Lags(right).union(Lags(left)))
        #expect(union.shifted(by: 4).values == Set(left + right).sorted().map { $0 + 4 })
      }
    }
  }
}
