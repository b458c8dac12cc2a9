import Claims
import Foundation
import Networks
import Reports
import Testing
import Waves

/// The committed documents are what the commands write.
@Suite struct DocumentTests {
  private static let documents = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "docs")

  private static func text(_ name: String) throws -> String {
    try String(contentsOf: documents.appending(path: name), encoding: .utf8)
  }

  @Test func claimsPage() throws {
    let report = ClaimsReport(try PublishedClaim.catalogue.map { ($0, try $0.decide()) })
    #expect(report.rendered(.markdown) == (try Self.text("claims.md")))
    #expect(report.exitStatus == 1)
  }

  @Test(arguments: 1...3)
  func figure(_ number: Int) throws {
    let rendered = try FigureReport(WaveFigure(number)).rendered(.csv)
    #expect(rendered == (try Self.text("figures/figure-\(number).csv")))
  }

  /// The readings up to L = 3, afresh; the page has them up to L = 9.
  @Test func readings() throws {
    let page = try Self.text("readings.md").split(separator: "\n")
    var lines = page.dropFirst(2).makeIterator()
    for activation in [Activation.identity, .quadratic, .rational, .relu] {
      for reading in Reading.all {
        let line = lines.next()
        let cells = try #require(line).split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
        #expect(Array(cells[0..<3]) == [activation.description, reading.slope.rawValue, reading.error.rawValue])
        for depth in 1...3 {
          let exact = try ReadingSurvey.row(activation, reading, depth: depth).exact
          let expected = exact.isEmpty ? "-" : exact.map { "\($0.layer)@\($0.delay)" }.joined(separator: " ")
          #expect(cells[2 + depth] == expected)
        }
      }
    }
    let legend = lines.next()
    #expect(legend?.hasPrefix("An entry is layer@delay") == true)
  }

  /// Every theorem that a claim names is one of the Coq development.
  @Test func namedTheoremsExist() throws {
    for name in PublishedClaim.catalogue.flatMap(\.theorems) {
      let parts = name.split(separator: ".")
      let text = try Self.text("../proofs/theories/\(parts[0]).v")
      #expect(text.contains("Theorem \(parts[1]) ") || text.contains("Corollary \(parts[1]) "), "\(name)")
    }
  }

  @Test func formsOfOneClaim() throws {
    let claim = try #require(PublishedClaim.named("K4"))
    let report = ClaimsReport([(claim, try claim.decide(ClaimSetting(depths: 1...5)))])
    let json = try #require(
      try JSONSerialization.jsonObject(with: Data(report.rendered(.json).utf8)) as? [[String: Any]])
    #expect(json.count == 1)
    #expect(json[0]["id"] as? String == "K4")
    #expect(json[0]["verdict"] as? String == "refuted")
    let witness = try #require(json[0]["witness"] as? [String: Any])
    #expect(witness["update"] as? [[String]] == [["-1"]])
    #expect(report.rendered(.csv).hasPrefix("id,statement or reading,verdict,finding,witness\nK4,"))
    #expect(report.rendered(.text).hasSuffix("1 claim: 1 refuted.\n"))
    #expect(report.rendered(.latex).contains("\\toprule"))
  }
}
