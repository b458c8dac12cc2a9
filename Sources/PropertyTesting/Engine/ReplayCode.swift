/// One line that stands for one case: a seed and the choices made, such as `wp1:2a:5.0.1z`.
///
/// The seed (hexadecimal) starts the whole run again; the choices (base 36, separated by dots) are the case itself.
public struct ReplayCode: Sendable, Hashable, LosslessStringConvertible {
  /// The seed of the run in which the case was found.
  public let seed: UInt64

  /// The choices that make the case.
  public let choices: [UInt64]

  /// The code for `choices`, found in the run of `seed`.
  public init(seed: UInt64, choices: [UInt64]) {
    self.seed = seed
    self.choices = choices
  }

  /// Reads a code; nil when the text is not one.
  public init?(_ description: String) {
    let parts = description.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 3, parts[0] == "wp1", let seed = UInt64(parts[1], radix: 16) else { return nil }
    let words = parts[2].isEmpty ? [] : parts[2].split(separator: ".", omittingEmptySubsequences: false)
    guard words.count <= Source.choiceLimit else { return nil }
    let choices = words.compactMap { UInt64($0, radix: 36) }
    guard choices.count == words.count else { return nil }
    self.init(seed: seed, choices: choices)
  }

  /// The code as text; reading it back gives an equal code.
  public var description: String {
    "wp1:\(String(seed, radix: 16)):" + choices.map { String($0, radix: 36) }.joined(separator: ".")
  }
}
