extension Generator where Value: FixedWidthInteger & Sendable {
  /// Integers in `range` that shrink towards `target`, upward ones first.
  ///
  /// Three draws in four are uniform. The others favour what breaks code: the ends of the range, the neighbourhood of
  /// the target, and, in a wide range, numbers of every bit width.
  ///
  /// - Parameter target: The simplest value; 0, or the end of the range nearest to it, when left out.
  /// - Precondition: `target` lies in `range`; the type has at most 64 bits.
  public static func integer(in range: ClosedRange<Value>, towards target: Value? = nil) -> Generator {
    precondition(Value.bitWidth <= 64, "at most 64 bits")
    let simplest = target ?? min(max(0, range.lowerBound), range.upperBound)
    precondition(range.contains(simplest), "the target of shrinking lies outside the range")
    let origin = UInt64(truncatingIfNeeded: simplest)
    let above = UInt64(truncatingIfNeeded: range.upperBound) &- origin
    let below = origin &- UInt64(truncatingIfNeeded: range.lowerBound)
    return Generator { (source) throws(DiscardedCase) in
      var sampledBelow = false
      let distance = source.choice(through: max(above, below)) { random in
        let sampled = sampleOffset(above: above, below: below, from: &random)
        sampledBelow = sampled.isBelow
        return sampled.distance
      }
      var isBelow = distance > above
      if distance > 0 && above > 0 && below > 0 {
        // Recorded even where the distance decides, so that all distances but 0 are equally long.
        let isFree = distance <= above && distance <= below
        let side = source.recordedChoice(through: isFree ? 1 : 0) { _ in isFree && sampledBelow ? 1 : 0 }
        isBelow = isFree ? side == 1 : isBelow
      }
      return Value(truncatingIfNeeded: isBelow ? origin &- distance : origin &+ distance)
    }
  }
}

/// A distance from the target of a range that reaches `above` above it and `below` below it, and its direction.
private func sampleOffset(
  above: UInt64, below: UInt64, from random: inout SplitMix64
) -> (distance: UInt64, isBelow: Bool) {
  let isBelow = below > 0 && (above == 0 || random.chance(1, in: 2))
  let reach = isBelow ? below : above
  switch random.next(through: 15) {
  case 0: return (reach, isBelow)
  case 1: return (random.next(through: min(reach, 2)), isBelow)
  case 2, 3:
    let bits = random.next(through: UInt64(64 - reach.leadingZeroBitCount))
    return (min(reach, random.next() >> (64 - bits)), isBelow)
  default:
    let offset = random.next(through: above + below)
    return offset <= above ? (offset, false) : (offset - above, true)
  }
}
