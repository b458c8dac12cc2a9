import ArgumentParser
import Foundation
import WaveProof

/// What options name by a word.
enum OptionWord {
  /// - Throws: `ValidationError` naming the option.
  static func activation(_ name: String, _ option: String) throws -> Activation {
    do { return try Activation(named: name) } catch { throw ValidationError("\(option): \(error)") }
  }
}

/// Exact numbers given as options.
enum OptionNumber {
  /// - Throws: `ValidationError` naming the option.
  static func parse(_ text: String, _ option: String) throws -> Rational {
    do { return try Rational(parsing: text) } catch {
      throw ValidationError("\(option): \(error)")
    }
  }

  static func atLeastZero(_ text: String, _ option: String) throws -> Rational {
    let value = try parse(text, option)
    guard value.sign >= 0 else {
      throw ValidationError("\(option) \(text) is negative; a variation is at least 0")
    }
    return value
  }

  static func positive(_ text: String, _ option: String, _ unit: String) throws -> Rational {
    let value = try parse(text, option)
    guard value.sign > 0 else { throw ValidationError("\(option) \(text) is not positive; give \(unit) above 0") }
    return value
  }

  /// The parts of a list given as one option with commas, as several options, or both.
  static func list(_ values: [String]) -> [String] {
    values.flatMap { $0.split(separator: ",", omittingEmptySubsequences: false) }
      .map { $0.trimmingCharacters(in: .whitespaces) }
  }
}
