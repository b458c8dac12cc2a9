import ArgumentParser
import WaveProof

struct ArchitecturesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "architectures",
    abstract: "One row a model: windows, synchronous edges and least registers under diffusion; needs no weights.")

  @Argument(help: "Model files, *.json or *.onnx.")
  var models: [String]

  @OptionGroup var common: CommonOptions

  func run() throws {
    try CommandFailure.reporting {
      let progress = Progress(isShown: common.showsProgress)
      var rows: [ArchitectureFigures] = []
      for model in models {
        progress.show("\(model): \(rows.count) of \(models.count) models done")
        rows.append(try ArchitectureFigures(ModelArgument.load(model, needsWeights: false).architecture))
      }
      progress.clear()
      try ResultWriter(common).write(ArchitecturesReport(rows: rows).rendered(common.format))
    }
  }
}
