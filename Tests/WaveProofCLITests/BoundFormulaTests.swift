import Foundation
import Testing
import WaveProof

@Suite struct BoundFormulaTests {
  @Test("--function and --global print constants that hold beside the bounds")
  func formulas() throws {
    let run = try Tool.run(
      "bound", "Examples/pendulum-relu-3.onnx", "--variation", "1/1000", "--function", "--global", "--format", "json")
    #expect(run.status == 0, "\(run.errors)")
    var compared = 0
    for edge in try run.edges() {
      let bound = try #require((edge["bounds"] as? [[String: Any]])?.first)
      let (upper, lower) = (try number(bound["upper"]), try number(bound["lower"]))
      let formula = try #require((edge["global"] as? [[String: Any]])?.first)
      #expect(try number(formula["upper"]) >= lower)
      #expect((formula["constants"] as? [String: Any])?["Π"] is String)
      let function = try #require(edge["function"] as? [String: Any])
      let (first, second) = (try number(function["c1"]), try number(function["c2"]))
      let variation = Rational(1, over: 1_000)
      guard try number(function["validUpTo"]) >= variation, lower.sign > 0 else { continue }
      #expect(lower <= first * variation + second * variation * variation)
      #expect(upper >= first * variation - second * variation * variation)
      compared += 1
    }
    #expect(compared == 2)
    let text = try Tool.run("bound", "Examples/pendulum-relu-3.onnx", "--variation", "1/1000", "--function", "--global")
    #expect(text.output.contains("As a function of V, above and below:"))
    #expect(text.output.contains("|sup − c₁V| ≤ c₂V² for V ≤ "))
    #expect(text.output.contains("By theorem 8, without any search:"))
  }

  @Test("Under a rate the reference is fixed, and bounds are not twice too wide")
  func rateIsTight() throws {
    let run = try Tool.run("bound", "Examples/pendulum-relu-3.onnx", "--rate", "1/1000", "--format", "json")
    #expect(run.status == 0, "\(run.errors)")
    var moving = 0
    for edge in try run.edges() {
      let bound = try #require((edge["bounds"] as? [[String: Any]])?.first)
      let (upper, lower) = (try number(bound["upper"]), try number(bound["lower"]))
      guard lower.sign > 0 else { continue }
      #expect(upper <= lower * Rational(1_001, over: 1_000))
      moving += 1
    }
    #expect(moving == 2)
  }

  private func number(_ value: Any?) throws -> Rational { try Rational(parsing: try #require(value as? String)) }
}
