import ErrorBounds
import ExactArithmetic
import Foundation
import Networks

/// One row of a table of error bounds: a network, a schedule, a reference, a variation, and what was found.
public struct SweepRow: Sendable, Hashable {
  /// Its place in the whole sweep, from 0.
  public var row: Int
  /// How many rows the whole sweep has.
  public var of: Int
  /// What identifies the sweep: rows of different sweeps are never joined.
  public var sweep: String
  public var network: String
  public var depth: Int
  public var schedule: String
  public var slope: String
  public var error: String
  public var reference: String
  public var norm: String
  public var at: String
  public var kind: String
  public var variation: Rational
  public var target: Rational
  /// The edge with the largest upper bound, or the edge that was asked about.
  public var edge = ""
  /// `nil` where there is no bound; `method` says why.
  public var upper: Rational?
  public var lower: Rational?
  /// upper / lower, rounded up to 6 digits.
  public var ratio: Rational?
  public var method = ""
  /// A measurement, not a result: only where it was asked for.
  public var seconds: String?

  /// Fills in what was found.
  mutating func fill(_ bounds: [ErrorBound]) {
    guard let worst = BoundReport.worst(bounds), let attained = bounds.map(\.lowerValue).max() else { return }
    edge = worst.name
    upper = worst.upper
    lower = attained
    ratio = BoundNumber.ratio(upper: worst.upper, lower: attained)
    method = worst.method + (bounds.contains(where: \.hasKink) ? "; kink" : "")
  }

  /// Says why there is no bound.
  mutating func refuse(_ error: NetworkError) { method = "none: \(error.message)" }
}

extension SweepRow {
  /// Names of the fields, in the order of files.
  static let keys = [
    "row", "of", "sweep", "network", "depth", "schedule", "slope", "error", "reference", "norm", "at", "kind",
    "variation", "target", "edge", "upper", "lower", "ratio", "method",
  ]

  /// Reads a row back; numbers of CSV are rounded outward, those of JSON exact.
  ///
  /// - Throws: `NetworkError` naming the field.
  init(fields: [String: String], at place: String) throws(NetworkError) {
    func text(_ key: String) throws(NetworkError) -> String {
      guard let value = fields[key] else { throw NetworkError("\(place): no \"\(key)\"; this is no row of a table") }
      return value
    }
    func integer(_ key: String) throws(NetworkError) -> Int {
      guard let value = Int(try text(key)), value >= 0 else {
        throw NetworkError("\(place): \"\(key)\" is no whole number")
      }
      return value
    }
    func optional(_ key: String) throws(NetworkError) -> Rational? {
      let value = try text(key)
      if value.isEmpty { return nil }
      do { return try Rational(parsing: value) } catch { throw NetworkError("\(place), \"\(key)\": \(error)") }
    }
    func number(_ key: String) throws(NetworkError) -> Rational {
      guard let value = try optional(key) else { throw NetworkError("\(place): \"\(key)\" is empty") }
      return value
    }
    self.init(
      row: try integer("row"), of: try integer("of"), sweep: try text("sweep"), network: try text("network"),
      depth: try integer("depth"), schedule: try text("schedule"), slope: try text("slope"), error: try text("error"),
      reference: try text("reference"), norm: try text("norm"), at: try text("at"), kind: try text("kind"),
      variation: try number("variation"), target: try number("target"), edge: try text("edge"),
      upper: try optional("upper"), lower: try optional("lower"), ratio: try optional("ratio"),
      method: try text("method"), seconds: fields["seconds"].flatMap { $0.isEmpty ? nil : $0 })
    guard row < of else { throw NetworkError("\(place): row \(row) of \(of) rows; they are counted from 0") }
  }

  /// The cells of CSV: bounds rounded outward to 6 digits, all else exact.
  var csvCells: [String] {
    let bounds = [upper.map(BoundNumber.upper), lower.map(BoundNumber.lower), ratio.map(BoundNumber.upper)]
    return [
      String(row), String(of), sweep, network, String(depth), schedule, slope, error, reference, norm, at, kind,
      NumberText.exact(variation), NumberText.exact(target), edge,
    ] + bounds.map { $0 ?? "" } + [method] + (seconds.map { [$0] } ?? [])
  }

  var json: JSONValue {
    func text(_ value: String) -> JSONValue { value.isEmpty ? .null : .string(value) }
    func number(_ value: Rational?) -> JSONValue { value.map { .string($0.description) } ?? .null }
    let values: [JSONValue] = [
      .integer(row), .integer(of), .string(sweep), .string(network), .integer(depth), .string(schedule), text(slope),
      .string(error), .string(reference), .string(norm), .string(at), .string(kind), number(variation), number(target),
      text(edge), number(upper), number(lower), number(ratio), .string(method),
    ]
    let members = zip(Self.keys, values).map { JSONMember(key: $0, value: $1) }
    return .object(members + (seconds.map { [JSONMember(key: "seconds", value: .string($0))] } ?? []))
  }
}
