import ArgumentParser

/// The command line: `waveproof COMMAND MODEL …`.
@main
struct WaveProofCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "waveproof",
    abstract: "Decides, exactly, where a learning rule that runs in time is backprop.",
    discussion: """
      Exit status: 0 every claim asked holds, 1 one is refuted (its witness is printed), 2 one is undecided, 64 usage, \
      65 unreadable input, 70 internal fault.
      """,
    version: "0.1.0",
    subcommands: [
      VerifyCommand.self, BoundCommand.self, TableCommand.self, TimingCommand.self, TraceCommand.self,
      BuffersCommand.self, ArchitecturesCommand.self, CyclicCommand.self, ReadingsCommand.self, ClaimsCommand.self,
      FigureCommand.self,
    ])
}
