import Foundation
import Testing
import WaveProof

@Suite struct VerifyBoundTests {
  /// Small networks are bounded unasked: V = 1/100 round zero; exact edges have the error 0.
  @Test func smallNetworksAreBounded() throws {
    let run = try Tool.run("verify", "-", "--format", "json", input: VerifyCommandTests.chain)
    #expect(run.status == 0)
    for edge in try run.edges() {
      let bound = try #require(edge["bound"] as? [String: Any])
      #expect(bound["variation"] as? String == "1/100")
      #expect((bound["upper"] as? String == "0") == (edge["verdict"] as? String == "exact"))
      #expect(["upper", "lower", "method"].allSatisfy { bound[$0] is String })
      #expect(bound["ratio"] != nil)
    }
  }

  /// Nothing proved, nothing refuted, but bounded: which is no proof, so the status stays 2.
  @Test func undecidedEdgesBecomeBounded() throws {
    let model = "Examples/models/drive-5-relu.json"
    let run = try Tool.run(
      "verify", model, "--slope", "drive", "--sense", "frame", "--variation", "1/4", "--at",
      "Examples/streams/drive-5-relu.json", "--format", "json")
    #expect(run.status == 2, "\(run.errors)")
    #expect(try run.edge("h2->h3")["verdict"] as? String == "bounded")
    let bound = try #require(try run.edge("h2->h3")["bound"] as? [String: Any])
    #expect(bound["variation"] as? String == "1/4")
    let text = try Tool.run(
      "verify", model, "--slope", "drive", "--sense", "frame", "--variation", "1/4", "--color", "never")
    #expect(text.status == 2)
    #expect(text.output.contains("BOUNDED h2->h3"))
  }

  /// What `verify` says of an edge is what `bound` says.
  @Test func boundsAreThoseOfBound() throws {
    let options = ["Examples/models/unbalanced.json", "--variation", "1/5", "--reference", "free", "--format", "json"]
    let (verify, bound) = (try Tool.run("verify", options), try Tool.run("bound", options))
    #expect(try verify.edges().count == 4)
    for edge in try verify.edges() {
      let name = try #require(edge["edge"] as? String)
      let other = try #require((try bound.edge(name)["bounds"] as? [[String: Any]])?.first)
      let own = try #require(edge["bound"] as? NSDictionary)
      #expect(own["upper"] as? String == other["upper"] as? String)
      #expect(own["lower"] as? String == other["lower"] as? String)
    }
  }

  @Test func badOptionsAreRefused() throws {
    let model = "Examples/models/unbalanced.json"
    #expect(try Tool.run("verify", model, "--variation", "1", "--variation", "2").status == 64)
    #expect(try Tool.run("verify", model, "--variation", "-1").status == 64)
    let bare = try Tool.run("verify", "-", "--variation", "1", input: TimingCommandTests.unbalanced)
    #expect(bare.status == 65)
    #expect(bare.errors.contains("weights"))
    // Without a question about bounds an architecture is verified as ever.
    #expect(try Tool.run("verify", "-", input: TimingCommandTests.unbalanced).status != 65)
  }

  @Test func timingInSeconds() throws {
    let run = try Tool.run("timing", "-", "--fps", "24", "--dt", "1/100", input: TimingCommandTests.unbalanced)
    #expect(run.status == 0)
    #expect(run.output.contains("τ_s = 1 Δt = 0.01 s at Δt = 0.01 s."))
    #expect(run.output.contains("Δt ≤ 1/(f_v (S + 1)) = 1/48 s (S = 1)"))
    #expect(run.output.contains("exact ticks per frame"))
    let only = try Tool.run("timing", "-", "--dt", "1/100", input: TimingCommandTests.unbalanced)
    #expect(!only.output.contains("exact ticks per frame"))
  }
}
