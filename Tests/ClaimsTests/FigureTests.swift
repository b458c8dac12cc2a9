import Claims
import Testing

@Suite struct FigureTests {
  /// L = 9: waves meet at l_s = 5 with delay 4; the greatest mismatch is 8.
  @Test(arguments: 1...3)
  func wavesMeetAtTheMiddle(_ number: Int) throws {
    let figure = try WaveFigure(number)
    #expect(figure.mismatches == [8, 6, 4, 2, 0, -2, -4, -6, -8])
    #expect(figure.fill == 8)
    for cell in figure.cells where cell.meets {
      #expect(cell.layer == 5 && cell.isExact)
      #expect(cell.input == cell.tick - 4)
    }
  }

  @Test func constantInputIsExactFromTheFillOn() throws {
    let figure = try WaveFigure(1)
    for tick in 0..<figure.ticks {
      let exact = figure.cells.filter { $0.tick == tick && $0.isExact }.map(\.layer)
      #expect((exact == Array(1...9)) == (tick >= 8))
    }
  }

  /// Theorem 6: of 12 ticks per input, 12 − |mismatch| are exact.
  @Test func slowInputIsExactForTheRestOfEachHold() throws {
    let figure = try WaveFigure(2)
    for layer in 1...9 {
      let exact = figure.exactTicks(of: layer).count { $0 >= 24 }
      #expect(exact == 12 - abs(figure.mismatches[layer - 1]))
    }
  }

  @Test func abruptInputIsExactAtTheMiddleAlone() throws {
    let figure = try WaveFigure(3)
    for layer in 1...9 { #expect(figure.exactTicks(of: layer) == (layer == 5 ? Array(4..<18) : [])) }
  }

  @Test func otherNumbersAreRefused() {
    #expect(throws: (any Error).self) { try WaveFigure(4) }
  }
}
