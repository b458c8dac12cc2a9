import ExactArithmetic
import Foundation

/// The JSON form of a model, format `waveproof-network`, version 1.
struct ModelFile: Codable {
  var format: String?
  var version: Int?
  var name: String?
  var inputs: [Input]?
  var nodes: [NodeEntry]?
  var edges: [EdgeEntry]?
  var outputs: [String]?
  var loss: String?
  /// Shorthand for a chain: widths, input first.
  var layers: [Int]?
  var weights: [[[ExactNumber]]]?
  var biases: [[ExactNumber]]?
  var activation: ActivationEntry?
  var activations: [ActivationEntry]?

  struct Input: Codable {
    var name: String
    var width: Int
  }

  struct NodeEntry: Codable {
    var name: String
    var width: Int
    var activation: ActivationEntry?
    var bias: [ExactNumber]?
  }

  struct EdgeEntry: Codable {
    var from: String
    var to: String
    var weight: [[ExactNumber]]?
    var delay: Int?
    var backwardDelay: Int?
    var shared: String?
  }
}

/// Any key of a JSON object, to tell a misspelled one from an absent one.
struct AnyKey: CodingKey {
  let stringValue: String
  let intValue: Int? = nil
  init?(stringValue: String) { self.stringValue = stringValue }
  init?(intValue: Int) { nil }

  /// - Throws: `DecodingError` naming a key that is not among the known ones.
  static func refuseUnknown(_ known: Set<String>, in decoder: any Decoder) throws {
    let keys = try decoder.container(keyedBy: AnyKey.self).allKeys.map(\.stringValue).sorted()
    if let unknown = keys.first(where: { !known.contains($0) }) {
      throw DecodingError.dataCorrupted(
        .init(
          codingPath: decoder.codingPath,
          debugDescription: "unknown key \"\(unknown)\"; known are \(known.sorted().joined(separator: ", "))"))
    }
  }
}

extension ModelFile.NodeEntry {
  init(from decoder: any Decoder) throws {
    try AnyKey.refuseUnknown(["name", "width", "activation", "bias"], in: decoder)
    let container = try decoder.container(keyedBy: CodingKeys.self)
    name = try container.decode(String.self, forKey: .name)
    width = try container.decode(Int.self, forKey: .width)
    activation = try container.decodeIfPresent(ActivationEntry.self, forKey: .activation)
    bias = try container.decodeIfPresent([ExactNumber].self, forKey: .bias)
  }
}

extension ModelFile.EdgeEntry {
  init(from decoder: any Decoder) throws {
    try AnyKey.refuseUnknown(["from", "to", "weight", "delay", "backwardDelay", "shared"], in: decoder)
    let container = try decoder.container(keyedBy: CodingKeys.self)
    from = try container.decode(String.self, forKey: .from)
    to = try container.decode(String.self, forKey: .to)
    weight = try container.decodeIfPresent([[ExactNumber]].self, forKey: .weight)
    delay = try container.decodeIfPresent(Int.self, forKey: .delay)
    backwardDelay = try container.decodeIfPresent(Int.self, forKey: .backwardDelay)
    shared = try container.decodeIfPresent(String.self, forKey: .shared)
  }
}
