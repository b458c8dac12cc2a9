import ExactArithmetic
import Foundation
import Networks
import Testing

@testable import Reports

@Suite struct CSVTextTests {
  @Test func quotedCellsComeBack() throws {
    let cells = ["a,b", "say \"hi\"", "two\nlines", "", "σ′ – ü", "plain"]
    let text = CSVText.line(cells) + CSVText.line(["x"])
    let read = try CSVText.rows(text)
    #expect(read.rows.map { $0.map(\.text) } == [cells, ["x"]])
    #expect(read.length == text.utf8.count)
  }

  /// Wherever a file is cut, exactly the complete lines are read, and their length is known.
  @Test func tornLinesAreLeftOut() throws {
    let lines = [["a", "b\nc"], ["δ", "\"q\""], ["1", "2"]].map(CSVText.line)
    let text = lines.joined()
    for cut in 0...text.utf8.count {
      guard let part = String(data: Data(text.utf8.prefix(cut)), encoding: .utf8) else { continue }
      let complete = lines.indices.last { lines[...$0].reduce(0) { $0 + $1.utf8.count } <= cut }.map { $0 + 1 } ?? 0
      let read = try CSVText.rows(part, mayBeTorn: true)
      #expect(read.rows.count == complete)
      #expect(read.length == lines[..<complete].reduce(0) { $0 + $1.utf8.count })
    }
  }
}

@Suite struct SweepFileTests {
  static func row(_ number: Int, of count: Int = 3, sweep: String = "00ff") -> SweepRow {
    SweepRow(
      row: number, of: count, sweep: sweep, network: "net, \"one\"", depth: 3, schedule: "diffusion", slope: "drive",
      error: "open", reference: "free", norm: "max", at: "-1,1", kind: "rate", variation: Rational(1, over: 3),
      target: 0, edge: "u->h", upper: Rational(2, over: 3), lower: Rational(1, over: 7),
      ratio: Rational("4.66667"), method: "affine, decoupled", seconds: number == 0 ? nil : "0.25\(number)")
  }

  static func refused(_ number: Int) -> SweepRow {
    var row = row(number)
    (row.edge, row.upper, row.lower, row.ratio, row.slope) = ("", nil, nil, nil, "")
    row.refuse(NetworkError("no, not \"here\""))
    return row
  }

  private func file(_ kind: SweepFormat.Kind, _ rows: [SweepRow]) throws -> SweepFile {
    let measures = rows.contains { $0.seconds != nil }
    let format = SweepFormat(kind, sweep: "00ff", rows: rows, measures: measures)
    let lines = rows.map { format.line($0, isFirst: false) }
    return try SweepFile(Data((format.head + lines.joined() + format.foot).utf8), named: "f")
  }

  @Test func jsonLinesComeBackExactly() throws {
    let rows = [Self.row(0), Self.refused(1), Self.row(2)]
    #expect(try file(.jsonLines, rows).rows == rows)
  }

  /// CSV holds numbers rounded outward, so what comes back is no tighter than what was written.
  @Test func csvComesBackRoundedOutward() throws {
    let rows = [Self.row(1), Self.refused(2)]
    let read = try file(.table(.csv), rows).rows
    #expect(read.count == 2)
    #expect(read[0].upper == Rational("0.666667"))
    #expect(read[0].lower == Rational("0.142857"))
    var first = read[0]
    (first.upper, first.lower) = (rows[0].upper, rows[0].lower)
    #expect(first == rows[0])
    #expect(read[1] == rows[1])
  }

  @Test func rowsOfEveryFormat() {
    let row = Self.row(2)
    func line(_ kind: SweepFormat.Kind) -> String {
      SweepFormat(kind, sweep: "00ff", rows: [row], measures: true).line(row, isFirst: true)
    }
    #expect(
      line(.table(.csv)) == """
        2,3,00ff,"net, ""one""\",3,diffusion,drive,open,free,max,"-1,1",rate,1/3,0,u->h,0.666667,0.142857,4.66667,"affine, decoupled",0.252

        """)
    #expect(
      line(.jsonLines) == """
        {"row":2,"of":3,"sweep":"00ff","network":"net, \\"one\\"","depth":3,"schedule":"diffusion","slope":"drive","error":"open","reference":"free","norm":"max","at":"-1,1","kind":"rate","variation":"1/3","target":"0","edge":"u->h","upper":"2/3","lower":"1/7","ratio":"466667/100000","method":"affine, decoupled","seconds":"0.252"}

        """)
    #expect(
      line(.table(.markdown))
        == "| net, \"one\" | 3 | diffusion, drive, open | free | 1/3 per tick | u->h | 0.666667 | 0.142857 | 4.66667 "
        + "| affine, decoupled | 0.252 |\n")
    #expect(
      line(.table(.latex))
        == "net, \"one\" & 3 & diffusion, drive, open & free & 1/3 per tick & u-$>$h & 0.666667 & 0.142857 & 4.66667 "
        + "& affine, decoupled & 0.252 \\\\\n")
    #expect(
      line(.table(.text))
        == "net, \"one\"      3  diffusion, drive, open  free       1/3 per tick  u->h                  0.666667      0.142857   4.66667"
        + "  affine, decoupled             0.252\n")
    #expect(line(.table(.json)) == "\n" + line(.jsonLines).dropLast())
  }

  @Test func mergeNeedsAllRowsOfOneSweep() throws {
    let (a, b) = (try file(.jsonLines, [Self.row(0), Self.row(2)]), try file(.jsonLines, [Self.row(1)]))
    #expect(try SweepMerge.rows([("b", b), ("a", a)]).map(\.row) == [0, 1, 2])
    #expect(throws: NetworkError.self) { try SweepMerge.rows([("a", a)]) }
    #expect(throws: NetworkError.self) { try SweepMerge.rows([]) }
    let other = try file(.jsonLines, [Self.row(1, sweep: "01ff")])
    #expect(throws: NetworkError.self) { try SweepMerge.rows([("a", a), ("o", other)]) }
    let longer = try file(.jsonLines, [Self.row(1, of: 4)])
    #expect(throws: NetworkError.self) { try SweepMerge.rows([("a", a), ("l", longer)]) }
    // The same row twice: up to its time it must say the same.
    var again = Self.row(1)
    again.seconds = "9.000"
    #expect(try SweepMerge.rows([("a", a), ("b", b), ("c", try file(.jsonLines, [again]))]).count == 3)
    again.upper = 1
    let changed = try file(.jsonLines, [again])
    #expect(throws: NetworkError.self) { try SweepMerge.rows([("a", a), ("b", b), ("c", changed)]) }
  }

  @Test func brokenFilesAreNamed() {
    for text in ["a,b\n1,2\n", "{\"row\":1}\n", "{]\n", "row,of,sweep\n"] {
      let error = #expect(throws: NetworkError.self) { try SweepFile(Data(text.utf8), named: "file.csv") }
      #expect(error?.message.contains("file.csv") == true)
    }
  }
}
