import ExactArithmetic
import Foundation
import Networks
import Testing

@Suite struct StrictReadingTests {
  private static let graph = #"""
    {"inputs": [{"name": "u", "width": 1}],
     "nodes": [{"name": "y", "width": 1, "activation": "tanh"}],
     "edges": [{"from": "u", "to": "y", "weight": [["2"]]}], "outputs": ["y"]}
    """#

  private static func read(_ text: String) throws -> Architecture {
    try Architecture(json: Data(text.utf8), fallbackName: "m")
  }

  /// What is put in the place of what, at whose last occurrence the error is, and what it names.
  @Test(arguments: [
    (#""width": 1}]"#, #""width": 1, "wdith": 2}]"#, #""wdith""#, "\"width\""),
    (#""activation": "tanh""#, #""activation": "tanh", "Bias": ["1"]"#, #""Bias""#, "\"bias\""),
    (#""weight": [["2"]]"#, #""weight": [["2"]], "dealy": 3"#, #""dealy""#, "\"delay\""),
    (#""weight": [["2"]]"#, #""weight": [["2"]], "weight": [["3"]]"#, #""weight": [["3"]]"#, "twice"),
    (#""weight": [["2"]]"#, #""weight": [["2"]], "w\u0065ight": [["3"]]"#, #""w\u0065ight""#, "twice"),
    (#""weight": [["2"]]"#, #""weight": [["2"]], "feedback": true"#, #""feedback""#, "not supported yet"),
    (#""tanh""#, #"{"polynomal": ["0", "1"]}"#, #""polynomal""#, "\"polynomial\""),
    (#""tanh""#, #"{"clip": ["0", "1"], "leaky-relu": "1/2"}"#, #"{"clip""#, "one key"),
    (#""outputs""#, #""activation": "relu", "outputs""#, #""activation": "relu""#, "form"),
    (#""outputs""#, #""output""#, #""output""#, "\"outputs\""),
    (#"[["2"]]"#, "[[NaN]]", #"NaN"#, "NaN"),
    (#"[["2"]]"#, "[[01]]", #"1]]"#, "begin with 0"),
    (#"[["2"]]"#, "[[1e400]]", #"1e400"#, "beyond the doubles"),
    (#"[["2"]]"#, "[[\"2\"],]", #"]}], "outputs""#, "a value"),
    (#"["y"]}"#, #"["y"],}"#, #"}"#, "a key"),
    (#"["y"]}"#, #"["y"]} x"#, #"x"#, "nothing may follow"),
    (#""y"]"#, #""\ud800"]"#, #"\ud800"#, "surrogate"),
    (#""y"]"#, "\"y\u{1}\"]", "\u{1}", "control character"),
  ])
  func faultsAreNamedWithTheirPlace(_ old: String, _ new: String, _ place: String, _ word: String) throws {
    let range = try #require(Self.graph.range(of: old, options: old.contains("outputs") ? .backwards : []))
    let text = Self.graph.replacingCharacters(in: range, with: new)
    let error = #expect(throws: NetworkError.self) { try Self.read(text) }
    let message = error?.message ?? ""
    let before = text[..<(try #require(text.range(of: place, options: .backwards))).lowerBound]
    let lines = before.split(separator: "\n", omittingEmptySubsequences: false)
    let (line, column) = (lines.count, (lines.last?.count ?? 0) + 1)
    #expect(message.contains("line \(line), column \(column)") && message.contains(word), "\(message)")
  }

  @Test func whatIsNoTextOrTooDeepIsRefused() throws {
    let torn = #expect(throws: NetworkError.self) {
      try Architecture(json: Data(#"{"name": ""#.utf8) + [0xC3, 0x28] + Data("\"}".utf8), fallbackName: "m")
    }
    #expect(torn?.message.contains("line 1, column 11: not UTF-8") == true, "\(torn?.message ?? "")")
    let deep = String(repeating: "[", count: 1_000_000)
    let error = #expect(throws: NetworkError.self) { try Self.read(deep) }
    #expect(error?.message.contains("64 deep") == true)
  }

  @Test func aBareNumberIsTheDoubleThatItDenotes() throws {
    for (text, value) in [
      ("1e-400", Rational.zero), ("-0", .zero), ("0.5", Rational(1, over: 2)), ("1E2", 100),
      ("0.1", Rational(3_602_879_701_896_397, over: 36_028_797_018_963_968)),
    ] {
      let model = try Self.read(#"{"layers": [1, 1], "weights": [[[\#(text)]]]}"#)
      #expect(model.edges[0].weight?[0, 0] == value)
    }
    for text in ["1e1000001", "1e-1000001"] {
      #expect(throws: NetworkError.self) { try Self.read(#"{"layers": [1, 1], "weights": [[[\#(text)]]]}"#) }
    }
  }

  @Test func namesAreTheirScalars() throws {
    let text = #"""
      {"inputs": [{"name": "\u00e9", "width": 1}, {"name": "e\u0301", "width": 1}],
       "nodes": [{"name": "a->b", "width": 1, "activation": "relu"}, {"name": "\ud83d\ude00", "width": 1, "activation": "relu"}],
       "edges": [{"from": "\u00e9", "to": "a->b"}, {"from": "e\u0301", "to": "\ud83d\ude00"}],
       "outputs": ["a->b", "\ud83d\ude00"]}
      """#
    let model = try Self.read(text)
    #expect(model.edges.map(\.source) == [0, 1])
    #expect(model.nodeIndex(named: "e\u{301}") == 1)
    #expect(model.edgeIndex(named: "e\u{301}->😀") == 1)
    let stream = try FrameStream(
      json: Data(
        #"{"inputs": {"e\u0301": [["2"]], "\u00e9": [["1"]]}, "targets": {"a->b": [["3"]], "😀": [["4"]]}}"#.utf8),
      for: model, named: "s")
    #expect(stream.inputs.map { $0[0][0] } == [1, 2])
    let parallel = text.replacing("a->b", with: "a#2")
    #expect(throws: NetworkError.self) { try Self.read(parallel) }
  }

  /// A file is named once, whatever is missing in it.
  @Test func missingSignalsAreNamedOnce() throws {
    let architecture = try Self.read(Self.graph)
    for (text, missing) in [(#"{"inputs": {}}"#, "input"), (#"{"inputs": {"u": [["1"]]}}"#, "target")] {
      let error = #expect(throws: NetworkError.self) {
        try FrameStream(json: Data(text.utf8), for: architecture, named: "s.json")
      }
      let message = try #require(error?.message)
      #expect(message.hasPrefix("s.json: no \(missing) for") && message.ranges(of: "s.json").count == 1, "\(message)")
    }
  }

  @Test func keysOfStreamsAreKnown() throws {
    let model = try Self.read(Self.graph)
    for (text, place) in [
      (#"{"inputs": {"u": [["1"]]}, "target": {"y": [["1"]]}}"#, "\"targets\""),
      (#"{"inputs": {"u": [["1"]], "u": [["2"]]}, "targets": {"y": [["1"]]}}"#, "line 1, column 27"),
      (#"{"inputs": {"v": [["1"]]}, "targets": {"y": [["1"]]}}"#, "line 1, column 13"),
    ] {
      let error = #expect(throws: NetworkError.self) {
        try FrameStream(json: Data(text.utf8), for: model, named: "s")
      }
      #expect(error?.message.contains(place) == true, "\(error?.message ?? "")")
    }
    for (text, place) in [
      ("u.0,y.0,y.0\n1,2,3\n", "line 1, column 9"), ("u.0,y.0\n1,x\n", "line 2, column 3"),
      ("u.0,y.0\n1\n", "line 2, column 1"), ("u.0,y.0\n1,\"2\n", "line 2, column 3"),
    ] {
      let error = #expect(throws: NetworkError.self) { try FrameStream(csv: Data(text.utf8), for: model, named: "s") }
      #expect(error?.message.contains(place) == true, "\(error?.message ?? "")")
    }
  }
}
