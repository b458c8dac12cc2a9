import ArgumentParser
import Foundation
import WaveProof

struct ClaimsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "claims",
    abstract: "The published claims, decided afresh by the lag calculus and by exact runs.",
    discussion: """
      Without IDs the whole catalogue is decided. Exit status: 0 every claim asked holds, 1 one is refuted, 2 one is \
      undecided.
      """)

  @Argument(help: "Which claims, K1, K2, … (default: all).")
  var ids: [String] = []

  @Option(help: "The greatest depth of the chains that are computed.")
  var depth = 9

  @OptionGroup var common: CommonOptions

  mutating func validate() throws {
    guard (5...15).contains(depth) else { throw ValidationError("--depth is from 5 to 15") }
    for id in ids where PublishedClaim.named(id) == nil {
      let known = PublishedClaim.catalogue.map(\.id).joined(separator: ", ")
      throw ValidationError("no claim is named \"\(id)\"; the catalogue has \(known)")
    }
  }

  func run() throws {
    let status = try CommandFailure.reporting {
      let asked = ids.isEmpty ? PublishedClaim.catalogue : ids.compactMap(PublishedClaim.named)
      let setting = ClaimSetting(depths: 1...depth)
      let progress = Progress(isShown: common.showsProgress)
      progress.show("deciding \(asked.count) claims")
      let rows = try ParallelMap(threads: common.threads).map(asked) { claim in
        (claim: claim, outcome: try claim.decide(setting))
      }
      progress.clear()
      let report = ClaimsReport(rows, style: common.style)
      try ResultWriter(common).write(report.rendered(common.format))
      return report.exitStatus
    }
    if status != 0 { throw ExitCode(status) }
  }
}
