import PropertyTesting
import Testing

@Suite struct SourceCodeTests {
  private struct Point {
    var x: Int
    var label: String?
  }

  private enum Shape {
    case empty
    case circle(Int)
    case box(width: Int, height: Int)
  }

  @Test func valuesPrintAsCode() {
    #expect(sourceCode(of: [1, -2]).rendered() == "[1, -2]")
    #expect(sourceCode(of: (1, name: "a\"b")).rendered() == #"(1, name: "a\"b")"#)
    #expect(sourceCode(of: Point(x: 3, label: nil)).rendered() == "Point(x: 3, label: nil)")
    #expect(sourceCode(of: Point(x: 3, label: "p")).rendered() == #"Point(x: 3, label: "p")"#)
    #expect(
      sourceCode(of: [Shape.empty, .circle(2), .box(width: 1, height: 2)]).rendered()
        == "[.empty, .circle(2), .box(width: 1, height: 2)]")
    #expect(sourceCode(of: ["b": [1], "a": []]).rendered() == #"["a": [], "b": [1]]"#)
    #expect(sourceCode(of: Set([3, 1, 2])).rendered() == "Set([1, 2, 3])")
    #expect(sourceCode(of: [Int: Int]()).rendered() == "[:]")
  }

  @Test func longCodeIsBroken() {
    let rows = [Array(1...6), Array(7...12)]
    #expect(
      sourceCode(of: (rows, last: 1)).rendered(width: 24) == """
        (
          [
            [1, 2, 3, 4, 5, 6],
            [
              7,
              8,
              9,
              10,
              11,
              12
            ]
          ],
          last: 1
        )
        """)
  }
}
