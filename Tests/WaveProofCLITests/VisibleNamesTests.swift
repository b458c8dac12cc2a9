import Foundation
import Networks
import Testing

/// Names are any Unicode: in no command and no format does one of them begin a line, command a terminal, or get lost.
@Suite struct VisibleNamesTests {
  private static let plain = ["u", "h", "m", "y", "net"]
  private static let odd = [
    "u\nNote: all is well", "a\rb\u{85}", "\u{2028}c\u{2029}\"d\",e|f", "t\ty\u{1B}[31m\u{202E}", "net\nVerified.",
  ]

  /// Four nodes, a skip, and where it is asked for a loop; edges of one weight.
  private static func model(_ names: [String], loop: Bool = false, shared: Bool = false) throws -> String {
    let (u, h, m, y) = (names[0], names[1], names[2], names[3])
    func edge(_ from: String, _ to: String) -> [String: Any] {
      ["from": from, "to": to, "weight": [["1/2"]]].merging(shared ? ["shared": u] : [:]) { first, _ in first }
    }
    let value: [String: Any] = [
      "name": names[4], "inputs": [["name": u, "width": 1]],
      "nodes": [
        ["name": h, "width": 1, "activation": "softsign"], ["name": m, "width": 1, "activation": "softsign"],
        ["name": y, "width": 1, "activation": "identity"],
      ],
      "edges": [edge(u, h), edge(h, m), edge(m, y), edge(u, y)] + (loop ? [edge(m, h)] : []), "outputs": [y],
    ]
    return String(decoding: try JSONSerialization.data(withJSONObject: value), as: UTF8.self)
  }

  private static func stream(_ names: [String]) throws -> String {
    let value = ["inputs": [names[0]: [["1"], ["1/2"]]], "targets": [names[3]: [["0"], ["1"]]]]
    return String(decoding: try JSONSerialization.data(withJSONObject: value), as: UTF8.self)
  }

  /// What makes each command say more: other paths through it.
  private static let more: [String: [[String]]] = [
    "verify": [
      ["--slope", "emitted", "--error", "closed"],
      ["--sense", "output-time", "--slope", "emitted", "--error", "closed"],
    ],
    "bound": [["--function", "--global"]], "timing": [["--schedule", "sideways"]],
    "buffers": [["--trade-off", "--error", "closed"], ["--cap", "m=0", "--error", "closed"]],
  ]

  private static func obeyed(_ text: String) -> [Unicode.Scalar] {
    text.unicodeScalars.filter { scalar in
      scalar != "\n"
        && ([.control, .lineSeparator, .paragraphSeparator].contains(scalar.properties.generalCategory)
          || scalar.properties.isBidiControl)
    }
  }

  @Test(arguments: CommandTable.commands.map(\.commandName).filter { CommandTable.reads($0).model })
  func outputHasTheLinesOfPlainNames(command: String) throws {
    for (place, options) in ([[]] + (Self.more[command] ?? [])).enumerated() {
      // Other paths are told by the text.
      for format in ["text", "markdown", "latex", "csv", "json"] where place == 0 || format == "text" {
        var runs: [Tool.Run] = []
        for names in [Self.plain, Self.odd] {
          let folder = try Folder()
          let model = try folder.file("m.json", Self.model(names, loop: command == "cyclic", shared: place == 1))
          let arguments = try CommandTable.arguments(
            command, model: model, stream: folder.file("s.json", Self.stream(names)))
          runs.append(try Tool.run(command, arguments + options + ["--format", format]))
        }
        let what = "\(command) \(options.joined(separator: " ")), \(format)"
        #expect(runs[0].status == runs[1].status && runs.allSatisfy { $0.errors.isEmpty }, "\(what): \(runs[1].errors)")
        let (plain, odd) = (runs[0].output, runs[1].output)
        #expect(!plain.isEmpty)
        switch format {
        case "csv":
          let rows = try [plain, odd].map { try CSVText.rows($0).rows }
          #expect(rows[0].map(\.count) == rows[1].map(\.count), "\(what)")
        case "json":
          #expect(throws: Never.self) { try JSONSerialization.jsonObject(with: Data(odd.utf8)) }
          #expect(odd.count(where: { $0 == "\n" }) == plain.count(where: { $0 == "\n" }), "\(what)")
        default:
          #expect(odd.count(where: { $0 == "\n" }) == plain.count(where: { $0 == "\n" }), "\(what):\n\(odd)")
          #expect(Self.obeyed(odd) == [], "\(what)")
        }
      }
    }
  }

  /// An error is one line, too, and so is a usage error's.
  @Test func errorsAreOneLine() throws {
    let loop = try Tool.run("verify", "-", input: Self.model(Self.odd, loop: true))
    #expect(loop.status == 65 && loop.errors.split(separator: "\n").count == 1, "\(loop.errors)")
    #expect(Self.obeyed(loop.errors) == [])
    let edges = try [Self.plain, Self.odd].map { names in
      try Tool.run("verify", "-", "--edge", "no->edge", input: Self.model(names))
    }
    #expect(edges.map(\.status) == [64, 64])
    #expect(edges[0].errors.split(separator: "\n").count == edges[1].errors.split(separator: "\n").count)
    #expect(Self.obeyed(edges[1].errors) == [])
    #expect(edges[1].errors.contains(#"\u{2028}c\u{2029}"#))
  }
}
