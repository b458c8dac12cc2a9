/// What may hold much memory: each is asked about before it is made, under a name that reports and docs/bounds.md use.
public enum MemoryUse: String, Sendable, Hashable, CaseIterable {
  /// One run of the static network, or of an update's factors, in enclosures: what nothing can be said without.
  case pass = "one pass in enclosures"
  /// A generator for every unit and every coordinate of the frames. Without them ranges do not remember what they share.
  case symbols = "noise symbols"
  /// A generator for every nonlinear step of its own (`--symbols`).
  case freshSymbols = "fresh noise symbols"
  /// A bound for every entry of an error, in the place of one for all of them.
  case entries = "bounds entry by entry"
  /// Rationals in the place of enclosures.
  case exactNumbers = "exact numbers"
  case backward = "backward linear"
  case monotone = "monotone certificate"
  case pieces = "polyhedral pieces"
  case branchAndBound = "branch and bound"
  /// The derivatives that a law in V starts with, and the second ones that its rest is made of.
  case firstOrder = "first order"
  case secondOrder = "second order"
  /// The text of a run, which is printed and not held.
  case trace = "trace"
  /// The lines of one tick, where they are laid out together.
  case traceTable = "trace as a table"

  /// What would make it smaller.
  public var help: String {
    switch self {
    case .pass: "use a smaller image or batch (--dim), or a part of the network"
    case .symbols, .freshSymbols, .firstOrder, .secondOrder: "a network with fewer inputs and units has them"
    case .entries: "an edge between fewer units has them"
    case .exactNumbers: "enclosures hold too; --precision makes them narrower"
    case .backward, .monotone, .pieces: "an edge with a smaller matrix, or a network with fewer inputs, has it"
    case .branchAndBound: "a larger --ratio needs fewer parts"
    case .traceTable: "--format json and --format csv are written line by line"
    case .trace: "ask for fewer ticks (--ticks) or edges (--edge), or for signals alone (--signals)"
    }
  }
}

/// The most that one ``MemoryUse`` may hold, so that a command takes less than a gigabyte or says what it did without.
///
/// Sizes are estimated from widths and counts before anything is made: the same input is treated alike on every machine.
public struct MemoryCap: Sendable, Hashable {
  public let bytes: Int

  public init(bytes: Int) {
    self.bytes = bytes
  }

  /// 256 MiB: two threads and a large model stay below a gigabyte.
  public static let standard = MemoryCap(bytes: 1 << 28)

  /// 4 GiB of text.
  public static let printed = MemoryCap(bytes: 1 << 32)

  /// Why this is not made; `nil` where it fits.
  ///
  /// - Parameter bytes: an estimate, in floats so that no product overflows.
  public func excess(_ use: MemoryUse, asked bytes: Double) -> MemoryExcess? {
    bytes <= Double(self.bytes) ? nil : MemoryExcess(use: use, asked: Int(min(bytes, 0x1p62)), cap: self.bytes)
  }

  /// Why the static network is not run in enclosures; `nil` where that fits.
  public func enclosures(_ architecture: Architecture, precision: Int) -> MemoryExcess? {
    let units = architecture.nodes.reduce(0) { $0 + Double($1.width) }
    return excess(.pass, asked: 3 * units * Self.enclosure(precision: precision))
  }

  /// About what one enclosure holds, with its place in vectors.
  public static func enclosure(precision: Int) -> Double { 192 + Double(precision) / 4 }

  /// How many items of one size fit.
  public func count(each bytes: Double) -> Int { Int(min(Double(self.bytes) / max(bytes, 1), 0x1p62)) }
}

/// Something that would have held more than the cap: a refusal where nothing can be said without it, a note otherwise.
public struct MemoryExcess: Error, Sendable, Hashable, CustomStringConvertible {
  public let use: MemoryUse
  /// Bytes, estimated.
  public let asked: Int
  /// Bytes.
  public let cap: Int

  public var description: String {
    let what = use == .trace ? "printed, more than the cap" : "held, more than the memory cap"
    return "\(use.rawValue): about \(Self.size(asked)) would be \(what) of \(Self.size(cap)); \(use.help)"
  }

  private static func size(_ bytes: Int) -> String {
    let units = [(1 << 30, "GiB"), (1 << 20, "MiB"), (1 << 10, "KiB")]
    guard let (unit, name) = units.first(where: { bytes >= 10 * $0.0 }) ?? units.last, bytes >= unit else {
      return "\(bytes) bytes"
    }
    return "\(bytes / unit) \(name)"
  }
}
