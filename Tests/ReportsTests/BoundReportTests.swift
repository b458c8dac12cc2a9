import ExactArithmetic
import Networks
import Testing
import Timing
import Waves

@testable import ErrorBounds
@testable import Reports

/// Bounds with numbers chosen by hand, so that what is printed tests the printing alone.
@Suite struct BoundReportTests {
  private static let third = Rational(1, over: 3)

  private func timing() throws -> TimingAnalysis {
    let architecture = try Architecture(
      name: "pair", inputs: [(name: "u", width: 1)],
      nodes: [Node(name: "h", width: 1, activation: .relu), Node(name: "y", width: 1)],
      connections: [Connection(from: "u", to: "h"), Connection(from: "h", to: "y")], outputs: ["y"])
    return try TimingAnalysis(architecture, .diffusion(architecture))
  }

  private func question(_ timing: TimingAnalysis) throws -> BoundQuestion {
    BoundQuestion(
      variations: [
        try Variation(.window, input: Rational(1, over: 100)), try Variation(.rate, input: Self.third, target: 1),
      ], nominal: .zero(timing.architecture), origin: .zero)
  }

  private func entries(_ question: BoundQuestion) throws -> [BoundReport.Entry] {
    let stream = FrameStream(
      uncheckedInputs: [[Vector([Rational(1)]), Vector([-Self.third])]],
      targets: [[Vector([Rational.zero]), Vector([Rational.zero])]])
    func lower(_ value: Rational, _ upper: Rational) -> LowerBound {
      LowerBound(
        point: [], stream: stream, tick: 1, referenceTick: 0, value: value, upperEnd: upper, entry: (0, 0))
    }
    let first = question.variations.map { variation in
      ErrorBound(
        edge: 0, name: "u->h", variation: variation, upper: Rational(2, over: 3),
        lower: lower(Self.third, variation.kind == .window ? Self.third : Rational(1, over: 2)), method: "affine",
        reference: 1, hasKink: variation.kind == .rate)
    }
    let second = question.variations.map { variation in
      ErrorBound(
        edge: 1, name: "h->y", variation: variation, upper: 0, lower: nil, method: "exact", reference: 0,
        hasKink: false)
    }
    return [
      try BoundReport.Entry("u->h", bounds: first, files: ["w/0.json", nil]),
      try BoundReport.Entry("h->y", bounds: second),
    ]
  }

  private func rendered(_ format: OutputFormat, sampling: SamplingTime? = nil) throws -> String {
    let timing = try timing()
    let question = try question(timing)
    let report = BoundReport(timing, question, edges: [0, 1], format: format, sampling: sampling)
    let entries = try entries(question)
    let middle = entries.enumerated().map { report.edge($1, position: $0) }.joined()
    return report.head + middle + report.foot(entries, notes: ["a note"])
  }

  /// Upper numbers end up, lower ones down: 2/3 and 1/3 at 6 digits, their ratio 2 exactly.
  @Test func text() throws {
    #expect(
      try rendered(.text) == """
        pair: 3 nodes, 2 edges, depth 2; schedule diffusion, slope frame-consistent, error open
        max |g − ∇| against the frame of the error wave, round zero; every frame that is read lies within V of it; successive frames differ by at most V, where it is per tick

        edge  V                               upper         lower     ratio  method
        u->h  0.01                         0.666667      0.333333         2  affine
        u->h  1/3, targets 1 per tick      0.666667      0.333333         2  affine; kink
        h->y  0.01                                0             0         -  exact
        h->y  1/3, targets 1 per tick             0             0         -  exact

        Upper bounds and ratios are rounded up and lower bounds down, to 6 significant digits: what is printed still holds.

        V = 0.01: no update is further than 0.666667 from the gradient, and one is 0.333333 away.
          worst edge u->h: exactly 1/3 at tick 1 against the gradient of frame 0, entry [0][0]
          witness: u[0]@0 = 1, u[0]@1 = -1/3, all else 0

        V = 1/3, targets 1 per tick: no update is further than 0.666667 from the gradient, and one is 0.333333 away.
          worst edge u->h: in [0.333333, 0.5] at tick 1 against the gradient of frame 0, entry [0][0]
          witness: u[0]@0 = 1, u[0]@1 = -1/3, all else 0

        Kink: a drive can cross a kink of σ; there the error need not vanish with V.

        Weights stand still: nothing here is said of weights that learn while waves are in flight.

        Note: a note

        """)
  }

  @Test func json() throws {
    #expect(
      try rendered(.json) == """
        {"schema":"waveproof/1","command":"bound","model":{"name":"pair","nodes":3,"edges":2,"depth":2},"schedule":{"name":"diffusion","slope":"frame-consistent","error":"open"},"at":"zero","reference":"error","norm":"max","holdsFor":"weights that stand still","edges":[
        {"edge":"u->h","bounds":[{"variation":"1/100","kind":"window","target":"0","upper":"2/3","lower":"1/3","ratio":"2","method":"affine","reference":1,"kink":false,"witness":{"stream":{"inputs":{"u":[["1"],["-1/3"]]},"targets":{"y":[["0"],["0"]]}},"tick":1,"referenceTick":0,"entry":[0,0]},"attained":"1/3","file":"w/0.json"},{"variation":"1/3","kind":"rate","target":"1","upper":"2/3","lower":"1/3","ratio":"2","method":"affine","reference":1,"kink":true,"witness":{"stream":{"inputs":{"u":[["1"],["-1/3"]]},"targets":{"y":[["0"],["0"]]}},"tick":1,"referenceTick":0,"entry":[0,0]},"attained":["1/3","1/2"]}]},
        {"edge":"h->y","bounds":[{"variation":"1/100","kind":"window","target":"0","upper":"0","lower":"0","ratio":null,"method":"exact","reference":0,"kink":false,"witness":null,"attained":"0"},{"variation":"1/3","kind":"rate","target":"1","upper":"0","lower":"0","ratio":null,"method":"exact","reference":0,"kink":false,"witness":null,"attained":"0"}]}
        ],"summary":[{"variation":"1/100","kind":"window","target":"0","edge":"u->h","upper":"2/3","lower":"1/3","ratio":"2"},{"variation":"1/3","kind":"rate","target":"1","edge":"u->h","upper":"2/3","lower":"1/3","ratio":"2"}],"notes":["a note"]}

        """)
  }

  @Test func csv() throws {
    #expect(
      try rendered(.csv) == """
        edge,kind,variation,target,upper,lower,ratio,method,reference,kink
        u->h,window,0.01,0,0.666667,0.333333,2,affine,1,false
        u->h,rate,1/3,1,0.666667,0.333333,2,affine,1,true
        h->y,window,0.01,0,0,0,,exact,0,false
        h->y,rate,1/3,1,0,0,,exact,0,false

        """)
  }

  @Test func latexSaysHowItWasRounded() throws {
    #expect(
      try rendered(.latex) == """
        \\begin{table}
        \\centering
        \\caption{pair: max $|$g $-$ $\\nabla$$|$ against the frame of the error wave, round zero. V: every frame that is read lies within V of it; successive frames differ by at most V, where it is per tick. Upper bounds and ratios are rounded up and lower bounds down, to 6 significant digits: what is printed still holds.}
        \\begin{tabular}{llrrrl}
        \\toprule
        edge & V & upper & lower & ratio & method \\\\
        \\midrule
        u-$>$h & 0.01 & 0.666667 & 0.333333 & 2 & affine \\\\
        u-$>$h & 1/3, targets 1 per tick & 0.666667 & 0.333333 & 2 & affine; kink \\\\
        h-$>$y & 0.01 & 0 & 0 & - & exact \\\\
        h-$>$y & 1/3, targets 1 per tick & 0 & 0 & - & exact \\\\
        \\bottomrule
        \\end{tabular}
        \\end{table}

        """)
  }

  @Test func markdownWithTicksAFrame() throws {
    let sampling = try SamplingTime(tick: Rational(1, over: 50), frameRate: 20)
    #expect(
      try rendered(.markdown, sampling: sampling).hasPrefix(
        """
        | edge | V | upper | lower | ratio | exact ticks per frame | method |
        | --- | --- | ---: | ---: | ---: | ---: | --- |
        | u->h | 0.01 | 0.666667 | 0.333333 | 2 | 1.5 | affine |

        """))
  }

  /// A bound that was made without a rung says so wherever it is printed.
  @Test func whatWasLeftOutIsNamed() throws {
    let timing = try timing()
    let question = try question(timing)
    var entry = try entries(question)[0]
    let excess = try #require(MemoryCap(bytes: 1 << 28).excess(.backward, asked: 0x1p34))
    let bounds = entry.bounds.map { bound in
      var bound = bound
      bound.omitted = [excess]
      return bound
    }
    let law = try #require(MemoryCap(bytes: 1_000).excess(.firstOrder, asked: 20_480))
    entry = try BoundReport.Entry(entry.name, bounds: bounds, withoutFunction: law)
    func report(_ format: OutputFormat) -> String {
      let report = BoundReport(timing, question, edges: [0], format: format)
      return report.head + report.edge(entry, position: 0) + report.foot([entry])
    }
    #expect(report(.csv).contains("affine; without backward linear,1,false"))
    let json = report(.json)
    #expect(
      json.contains(
        "\"omitted\":[{\"rung\":\"backward linear\",\"asked\":17179869184,\"cap\":268435456}]"))
    #expect(
      json.contains("\"function\":{\"omitted\":[{\"rung\":\"first order\",\"asked\":20480,\"cap\":1000}]}"))
    let text = report(.text)
    #expect(
      text.contains("affine; without backward linear\n") && text.contains("affine; kink; without backward linear\n"))
    #expect(
      text.contains(
        """
        Without backward linear: about 16 GiB would be held, more than the memory cap of 256 MiB; an edge with a smaller \
        matrix, or a network with fewer inputs, has it. This concerns u->h.

        Without first order: about 20 KiB would be held, more than the memory cap of 1000 bytes; a network with fewer \
        inputs and units has them. This concerns u->h.
        """))
  }

  /// A ratio is rounded up: never closer to 1 than it is.
  @Test func ratiosAreRoundedUp() {
    #expect(BoundNumber.ratio(upper: 2, lower: 3) == Rational("0.666667"))
    #expect(BoundNumber.ratio(upper: Rational("1.0000000001") ?? 0, lower: 1) == Rational("1.00001"))
    #expect(BoundNumber.ratio(upper: 1, lower: 0) == nil)
  }
}
