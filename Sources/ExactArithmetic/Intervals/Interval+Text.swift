extension Interval: CustomStringConvertible, Codable {
  /// Both ends in 12 significant digits rounded outward, so that the printed interval still contains the number; a point
  /// whose 12 digits are exact is printed as `[1/2, 1/2]` would be read: `[0.5, 0.5]`.
  public var description: String {
    NumberText.enclosure(lower, upper, digits: 12)
  }

  /// From `["lo", "hi"]`, each end as ``Rational`` reads it. Ends that are dyadic are kept exactly, whatever bits they
  /// need beyond ``defaultPrecision``; others are rounded outward.
  public init(from decoder: any Decoder) throws {
    var container = try decoder.unkeyedContainer()
    let (lower, upper) = (try container.decode(Rational.self), try container.decode(Rational.self))
    guard lower <= upper, container.isAtEnd else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "an interval is [\"lower\", \"upper\"] with lower ≤ upper")
    }
    let bits = [lower, upper].compactMap { Dyadic(exactly: $0)?.mantissa.bitWidth }
    self.init(lower: lower, upper: upper, precision: min(1 << 20, max(Interval.defaultPrecision, bits.max() ?? 0)))
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.unkeyedContainer()
    try container.encode(lower)
    try container.encode(upper)
  }
}
