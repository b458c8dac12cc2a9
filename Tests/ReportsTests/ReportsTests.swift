import Networks
import Reports
import Testing
import Timing
import Waves

@Suite struct TableTests {
  static let table = Table(
    header: ["edge", "σ", "n"], rows: [["a->b", "x|y", "1"], ["say \"hi\", you_", "50%", "-12"]], rightAligned: [2])

  @Test func text() {
    #expect(
      Self.table.rendered(.text) == """
        edge            σ      n
        a->b            x|y    1
        say "hi", you_  50%  -12

        """)
  }

  @Test func markdownEscapesBars() {
    #expect(
      Self.table.rendered(.markdown) == """
        | edge | σ | n |
        | --- | --- | ---: |
        | a->b | x\\|y | 1 |
        | say "hi", you_ | 50% | -12 |

        """)
  }

  @Test func csvQuotes() {
    #expect(Self.table.rendered(.csv) == "edge,σ,n\na->b,x|y,1\n\"say \"\"hi\"\", you_\",50%,-12\n")
  }

  @Test func latexEscapes() {
    let latex = Self.table.rendered(.latex)
    #expect(latex.hasPrefix("\\begin{tabular}{llr}\n\\toprule\n"))
    #expect(latex.contains("you\\_ & 50\\% & -12 \\\\\n"))
    #expect(latex.contains("$\\sigma$"))
  }
}

@Suite struct JSONValueTests {
  @Test func keysKeepTheirOrderAndTextIsEscaped() {
    let value = JSONValue.object([
      "z": .array([.null, .bool(true), .integer(-3)]), "a": .string("tab\t \"quote\" \\ \u{1} σ′"),
    ])
    #expect(value.text == #"{"z":[null,true,-3],"a":"tab\t \"quote\" \\ \u0001 σ′"}"#)
  }
}

@Suite struct TimingReportTests {
  private func report(_ reading: Reading) throws -> TimingReport {
    let architecture = try Architecture(
      name: "skip", inputs: [(name: "u", width: 1)],
      nodes: ["a", "b"].map { Node(name: $0, width: 1, activation: .tanh) },
      connections: [("u", "a"), ("a", "b"), ("u", "b")].map { Connection(from: $0.0, to: $0.1) }, outputs: ["b"])
    return TimingReport(try TimingAnalysis(architecture, .diffusion(architecture, reading)), notes: ["a note"])
  }

  @Test func text() throws {
    #expect(
      try report(Reading(slope: .drive, error: .closed)).rendered(.text) == """
        skip: 3 nodes, 3 edges, depth 2; schedule diffusion, slope drive, error closed

        edge  layer  input  error  target  slopes  mismatch  spread  synchronous  delay  causal
        u->a      1  0      2…3    3       0,2,3          -       3  no               -  yes
        a->b      2  1      1…2    2       1…2            -       1  no               -  yes
        u->b      2  0      1…2    2       1…2            -       2  no               -  yes

        No edge is synchronous.
        Window 3 ticks (the input must stand still that long), fill 3, greatest mismatch 0.
        Note: a note

        """)
  }

  @Test func json() throws {
    let text = try report(Reading()).rendered(.json)
    #expect(
      text.hasPrefix(
        #"{"schema":"waveproof/1","command":"timing","model":{"name":"skip","nodes":3,"edges":3,"depth":2},"#
          + #""schedule":{"name":"diffusion","slope":"frame-consistent","error":"open"},"edges":[{"edge":"u->a","layer":1,"#
          + #""inputLags":[0],"errorLags":[1],"targetLags":[1],"slopeLags":{"a":[1]},"mismatch":1,"spread":1,"#
          + #""synchronous":false,"delay":null,"causal":true,"errorCausal":false}"#))
    #expect(
      text.hasSuffix(
        #""summary":{"synchronous":["u->b"],"maxMismatch":1,"maxSpread":1,"window":1,"fill":1},"notes":["a note"]}"#
          + "\n"))
  }
}
