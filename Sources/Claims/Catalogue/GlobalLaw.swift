import ErrorBounds
import ExactArithmetic
import Networks
import Timing
import Waves

/// Theorem 8 on chains of softsign units, whose σ′ is bounded and Lipschitz: the error is at most C·V, C computed.
///
/// One road is the formula, the other exact runs on frames within V.
struct GlobalLaw {
  /// C by depth: the largest over layers, readings and reference frames.
  private(set) var constants: [(depth: Int, value: Rational)] = []
  private(set) var compared = 0
  /// The layers of a run that err at all.
  private(set) var nonzero = 0

  /// Exact numbers double their length with every layer.
  private static let deepest = 5
  private static let radii = [1, 3, 6].map { Rational(1, over: Integer(1 << $0)) }

  /// - Returns: `nil` where the formula has no value.
  /// - Throws: `ReadingSurvey.Disagreement` for an error above C·V.
  init?(_ setting: ClaimSetting) throws {
    for depth in setting.depths where depth <= Self.deepest {
      let network = try ClaimNetworks.smoothChain(depth: depth)
      var largest: Rational = 0
      for reading in Reading.all {
        guard let constant = try check(network, reading, setting) else { return nil }
        largest = max(largest, constant)
      }
      constants.append((depth, largest))
    }
  }

  private mutating func check(
    _ network: Network, _ reading: Reading, _ setting: ClaimSetting
  ) throws -> Rational? {
    let timing = try TimingAnalysis(network.architecture, setting.calculus(network.architecture, reading))
    let middle = ClaimNetworks.genericStream(network, ticks: 1)
    let tick = timing.fill + 1
    var largest: Rational = 0
    for reference in ReferenceFrame.allCases {
      func bounds(_ radius: Rational) throws -> [Rational]? {
        let analysis = ErrorAnalysis(
          network, timing, try Variation(.window, input: radius), round: NominalFrame(middle), reference: reference)
        let values = try timing.edges.indices.map { try analysis.globalBound($0).upper }
        return values.contains { $0 == nil } ? nil : values.compactMap { $0 }
      }
      guard let constants = try bounds(1) else { return nil }
      largest = max(largest, constants.max() ?? 0)
      for radius in Self.radii {
        guard let bounds = try bounds(radius) else { return nil }
        // The formula over V falls with V, so that its value at V = 1 serves as C.
        guard zip(bounds, constants).allSatisfy({ $0 <= $1 * radius }) else { return nil }
        let run = try ExactRun(
          network, setting.machine(network.architecture, reading),
          ClaimNetworks.stream(round: middle, radius: radius, ticks: tick + 1))
        for edge in timing.edges {
          let update = try run.update(edge.edge, at: tick)
          for lag in reference.lags(of: edge, in: timing) where (0...tick).contains(lag) {
            let error = try (update - run.gradient(edge.edge, of: tick - lag)).maximumEntryMagnitude
            guard error <= constants[edge.edge] * radius else {
              throw ReadingSurvey.Disagreement(
                description: "L = \(timing.edges.count), \(reading), layer \(edge.layer): an error of \(error) against "
                  + "frame t − \(lag) at V = \(radius), the law says at most \(constants[edge.edge] * radius)")
            }
            compared += 1
            if error.sign > 0 { nonzero += 1 }
          }
        }
      }
    }
    return largest
  }
}
