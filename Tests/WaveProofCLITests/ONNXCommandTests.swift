import Foundation
import Testing

/// ONNX models on the command line: what is only said there.
@Suite struct ONNXCommandTests {
  /// Small models, by name.
  private static let models: [String: String] = [
    "tied":
      "CAg6pQEKEQoBeAoBVxIBYSIGTWF0TXVsCg0KAWESAmgxIgRUYW5oChIKAmgxCgFXEgFiIgZNYXRNdWwKDQoBYhICaDIiBFRhbmgK"
      + "EgoCaDIKAVcSAWMiBk1hdE11bAoMCgFjEgF5IgRUYW5oEgFnKg8IAQgBEAFCAVdKBAAAAD9aEwoBeBIOCgwIARIICgIIAQoCCAFi"
      + "EwoBeRIOCgwIARIICgIIAQoCCAFCBAoAEBE=",
    "image":
      "CAg6lQEKIgoBeAoBSxIBYSIEQ29udioRCgRwYWRzQAFAAUABQAGgAQcKDAoBYRIBeSIEUmVsdRIBZyozCAEIAQgDCAMQAUIBS0ok"
      + "clFYP/42Vz/lShu/E2uPvYvZrD+0CMu+qlRBPtPcrbyd9Rs/Wh4KAXgSGQoXCAESEwoDEgFOCgIIAQoDEgFICgMSAVdiCQoBeRIE"
      + "CgIIAUIECgAQEQ==",
    "sides":
      "CAg63QEKIQoBeAoBVwoBYhIBYSIER2VtbSoNCgZ0cmFuc0IYAaABAgoMCgFhEgF5IgRUYW5oEgFnKksIBAgEEAFCAVdKQEPMlT9K"
      + "cjc/dbj/v3pUiz4NBY2/AmcHPXa3Mj3ehP6/UAZvvun2gr6rRXY/pjmXv1DwPD8kq4y/9p6pvkApV78qGQgEEAFCAWJKEAdwuT9q"
      + "dhE/gaEbQKJUJD9aEwoBeBIOCgwIARIICgIIAQoCCARaFQoDaWRzEg4KDAgHEggKAggBCgIIA2ITCgF5Eg4KDAgBEggKAggBCgII"
      + "BEIECgAQEQ==",
    "folded":
      "CAgSADqZAQoRCgF4CgFXEgFhIgZNYXRNdWwKDAoBYRIBaCIEUmVsdQoeCgFoCgFXEgFiIgRHZW1tKg0KBnRyYW5zQhgBoAECCgwK"
      + "AWISAXkiBFJlbHUSAWcqGwgCCAIQASIQAACAPwAAAD8AAADAAACAPkIBV1oTCgF4Eg4KDAgBEggKAggBCgIIAmITCgF5Eg4KDAgB"
      + "EggKAggBCgIIAkIECgAQDQ==",
  ]

  private func withModel(_ name: String, _ body: (String) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appendingPathComponent("\(name).onnx")
    try #require(Self.models[name].flatMap { Data(base64Encoded: $0) }).write(to: file)
    try body(file.path)
  }

  /// One initializer that three layers read is one weight; its claim is that of the sum.
  @Test func anInitializerReadByLayersIsShared() throws {
    try withModel("tied") { path in
      let run = try Tool.run("verify", path, "--format", "json")
      #expect(run.status == 1)
      let shared = try #require(try run.json()["shared"] as? [[String: Any]])
      #expect(shared.map { $0["name"] as? String } == ["W"])
      #expect(shared[0]["verdict"] as? String == "refuted")
      #expect((shared[0]["edges"] as? [String])?.count == 3)
    }
  }

  /// Transposed in one of two layers it is the weight of neither sum: nothing is decided about it, and the status says so.
  @Test func aFoldedInitializerIsUndecided() throws {
    try withModel("folded") { path in
      let run = try Tool.run("verify", path, "--edge", "x->h", "--format", "json")
      let shared = try #require(try run.json()["shared"] as? [[String: Any]])
      #expect(shared.map { $0["name"] as? String } == ["W"])
      #expect(shared[0]["verdict"] as? String == "undecided")
      #expect((shared[0]["decidedBy"] as? String)?.isEmpty == false)
      #expect(run.status == 2)
      for sense in ["output-time", "accumulated"] {
        let other = try Tool.run(
          "verify", path, "--sense", sense, "--slope", "emitted", "--error", "closed", "--edge", "x->h", "--format",
          "json")
        let shared = try #require(try other.json()["shared"] as? [[String: Any]])
        #expect(shared.map { $0["verdict"] as? String } == ["undecided"])
        #expect(other.status == 2, "\(sense)")
      }
      #expect(try Tool.run("verify", path).output.contains("shared weight W, folded into x->h, h->y"))
      #expect(try Tool.run("timing", path).output.contains("whether its update is exact is not decided"))
    }
  }

  @Test func symbolicDimensionsNeedASize() throws {
    try withModel("image") { path in
      let refused = try Tool.run("verify", path)
      #expect(refused.status == 65 && refused.errors.contains("--dim H=SIZE --dim W=SIZE"))
      let run = try Tool.run("timing", path, "--dim", "H=3", "--dim", "W=2", "--format", "json")
      #expect(run.status == 0)
      for wrong in ["H", "=3", "H=0", "H=-1", "H=x"] {
        #expect(try Tool.run("timing", path, "--dim", wrong).status == 64)
      }
      #expect(try Tool.run("timing", path, "--dim", "H=3", "--dim", "H=4").status == 64)
    }
    let json = #"{"layers":[1,1],"weights":[[["1"]]]}"#
    #expect(try Tool.run("timing", "-", "--dim", "H=3", input: json).status == 64)
  }

  @Test func outputsAreChosen() throws {
    try withModel("tied") { path in
      let run = try Tool.run("timing", path, "--output", "h1", "--format", "json")
      #expect(try run.edges().map { $0["edge"] as? String } == ["x->h1"])
      let missing = try Tool.run("timing", path, "--output", "nowhere")
      #expect(missing.status == 65 && missing.errors.contains("nowhere"))
    }
    try withModel("sides") { path in
      let run = try Tool.run("timing", path)
      #expect(run.status == 0 && run.output.contains("left out"))
    }
  }
}
