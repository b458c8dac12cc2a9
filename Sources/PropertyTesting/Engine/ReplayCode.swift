/// One line that stands for one case: a seed and the choices made, such as `wp1:2a:5.~4.1z`.
///
/// The seed (hexadecimal) starts the whole run again; the choices (base 36, separated by dots) are the case itself. Three
/// or more zeros in a row are written as `~` and their number.
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
    var choices: [UInt64] = []
    for word in parts[2].isEmpty ? [] : parts[2].split(separator: ".", omittingEmptySubsequences: false) {
      let isRun = word.first == "~"
      guard let number = UInt64(isRun ? word.dropFirst() : word, radix: 36) else { return nil }
      let count = isRun ? number : 1
      guard count <= UInt64(Source.choiceLimit - choices.count) else { return nil }
      choices += repeatElement(isRun ? 0 : number, count: Int(count))
    }
    self.init(seed: seed, choices: choices)
  }

  /// The code as text; reading it back gives an equal code.
  public var description: String {
    var words: [String] = []
    var rest = choices[...]
    while let choice = rest.first {
      let zeros = rest.prefix { $0 == 0 }.count
      if zeros >= 3 {
        words.append("~" + String(zeros, radix: 36))
        rest = rest.dropFirst(zeros)
      } else {
        words.append(String(choice, radix: 36))
        rest = rest.dropFirst()
      }
    }
    return "wp1:\(String(seed, radix: 16)):" + words.joined(separator: ".")
  }
}
