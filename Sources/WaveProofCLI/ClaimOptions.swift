import ArgumentParser
import WaveProof

/// What is claimed, and of which edges, in the place of what the theorem names.
struct ClaimOptions: ParsableArguments {
  @Option(name: .long, help: "An edge to ask about, as from->to; may be repeated.")
  var edge: [String] = []

  @Option(name: .long, help: "Ask about every edge of this layer; may be repeated.")
  var layer: [Int] = []

  @Option(
    name: .long,
    help: "A claim to hold, as from->to=2 (exact at that delay), from->to=exact or from->to=refuted; may be repeated.")
  var expect: [String] = []

  @Option(help: "Also claim that the error at the edges asked about is at most this; needs --variation or --rate.")
  var maxError: String?

  func maximumError() throws -> Rational? { try maxError.map { try OptionNumber.atLeastZero($0, "--max-error") } }

  var isEmpty: Bool { edge.isEmpty && layer.isEmpty && expect.isEmpty }

  /// The claims, in the order edges, layers, expectations; an edge that stands twice is asked about once.
  ///
  /// - Throws: `ValidationError` naming what is not an edge, a layer or a claim.
  func expectations(in timing: TimingAnalysis) throws -> [Expectation] {
    let edges =
      try EdgeSelection.indices(edge, in: timing.architecture)
      + layer.flatMap { try EdgeSelection.layer($0, in: timing) }
    var found: [Expectation] = []
    for expectation in edges.map({ Expectation(edge: $0) }) + (try expect.map { try Self.parsed($0, in: timing) })
    where !found.contains(expectation) { found.append(expectation) }
    return found
  }

  private static func parsed(_ text: String, in timing: TimingAnalysis) throws -> Expectation {
    guard let sign = text.lastIndex(of: "=") else {
      throw ValidationError("--expect \(text): expected EDGE=DELAY, EDGE=exact or EDGE=refuted")
    }
    let edge = try EdgeSelection.index(String(text[..<sign]), in: timing.architecture)
    let claim = String(text[text.index(after: sign)...])
    switch claim {
    case "exact": return Expectation(edge: edge, .exact)
    case "refuted": return Expectation(edge: edge, .refuted)
    default:
      guard let delay = Int(claim) else {
        throw ValidationError("--expect \(text): \"\(claim)\" is neither a delay in ticks nor exact nor refuted")
      }
      return Expectation(edge: edge, .delay(delay))
    }
  }
}
