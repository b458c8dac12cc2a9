import ExactArithmetic
import Networks
import Timing
import Waves

/// Small instances against a claim on a chain: streams proposed by the theory first, then a search.
///
/// What comes out was run: a proposal that refutes nothing is dropped.
struct ClaimSearch {
  let depth: Int
  let reading: Reading
  let setting: ClaimSetting

  init(depth: Int, _ reading: Reading, _ setting: ClaimSetting) {
    self.depth = depth
    self.reading = reading
    self.setting = setting
  }

  var middle: Int { (depth + 1) / 2 }

  /// One stream on a chain of weights 1, read at its last tick; `nil` if the claimed gradient is met.
  ///
  /// - Parameter everyFrame: ask for the strong sense, the gradient of no frame at all.
  func witness(
    _ activation: Activation, layer: Int, _ inputs: [Rational], target: Rational, everyFrame: Bool = true
  ) throws -> ClaimWitness? {
    let network = try ClaimNetworks.unitChain(activation, depth: depth)
    let run = try ExactRun(
      network, setting.machine(network.architecture, reading), ClaimNetworks.stream(inputs, target: target))
    return try kept(run, layer: layer, head: "L = \(depth), l = \(layer), σ = \(activation), W = 1", everyFrame)
  }

  /// A chain of weights 1 with small biases, found by trying; the strong sense.
  func biasedWitness(_ activation: Activation, layer: Int) throws -> ClaimWitness? {
    for seed in 1..<48 {
      let chain = try ReadingSurvey.chain(activation, depth: depth, biasSeed: UInt64(seed))
      let timing = try TimingAnalysis(chain, setting.machine(chain, reading))
      guard let found = try NetworkDecision(timing, sense: .frame).decide([layer - 1]).first?.witness else { continue }
      let run = try ExactRun(Network(chain), timing.schedule, found.stream)
      let biases = chain.nodes.dropFirst().compactMap { $0.bias?[0].description }.joined(separator: ", ")
      let head = "L = \(depth), l = \(layer), σ = \(activation), W = 1, biases \(biases)"
      guard let update = try? run.instance(layer - 1, at: found.tick, claimedFrame: claimedFrame(found.tick, layer)),
        update.differsFromEveryFrame
      else { continue }
      return ClaimWitness(update, head: head)
    }
    return nil
  }

  /// Any instance against l_s: pulses of the input on the linear chain, then on a² + a.
  func middleLayerWitness() throws -> ClaimWitness? {
    for everyFrame in [true, false] {
      for activation in [Activation.identity, .quadratic] {
        for ticks in 1...(2 * depth + 2) {
          for pulse in 0..<ticks {
            let inputs = (0..<ticks).map { Rational($0 == pulse ? 1 : 0) }
            for target in [1, 0] as [Rational] {
              if let found = try? witness(activation, layer: middle, inputs, target: target, everyFrame: everyFrame) {
                return found
              }
            }
          }
        }
      }
    }
    return nil
  }

  private func kept(_ run: ExactRun, layer: Int, head: String, _ everyFrame: Bool) throws -> ClaimWitness? {
    let tick = run.stream.ticks - 1
    let instance = try run.instance(layer - 1, at: tick, claimedFrame: claimedFrame(tick, layer))
    guard everyFrame ? instance.differsFromEveryFrame : instance.differsFromClaimedFrame else { return nil }
    return ClaimWitness(instance, head: head)
  }

  /// At l_s the paper names the frame: t − (L − 1)/2.
  private func claimedFrame(_ tick: Int, _ layer: Int) -> Int? {
    2 * layer == depth + 1 ? max(tick - (depth - 1) / 2, 0) : nil
  }
}
