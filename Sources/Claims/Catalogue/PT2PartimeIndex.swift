import ExactArithmetic
import Networks
import Waves

extension PublishedClaim {
  static let partimeIndex = PublishedClaim(
    id: "PT2", paper: partimePaper,
    source: "the frame index that a step returns, read in its code: t − n for n stages, from 0",
    statement: "The returned index is that of the frame whose output is returned.",
    hypotheses: ["chain of n stages, tick t, both counted from 0", "outputs of distinct frames"]
  ) { setting in
    var parts: [ClaimPart] = []
    for depth in setting.depths {
      let network = try ClaimNetworks.genericChain(depth: depth)
      let ticks = 2 * depth + 2
      let stream = ClaimNetworks.genericStream(network, ticks: ticks)
      let run = try ExactRun(network, setting.siblingMachine(.partime, network.architecture), stream)
      let tick = ticks - 1
      let output = try run.machine.activity(depth, at: tick)
      let frames = try (0..<ticks).filter { try run.machine.staticPass(at: $0).activities[depth] == output }
      let holds = frames == [tick - depth]
      parts.append(
        ClaimPart(
          "n = \(depth)", holds ? .proved : .refuted,
          "at tick \(tick) the output is that of frame \(frames.map(String.init).joined(separator: ", ")), the index is "
            + "\(tick - depth)",
          witness: holds
            ? nil
            : ClaimWitness(
              text: "n = \(depth): at tick \(tick) the output is the static output of frame "
                + "\(frames.map(String.init).joined(separator: ", ")) and of no other; the returned index is \(tick - depth)"
            )))
    }
    let failed = parts.first { $0.verdict != .proved }
    return ClaimOutcome(
      failed?.verdict ?? .proved,
      reasons: [
        .refuted: "exact runs on distinct frames: which static output the pipeline's output equals, \(setting.extent)"
      ],
      witness: failed?.witness, parts: parts)
  }
}
