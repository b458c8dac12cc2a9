/// An object whose keys are all known: what is misspelled is refused, not taken as absent.
package struct JSONObject: Sendable {
  private let element: JSONElement
  private let what: String
  private let fields: [JSONField]

  /// - Parameters:
  ///   - what: what the object is, for messages, such as `a node`.
  ///   - known: the keys that may stand in it.
  ///   - planned: keys that the format has and this version cannot treat yet.
  ///   - elsewhere: keys that belong to another form of the same object.
  /// - Throws: `FileFault` at the first key that is none of the known ones, with the known key nearest to it.
  package init(
    _ element: JSONElement, _ what: String, known: [String], planned: [String] = [], elsewhere: [String] = []
  ) throws(FileFault) {
    self.element = element
    self.what = what
    fields = try element.members(what)
    for field in fields where !known.contains(where: { $0.isSpelled(field.key) }) {
      let key = field.key.debugDescription
      if planned.contains(where: { $0.isSpelled(field.key) }) {
        throw FileFault(at: field.offset, "\(key) of \(what) is not supported yet; leave it out")
      }
      if elsewhere.contains(where: { $0.isSpelled(field.key) }) {
        throw FileFault(
          at: field.offset,
          "\(key) does not belong to \(what) of this form; its keys are \(known.joined(separator: ", "))")
      }
      let nearest = Spelling.nearest(to: field.key, among: known + planned + elsewhere)
      throw FileFault(
        at: field.offset,
        "unknown key \(key) in \(what); the nearest known is \"\(nearest)\", all are "
          + known.joined(separator: ", "))
    }
  }

  /// The value of a key; `null` is as good as absent.
  package subscript(key: String) -> JSONElement? {
    fields.first { $0.key.isSpelled(key) && !$0.value.isNull }?.value
  }

  package func required(_ key: String) throws(FileFault) -> JSONElement {
    guard let value = self[key] else { throw element.fault("\(what) lacks the key \"\(key)\"") }
    return value
  }

  package func string(_ key: String) throws(FileFault) -> String? { try self[key]?.string("\"\(key)\"") }

  package func integer(_ key: String, in range: ClosedRange<Int> = Int.min...Int.max) throws(FileFault) -> Int? {
    try self[key]?.integer("\"\(key)\"", in: range)
  }

  /// One of the values of an enumeration of texts.
  package func choice<Value: RawRepresentable & CaseIterable>(
    _ key: String, _ type: Value.Type
  ) throws(FileFault) -> Value? where Value.RawValue == String {
    guard let text = try string(key), let place = self[key] else { return nil }
    guard let value = Value(rawValue: text) else {
      let known = Value.allCases.map(\.rawValue)
      throw place.fault(
        "\"\(key)\" is \(text.debugDescription); known are \(known.joined(separator: ", ")), the nearest is "
          + "\"\(Spelling.nearest(to: text, among: known))\"")
    }
    return value
  }
}

/// How far words are from one another.
package enum Spelling {
  /// The word with the least number of letters to insert, delete, exchange or swap with their neighbour; the first of
  /// several.
  package static func nearest(to word: String, among words: [String]) -> String {
    let letters = Array(word.lowercased().unicodeScalars.prefix(64))
    return words.min { distance(letters, $0) < distance(letters, $1) } ?? ""
  }

  /// The optimal string alignment distance.
  static func distance(_ from: [Unicode.Scalar], _ word: String) -> Int {
    let to = Array(word.lowercased().unicodeScalars)
    var rows = [Array(0...to.count)]
    for row in 0..<from.count {
      var line = [row + 1]
      for column in 0..<to.count {
        let exchanged = rows[row][column] + (from[row] == to[column] ? 0 : 1)
        var best = min(rows[row][column + 1] + 1, line[column] + 1, exchanged)
        if row > 0, column > 0, from[row] == to[column - 1], from[row - 1] == to[column] {
          best = min(best, rows[row - 1][column - 1] + 1)
        }
        line.append(best)
      }
      rows.append(line)
    }
    return rows[from.count][to.count]
  }
}
