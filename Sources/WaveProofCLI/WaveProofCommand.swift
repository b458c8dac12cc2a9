import ArgumentParser
import Foundation

/// The command line: `waveproof COMMAND MODEL …`.
@main
struct WaveProofCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "waveproof",
    abstract: "Decides, exactly, where a learning rule that runs in time is backprop.",
    discussion: """
      Exit status: 0 every claim asked holds, 1 one is refuted (its witness is printed), 2 one is undecided, 3 nothing was \
      asked, 64 usage, 65 unreadable input, 70 internal fault, 74 the result could not be written whole.
      """,
    version: "0.1.0",
    subcommands: [
      VerifyCommand.self, BoundCommand.self, TableCommand.self, TimingCommand.self, TraceCommand.self,
      BuffersCommand.self, ArchitecturesCommand.self, CyclicCommand.self, ReadingsCommand.self, ClaimsCommand.self,
      FigureCommand.self,
    ])

  /// A closed pipe is an error of a write, like a full disk, and not the end of the process without a word.
  static func main() {
    signal(SIGPIPE, SIG_IGN)
    main(nil)
  }
}
