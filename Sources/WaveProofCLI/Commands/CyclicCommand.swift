import ArgumentParser
import Foundation
import WaveProof

struct CyclicCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "cyclic",
    abstract:
      "A network with cycles under a fixed input: certifies that it settles, and how fast updates reach the gradient.",
    discussion: """
      Finds norms (maximum or Euclidean, in rational weights) in which every tick contracts, encloses the fixed point and its \
      gradient, and runs the diffusion (slope emitted, error closed) against the bound. Exit status: 0 the contraction is \
      certified, 2 it is not, or the fixed point lies at a kink (the reason is printed, in --format json as "reason").
      """)

  @OptionGroup var model: ModelArgument
  @OptionGroup var common: CommonOptions

  @Option(help: "The fixed input and target: a stream file, of which tick 0 counts, or zero.")
  var at: String

  @Option(help: "How many ticks to run.")
  var ticks = 64

  mutating func validate() throws {
    guard (0...100_000).contains(ticks) else { throw ValidationError("--ticks is from 0 to 100000") }
  }

  func run() throws {
    let status = try CommandFailure.reporting {
      let architecture = try model.load(needsWeights: true).architecture
      let (input, target) = try frame(architecture)
      let network = try RecurrentNetwork(architecture, input: input, target: target)
      let context = IntervalContext(precision: common.precision)
      let writer = try ResultWriter(common)
      var contraction: Contraction?
      let gradient: RecurrentGradient
      do throws(NetworkError) {
        let certified = try Contraction(network)
        contraction = certified
        gradient = try RecurrentGradient(certified, in: context)
      } catch {
        let report = UndecidedCyclicReport(architecture, reason: error.message, contraction: contraction)
        writer.write(report.rendered(common.format))
        return Int32(2)
      }
      let report = try CyclicReport(gradient, ticks: ticks, in: context)
      writer.write(report.rendered(common.format))
      return 0
    }
    if status != 0 { throw ExitCode(status) }
  }

  private func frame(_ architecture: Architecture) throws -> (input: [Vector<Rational>], target: [Vector<Rational>]) {
    func zeros(_ nodes: [Node]) -> [Vector<Rational>] { nodes.map { Vector.zeros($0.width, in: ExactContext()) } }
    guard at != "zero" else {
      return (
        zeros(Array(architecture.nodes[..<architecture.inputCount])),
        zeros(architecture.outputs.map { architecture.nodes[$0] })
      )
    }
    let stream = try InputFile.stream(at, for: architecture)
    return (stream.inputs.map { $0[0] }, stream.targets.map { $0[0] })
  }
}
