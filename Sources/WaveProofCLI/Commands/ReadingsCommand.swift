import ArgumentParser
import Foundation
import WaveProof

struct ReadingsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "readings",
    abstract: "The exact layers of chains under every reading of the paper, decided by calculus and by exact runs.")

  @Option(help: "The greatest depth; every depth from 1 on is decided.")
  var depth = 9

  @Option(name: .long, help: "An activation; may be repeated (default: identity, quadratic, rational, relu).")
  var activation: [String] = []

  @OptionGroup var common: CommonOptions

  mutating func validate() throws {
    guard (1...32).contains(depth) else { throw ValidationError("--depth is from 1 to 32") }
  }

  func run() throws {
    try CommandFailure.reporting {
      let names = activation.isEmpty ? ["identity", "quadratic", "rational", "relu"] : activation
      let activations = try names.map { name throws(NetworkError) in try Activation(named: name) }
      for activation in activations where !activation.isExactlyRational {
        throw NetworkError("\(activation) has no rational values; this survey runs exactly")
      }
      let writer = try ResultWriter(common)
      let progress = Progress(isShown: common.showsProgress)
      var rows: [ReadingSurvey.Row] = []
      for activation in activations {
        for reading in Reading.all {
          let depths = Array(1...depth)
          rows += try ParallelMap(threads: common.threads).map(depths) { depth in
            try ReadingSurvey.row(activation, reading, depth: depth)
          }
          progress.show("\(activation), \(reading)")
        }
      }
      progress.clear()
      writer.write(SurveyReport(rows: rows).rendered(common.format))
    }
  }
}
