import Foundation
import Testing

@Suite struct ReadmeTranscriptTests {
  /// The transcript of the README is what the tool prints.
  @Test func transcriptIsReal() throws {
    let readme = try String(contentsOf: Tool.root.appendingPathComponent("README.md"), encoding: .utf8)
    let parts = readme.components(separatedBy: "```")
    let transcript = try #require(parts.first { $0.hasPrefix("text\npendulum-relu-3:") })
    let run = try Tool.run("verify", "Examples/pendulum-relu-3.onnx", "--color", "never")
    #expect("text\n" + run.output == transcript)
    #expect(run.status == 0)
    #expect(run.output.contains("PROVED"))
    #expect(run.output.contains("REFUTED"))
    #expect(try Tool.run("verify", "Examples/pendulum-relu-3.onnx", "--slope", "emitted").status == 1)
  }
}
