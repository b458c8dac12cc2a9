import ArgumentParser
import WaveProof

struct FigureCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "figure",
    abstract:
      "The paper's figures as data: the frame of each wave at every tick and layer, and where updates are exact.")

  @Argument(help: "1 (constant input), 2 (slow) or 3 (abrupt).")
  var number: Int

  @OptionGroup var common: CommonOptions

  mutating func validate() throws {
    guard (1...3).contains(number) else { throw ValidationError("the paper has figures 1, 2 and 3") }
  }

  func run() throws {
    try CommandFailure.reporting {
      try ResultWriter(common).write(FigureReport(WaveFigure(number)).rendered(common.format))
    }
  }
}
