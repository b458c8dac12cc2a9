import Foundation
import Testing

@testable import Reports

/// Names are any Unicode: nothing in them commands a terminal, breaks a table, or stops LaTeX.
@Suite struct VisibleTextTests {
  private static let names = [
    "plain", "u,\"1\"\n2", "h|x_1 & 50% \\{$", "y\u{1B}[31m", "a\u{1B}[2Jb", "\u{202E}abc", "\u{2028}",
    "\t\r\u{0}\u{7F}",
    "é", "e\u{301}", "😀", "~^#`|<>", "σ′ ≈ 1 → ∇",
  ]

  private static func commands(_ text: String) -> [Unicode.Scalar] {
    text.unicodeScalars.filter { scalar in
      scalar != "\n"
        && ([.control, .lineSeparator, .paragraphSeparator].contains(scalar.properties.generalCategory)
          || scalar.properties.isBidiControl)
    }
  }

  @Test(arguments: names) func tablesShowNames(name: String) {
    let table = Table(header: ["edge", "verdict"], rows: [[name, "exact"], ["second", "exact"]])
    for format in [OutputFormat.text, .markdown, .latex] {
      let text = table.rendered(format)
      #expect(Self.commands(text) == [], "\(format)")
      #expect(text.split(separator: "\n").count == (format == .latex ? 8 : format == .markdown ? 4 : 3))
    }
    // Data is quoted, not changed.
    let lines = table.rendered(.csv)
    #expect(
      lines.contains(name.contains(where: { ",\"\n\r".contains($0) }) ? name.replacing("\"", with: "\"\"") : name))
  }

  @Test func pagesKeepTheirLinesAndColours() {
    let page = TextStyle.coloured.good("PROVED") + " a\u{1B}[2Jb\n"
    #expect(VisibleText.page(page, .coloured) == "\u{1B}[32mPROVED\u{1B}[0m a\\u{1B}[2Jb\n")
    #expect(VisibleText.page("a\u{1B}[31mb\nc\u{7}", .plain) == "a\\u{1B}[31mb\nc\\u{07}")
    #expect(VisibleText.page("é σ′ 😀\n", .plain) == "é σ′ 😀\n")
  }

  /// Compiled where pdflatex is there; elsewhere that is said.
  @Test func latexCompiles() throws {
    let paths = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").map { "\($0)/pdflatex" }
    guard let compiler = paths.first(where: FileManager.default.isExecutableFile(atPath:)) else {
      print("latexCompiles: skipped, pdflatex is not installed")
      return
    }
    let table = Table(header: ["name", "σ", "|g − ∇| ≤ c₁V + c₂V²"], rows: Self.names.map { [$0, "tanh", "1.5e−3"] })
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let document =
      "\\documentclass{article}\n\\usepackage[T1]{fontenc}\n\\usepackage{booktabs}\n\\begin{document}\n"
      + table.rendered(.latex) + "\\end{document}\n"
    try Data(document.utf8).write(to: folder.appendingPathComponent("table.tex"))
    let process = Process()
    process.executableURL = URL(fileURLWithPath: compiler)
    process.arguments = ["-interaction=nonstopmode", "-halt-on-error", "table.tex"]
    process.currentDirectoryURL = folder
    let log = folder.appendingPathComponent("log")
    try Data().write(to: log)
    process.standardOutput = try FileHandle(forWritingTo: log)
    try process.run()
    process.waitUntilExit()
    let said = try String(contentsOf: log, encoding: .utf8).suffix(600)
    #expect(process.terminationStatus == 0, "\(said)")
  }
}
