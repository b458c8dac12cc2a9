import Foundation
import Networks

/// The JSON form of a schedule: the eight integers per node and edge, with defaults that are stated, not assumed.
private struct ScheduleFile: Decodable {
  var format: String?
  var name: String?
  /// `open` or `closed`.
  var error: String
  /// `memory` (m per node, the default) or `frame-consistent`.
  var slope: String?
  /// `frozen` (the default), `current`, `stashed` or `vertical`.
  var weights: String?
  /// `sender` (the default) or `receiver`.
  var weightsAt: String?
  /// Ticks from one frame to the next, 1 where absent.
  var framePeriod: Int?
  var defaults: Entry?
  var nodes: [String: Entry]?
  var edges: [String: Entry]?

  /// f, b, p, d of an edge; s, m, n, q of a node; r, the σ′ memory of an output's own residual, n + s where absent.
  struct Entry: Decodable {
    var f, s, b, m, n, p, q, d, r: Int?
  }
}

extension Schedule {
  /// Reads a schedule file for a model.
  ///
  /// Every integer is stated per node or edge, or in `defaults`; n, q and r only at outputs.
  /// - Throws: `NetworkError` naming the node or edge whose integer is missing, unknown or out of range.
  public init(json data: Data, for architecture: Architecture, named name: String) throws(NetworkError) {
    let file: ScheduleFile
    do { file = try JSONDecoder().decode(ScheduleFile.self, from: data) } catch {
      throw NetworkError("\(name): not a schedule file: \(error)")
    }
    if let format = file.format, format != "waveproof-schedule" {
      throw NetworkError("\(name): the format is \"\(format)\", not \"waveproof-schedule\"")
    }
    guard let source = ErrorSource(rawValue: file.error) else {
      throw NetworkError("\(name): \"error\" is \"\(file.error)\"; say open or closed")
    }
    guard [nil, "memory", "frame-consistent"].contains(file.slope) else {
      throw NetworkError("\(name): \"slope\" is \"\(file.slope ?? "")\"; say memory or frame-consistent")
    }
    let reader = Reader(file: file, name: name)
    try reader.refuseUnknown(architecture)
    let outputs = Set(architecture.outputs)
    let frameConsistent = file.slope == "frame-consistent"
    func nodes(_ key: String, _ path: KeyPath<ScheduleFile.Entry, Int?>, where needed: (Int) -> Bool)
      throws(NetworkError)
      -> [Int]
    {
      var values: [Int] = []
      for (index, node) in architecture.nodes.enumerated() {
        values.append(needed(index) ? try reader.integer(key, path, of: node.name, in: file.nodes) : 0)
      }
      return values
    }
    func edges(_ key: String, _ path: KeyPath<ScheduleFile.Entry, Int?>) throws(NetworkError) -> [Int] {
      var values: [Int] = []
      for edge in architecture.edges { values.append(try reader.integer(key, path, of: edge.name, in: file.edges)) }
      return values
    }
    let delays = try nodes("s", \.s) { !architecture.nodes[$0].isInput }
    let output = try nodes("n", \.n) { outputs.contains($0) && source == .closed }
    let memory = frameConsistent ? [] : try nodes("m", \.m) { !architecture.nodes[$0].isInput }
    self.init(
      name: file.name ?? name, forwardLatency: try edges("f", \.f), backwardLatency: try edges("b", \.b),
      inputMemory: try edges("p", \.p), errorMemory: try edges("d", \.d), activationDelay: delays,
      slopeSource: frameConsistent ? .frameConsistent : .memory(memory), errorSource: source, outputMemory: output,
      targetLag: try nodes("q", \.q) { outputs.contains($0) },
      residualSlopeMemory: architecture.nodes.enumerated().map { index, node in
        file.nodes?[node.name]?.r ?? file.defaults?.r ?? output[index] + delays[index]
      },
      waveFrameLag: [Int](repeating: 0, count: architecture.nodes.count), reading: nil)
    if frameConsistent { waveFrameLag = try Self.waveFrames(self, architecture) }
    try readWeights(file, architecture, name)
  }

  private mutating func readWeights(
    _ file: ScheduleFile, _ architecture: Architecture, _ name: String
  ) throws(NetworkError) {
    framePeriod = file.framePeriod ?? 1
    guard (1...1_000_000).contains(framePeriod) else {
      throw NetworkError("\(name): \"framePeriod\" is \(framePeriod); a frame lasts from 1 to 1000000 ticks")
    }
    guard let policy = WeightReads.Policy(rawValue: file.weights ?? "frozen") else {
      throw NetworkError("\(name): \"weights\" is \"\(file.weights ?? "")\"; say frozen, current, stashed or vertical")
    }
    guard let side = WeightReads.Side(rawValue: file.weightsAt ?? "sender") else {
      throw NetworkError("\(name): \"weightsAt\" is \"\(file.weightsAt ?? "")\"; say sender or receiver")
    }
    self = try reading(weights: policy, at: side, on: architecture)
  }

  /// The frame that each output's wave is named after: that of its error, open or closed.
  private static func waveFrames(_ schedule: Schedule, _ architecture: Architecture) throws(NetworkError) -> [Int] {
    guard schedule.errorSource == .closed else { return schedule.targetLag }
    let arrivals = try ForwardLags(architecture, schedule)
    var frames = [Int](repeating: 0, count: architecture.nodes.count)
    for output in architecture.outputs {
      frames[output] = try arrivals.frameOfOutput(output, in: architecture) + schedule.outputMemory[output]
    }
    return frames
  }

  private struct Reader {
    let file: ScheduleFile
    let name: String

    func integer(
      _ key: String, _ path: KeyPath<ScheduleFile.Entry, Int?>, of place: String,
      in table: [String: ScheduleFile.Entry]?
    ) throws(NetworkError) -> Int {
      guard let value = table?[place]?[keyPath: path] ?? file.defaults?[keyPath: path] else {
        throw NetworkError("\(name): \"\(place)\" lacks \"\(key)\"; state it there or in \"defaults\"")
      }
      guard abs(value) <= 1_000_000 else {
        throw NetworkError("\(name): \"\(key)\" of \"\(place)\" is \(value); at most 1000000 ticks either way")
      }
      return value
    }

    func refuseUnknown(_ architecture: Architecture) throws(NetworkError) {
      let nodes = Set(architecture.nodes.map(\.name))
      if let unknown = (file.nodes ?? [:]).keys.sorted().first(where: { !nodes.contains($0) }) {
        throw NetworkError("\(name): \"nodes\" names \"\(unknown)\", which the model does not have")
      }
      let edges = Set(architecture.edges.map(\.name))
      if let unknown = (file.edges ?? [:]).keys.sorted().first(where: { !edges.contains($0) }) {
        throw NetworkError("\(name): \"edges\" names \"\(unknown)\", which the model does not have")
      }
    }
  }
}
