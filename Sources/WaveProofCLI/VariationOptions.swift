import ArgumentParser
import Foundation
import WaveProof

/// How much frames may vary, and round what.
struct VariationOptions: ParsableArguments {
  @Option(
    parsing: .unconditionalSingleValue,
    help: "V: every frame that is read lies within V of the nominal input, in the sup norm; may be repeated.")
  var variation: [String] = []

  @Option(
    parsing: .unconditionalSingleValue,
    help: "v: successive frames differ by at most v, the reference frame is the nominal input; may be repeated.")
  var rate: [String] = []

  @Option(
    parsing: .unconditionalSingleValue,
    help: "The same for targets, one for all --variation or one for each (default: 0).")
  var targetVariation: [String] = []

  @Option(
    parsing: .unconditionalSingleValue, help: "The same for targets, one for all --rate or one for each (default: 0).")
  var targetRate: [String] = []

  @Option(help: "The nominal input and target: tick 0 of a stream file, or zero (the default).")
  var at: String?

  @Option(parsing: .unconditional, help: "LO,HI: every nominal input whose coordinates lie there, instead of --at.")
  var domain: String?

  @Option(help: "Whose gradient: the frame of the error wave, of the input wave, of tick t (now), or the worst (free).")
  var reference: ReferenceFrame = .error

  @Option(help: "max (the largest entry) or frobenius.")
  var norm: ErrorNorm = .max

  @Option(parsing: .unconditional, help: "Refine until upper/lower is at most this.")
  var ratio: String?

  @Option(parsing: .unconditional, help: "Seconds an edge for --ratio, and for verify's witnesses.")
  var budget = "10"

  @Option(help: "How many nonlinear steps keep a noise symbol of their own; more is tighter and slower.")
  var symbols: Int?

  mutating func validate() throws {
    _ = try variations()
    _ = try domainEnds()
    _ = try effort()
    guard (0...1_000_000).contains(symbols ?? 0) else { throw ValidationError("--symbols is from 0 to 1000000") }
    guard at == nil || domain == nil else {
      throw ValidationError("give --at or --domain, not both: one nominal input, or a box of them")
    }
  }

  func variations() throws -> [Variation] {
    try Self.variations(.window, variation, "--variation", targetVariation, "--target-variation")
      + Self.variations(.rate, rate, "--rate", targetRate, "--target-rate")
  }

  private static func variations(
    _ kind: Variation.Kind, _ inputs: [String], _ name: String, _ targets: [String], _ targetName: String
  ) throws -> [Variation] {
    let inputs = try inputs.map { try OptionNumber.atLeastZero($0, name) }
    let targets = try targets.map { try OptionNumber.atLeastZero($0, targetName) }
    guard !inputs.isEmpty else { return try targets.map { try Variation(kind, input: 0, target: $0) } }
    guard targets.count <= 1 || targets.count == inputs.count else {
      throw ValidationError(
        "\(targets.count) times \(targetName) for \(inputs.count) times \(name); give one for all or one for each")
    }
    return try inputs.enumerated().map { index, input in
      try Variation(kind, input: input, target: targets.isEmpty ? 0 : targets[targets.count == 1 ? 0 : index])
    }
  }

  private func domainEnds() throws -> (Rational, Rational)? {
    guard let domain else { return nil }
    let parts = OptionNumber.list([domain])
    guard parts.count == 2 else { throw ValidationError("--domain \(domain): give two numbers, LO,HI") }
    let (lower, upper) = (
      try OptionNumber.parse(parts[0], "--domain"), try OptionNumber.parse(parts[1], "--domain")
    )
    guard lower <= upper else { throw ValidationError("--domain \(domain) is empty; give LO,HI with LO ≤ HI") }
    return (lower, upper)
  }

  func effort() throws -> BoundEffort {
    let goal = try ratio.map { try OptionNumber.parse($0, "--ratio") }
    guard goal.map({ $0 > 1 }) ?? true else {
      throw ValidationError("--ratio \(ratio ?? "") is not above 1; upper/lower cannot be asked to be less")
    }
    guard let seconds = Double(budget), seconds > 0, seconds.isFinite else {
      throw ValidationError("--budget \(budget) is not a number of seconds above 0")
    }
    return BoundEffort(ratio: goal, budget: seconds)
  }

  /// The nominal frames, read where they are a file.
  func question(
    _ architecture: Architecture, variations: [Variation], precision: Int
  ) throws -> BoundQuestion {
    let (nominal, origin) = try nominal(architecture)
    return BoundQuestion(
      variations: variations, nominal: nominal, origin: origin, reference: reference, norm: norm, effort: try effort(),
      precision: precision, freshSymbols: symbols)
  }

  func nominal(_ architecture: Architecture) throws -> (NominalFrame, BoundQuestion.Origin) {
    if let (lower, upper) = try domainEnds() {
      return (try .domain(lower, upper, architecture), .domain(lower, upper))
    }
    guard let at, at != "zero" else { return (.zero(architecture), .zero) }
    return (NominalFrame(try InputFile.stream(at, for: architecture)), .stream(at))
  }
}

extension ReferenceFrame: ExpressibleByArgument {}
extension ErrorNorm: ExpressibleByArgument {}
