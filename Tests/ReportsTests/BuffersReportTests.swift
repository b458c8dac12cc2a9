import Networks
import Reports
import Testing
import Timing
import Waves

@Suite struct BuffersReportTests {
  private static func architecture() throws -> Architecture {
    try Architecture(
      name: "skip", inputs: [(name: "u", width: 2)],
      nodes: [Node(name: "h", width: 3, activation: .tanh), Node(name: "y", width: 1)],
      connections: [
        Connection(from: "u", to: "h"), Connection(from: "h", to: "y"), Connection(from: "u", to: "y"),
      ], outputs: ["y"])
  }

  private static func report(caps: [RegisterCap] = []) throws -> BuffersReport {
    let architecture = try architecture()
    let latencies = Schedule.diffusionLatencies(architecture, error: .closed)
    var request = RegisterRequest(allEdgesOf: architecture)
    request.caps = caps
    return BuffersReport(
      architecture, latencies, request, try RegisterSynthesis.solve(architecture, latencies, request),
      edgeDelays: EdgeDelayRepair(architecture, latencies, edges: request.edges),
      tradeOff: try RegisterTradeOff(
        architecture, latencies, request,
        unrepaired: .diffusion(architecture, Reading(slope: .drive, error: .closed))),
      withoutRegisters: BestWithoutRegisters(cuts: try OpenCut.all(architecture, latencies), frames: []))
  }

  @Test func text() throws {
    #expect(try Self.report().rendered(.text) == Self.expectedText)
  }

  @Test func impossibleText() throws {
    let text = try Self.report(caps: [RegisterCap(.m, limit: 1)]).rendered(.text)
    #expect(text.hasPrefix(Self.expectedObstacle), "\(text)")
  }

  @Test func json() throws {
    #expect(try Self.report().rendered(.json) == Self.expectedJSON)
  }

  @Test func tables() throws {
    #expect(
      try Self.report().rendered(.csv) == """
        node,width,x ticks,δ ticks,registers
        u,2,3,0,6
        h,3,2,0,6
        y,1,0,0,0

        """)
    #expect(
      try Self.report(caps: [RegisterCap(.m, limit: 1)]).rendered(.markdown) == """
        | from | to | at least ticks later | because |
        | --- | --- | ---: | --- |
        | δ(h) | x(h) | 0 | cap: m ≤ 1 at h |
        | x(h) | x(y) | 1 | the activity passes h->y |
        | x(y) | δ(y) | 0 | the residual of y needs x(y) |
        | δ(y) | δ(h) | 1 | the error passes back along h->y |

        """)
    #expect(try Self.report().rendered(.latex).contains("$\\delta$ ticks & registers \\\\"))
  }

  @Test func scheduleFile() throws {
    let architecture = try Self.architecture()
    let text = JSONValue.schedule(.diffusionLatencies(architecture, error: .open), of: architecture).text
    #expect(
      text == #"{"format":"waveproof-schedule","name":"diffusion","error":"open","slope":"memory","#
        + #""nodes":{"h":{"s":1,"m":0},"y":{"s":1,"m":0,"q":0}},"#
        + #""edges":{"u->h":{"f":0,"b":1,"p":0,"d":0},"h->y":{"f":0,"b":1,"p":0,"d":0},"#
        + #""u->y":{"f":0,"b":1,"p":0,"d":0}}}"#)
  }

  static let expectedObstacle = """
    skip: 3 nodes, 3 edges, depth 2; schedule diffusion, error closed

    IMPOSSIBLE: no registers make all 3 edges exact under these conditions. The loop that forbids it:
      x(h) is no earlier than δ(h): cap: m ≤ 1 at h
      x(y) is at least 1 tick later than x(h): the activity passes h->y
      δ(y) is no earlier than x(y): the residual of y needs x(y)
      δ(h) is at least 1 tick later than δ(y): the error passes back along h->y
      Around the loop a signal would be 2 ticks later than itself.

    """
  static let expectedText = """
    skip: 3 nodes, 3 edges, depth 2; schedule diffusion, error closed

    12 registers (scalars: width times ticks) make all 3 edges exact and causal; fewer do not: a dual flow of the same value proves it.
    A node's x chain holds its pre-activation and serves products and slopes alike.

    node  width  x ticks  δ ticks  registers
    u         2        3        0          6
    h         3        2        0          6

    Products read x p ticks and δ d ticks ago; edges delay by what is added:
    edge  p  d  forward +  backward +
    u->h  3  0          0           0
    h->y  1  0          0           0
    u->y  2  0          1           0

    Targets are read as late as their frame's error: 2 scalars, not counted.
    Delays on edges alone cannot do, not even in an open loop with linear σ:
      x(h) is at least 1 tick later than x(u): the activity passes u->h
      δ(y) is no earlier than x(h): both waves meet at h->y with no register
      δ(h) is at least 1 tick later than δ(y): the error passes back along h->y
      x(u) is no earlier than δ(h): both waves meet at u->h with no register
      Around the loop a signal would be 2 ticks later than itself.

    Without registers, in an open loop (linear σ, or σ′ of the wave's frame), synchronous at once:
      error injected 0 ticks late: u->y
      error injected 1 tick late: h->y

    Registers against mismatch of input and σ′ from the error's frame, paths kept balanced:
    mismatch up to  registers  exact edges  window
                 0         12            3       0
                 1          7            2       1
                 2          2            0       2
                 3          0            0       3


    """
  static let expectedJSON =
    #"{"schema":"waveproof/1","command":"buffers","model":{"name":"skip","nodes":3,"edges":3,"depth":2},"s"#
    + #"chedule":{"name":"diffusion","error":"closed"},"asked":["u->h","h->y","u->y"],"feasible":true,"regis"#
    + #"ters":12,"provedLeast":12,"targetRegisters":2,"countsSlopes":true,"perEdge":{"u->h":{"p":3,"d":0,"fo"#
    + #"rward":0,"backward":0},"h->y":{"p":1,"d":0,"forward":0,"backward":0},"u->y":{"p":2,"d":0,"forward":1"#
    + #","backward":0}},"perNode":{"u":{"registers":6,"activity":3,"error":0},"h":{"registers":6,"activity":"#
    + #"2,"error":0},"y":{"registers":0,"activity":0,"error":0}},"cycle":[],"withoutRegisters":{"openCuts":["#
    + #"{"wait":0,"edges":["u->y"],"isCut":false},{"wait":1,"edges":["h->y"],"isCut":false}],"frames":[]},"e"#
    + #"dgeDelaysOnly":{"possible":false,"cycle":[{"from":"x(u)","to":"x(h)","ticks":1,"because":"the "#
    + #"activity passes u->h"},{"from":"x(h)","to":"δ(y)","ticks":0,"because":"both waves meet at h->y with "#
    + #"no register"},{"from":"δ(y)","to":"δ(h)","ticks":1,"because":"the error passes back along "#
    + #"h->y"},{"from":"δ(h)","to":"x(u)","ticks":0,"because":"both waves meet at u->h with no register"}]},"#
    + #""tradeOff":[{"tolerance":0,"registers":12,"exactEdges":3,"window":0},{"tolerance":1,"registers":7,"e"#
    + #"xactEdges":2,"window":1},{"tolerance":2,"registers":2,"exactEdges":0,"window":2},{"tolerance":3,"reg"#
    + #"isters":0,"exactEdges":0,"window":3}],"notes":[]}"# + "\n"
}
