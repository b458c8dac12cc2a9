import ExactArithmetic
import Networks
import Waves

extension PublishedClaim {
  static let finiteMemory = PublishedClaim(
    id: "CY1", source: "section 3, on cyclic graphs, for changing inputs",
    statement: "With enough registers the updates of a cyclic network add up to the exact gradient.",
    hypotheses: [
      "a graph with a cycle of positive delay, weights frozen", "signals of finite length",
      "finitely many registers p, m",
    ]
  ) { setting in
    let loop = try SelfLoop(setting)
    let witness = try loop.witness()
    let parts = [
      ClaimPart(
        "self-loop h → h", witness == nil ? .undecided : .refuted,
        "the round trip of the loop takes \(loop.delay.ticks) ticks more each time, so that no register holds them all",
        witness: witness),
      try loop.quasiStatic(),
    ]
    return ClaimOutcome(
      parts[0].verdict,
      reasons: [
        .refuted:
          "round trips take the values RT + k r for every k, r > 0 round the loop; for each p the updates of an exact "
          + "run add up, with the geometric rest, to another number than backpropagation through time"
      ], witness: witness, parts: parts)
  }
}

/// x(t + 1) = x(t)/2 + u(t): the smallest cyclic network, linear, with a pulse as input and errors at one time alone.
private struct SelfLoop {
  /// The time of the only error, and when a run may stop because only the loop's echo goes on.
  private static let errorTime = 4
  private static let horizon = 24
  private static let most = 12
  let network: RecurrentNetwork
  let schedule: Schedule
  let delay: LoopDelay
  private let gain = Rational(1, over: 2)

  init(_ setting: ClaimSetting) throws {
    var net = NetworkBuilder("self-loop")
    let h = net.layer("h", reading: net.input("u").weighted([[1]]))
    net.connect(h.weighted([[gain]]), to: h)
    network = try RecurrentNetwork(net.architecture(outputs: h), input: [Vector([0])], target: [Vector([0])])
    schedule = network.schedule
    guard let delay = LoopDelay(network.architecture) else {
      throw ReadingSurvey.Disagreement(description: "the self-loop has no loop")
    }
    self.delay = delay
  }

  /// u = 1 at tick 0, else 0; the targets are the activities themselves but at one time, so that one error is −1.
  private func frames() throws -> Frames<Rational> {
    let zero = Vector([0 as Rational])
    var input = [Vector<Rational>](repeating: zero, count: Self.horizon + 3)
    input[1] = Vector([1])
    let silent = network.machine(
      frames: Frames(inputs: [input], targets: [input]), schedule: schedule, in: ExactContext())
    var target: [Vector<Rational>] = []
    for tick in input.indices { target.append(try silent.activity(1, at: tick)) }
    target[Self.errorTime] = target[Self.errorTime] + Vector([1])
    return Frames(inputs: [input], targets: [target])
  }

  /// Σ_t of the updates of the loop's weight with register p, the rest of the echo included.
  private func sum(_ memory: Int) throws -> Rational {
    var running = schedule
    running.inputMemory[1] = memory
    let machine = network.machine(frames: try frames(), schedule: running, in: ExactContext())
    var (sum, last, before): (Rational, Rational, Rational) = (0, 0, 0)
    for tick in 0...(Self.horizon + 1) {
      before = last
      last = try machine.update(1, at: tick)[0, 0]
      sum = sum + last
    }
    let ratio = gain * gain
    guard last == before * ratio, !last.isZero else {
      throw ReadingSurvey.Disagreement(description: "self-loop, p = \(memory): the echo is not geometric")
    }
    return sum + last * ratio / (1 - ratio)
  }

  /// ∂/∂w of the loss over all times, by the network unrolled over all ticks up to the error, as a static one.
  private func gradient() throws -> Rational {
    var net = NetworkBuilder("unrolled")
    var before: NetworkBuilder.Wire?
    var loops: [Int] = []
    var edges = 0
    let frames = try frames()
    for tick in 1...Self.errorTime {
      let input = net.input("u\(tick - 1)").weighted([[1]])
      if before != nil { loops.append(edges + 1) }
      edges += before == nil ? 1 : 2
      before = net.layer("h\(tick)", reading: [input] + (before.map { [$0.weighted([[gain]])] } ?? []))
    }
    let pass = StaticPass<Rational>(
      try net.network(), inputs: (0..<Self.errorTime).map { frames.inputs[0][$0] },
      targets: [frames.target(0, at: Self.errorTime)], in: ExactContext())
    let unrolled = try net.network().architecture
    return loops.reduce(0) { $0 + pass.gradient(of: unrolled.edges[$1])[0, 0] }
  }

  func witness() throws -> ClaimWitness? {
    let gradient = try gradient()
    let sums = try (0...Self.most).map { try sum($0) }
    guard !gradient.isZero, !sums.contains(gradient) else { return nil }
    // From the error's own time on, one register more halves the sum and never meets the gradient again.
    let halves = zip(sums, sums.dropFirst()).dropFirst(Self.errorTime).allSatisfy { $1 == $0 * gain }
    guard halves, sums[Self.most].magnitude < gradient.magnitude else { return nil }
    return ClaimWitness(
      text:
        "h(t + 1) = h(t)/2 + u(t), σ = identity, u a pulse, one error of −1 three ticks after h has it: the gradient of the "
        + "loop's weight is \(gradient); the updates add up to "
        + sums.prefix(6).enumerated().map { "\($0.element) with p = \($0.offset)" }.joined(separator: ", ")
        + ", and to half as much with each further register")
  }

  /// What is left: under a fixed input the updates tend to the gradient (K14).
  func quasiStatic() throws -> ClaimPart {
    let rate = try Contraction(network).rate
    return ClaimPart(
      "the same loop under a fixed input", .proved,
      "it contracts by \(rate) a tick, and its updates tend to the gradient (K14)")
  }
}
