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
    for activation in try activations() where !activation.isExactlyRational {
      throw ValidationError("--activation \(activation): it has no rational values; this survey runs exactly")
    }
  }

  private func activations() throws -> [Activation] {
    try (activation.isEmpty ? ["identity", "quadratic", "rational", "relu"] : activation).map {
      try OptionWord.activation($0, "--activation")
    }
  }

  func run() throws {
    try CommandFailure.reporting {
      let writer = try ResultWriter(common)
      let progress = Progress(isShown: common.showsProgress)
      var rows: [ReadingSurvey.Row] = []
      for activation in try activations() {
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
