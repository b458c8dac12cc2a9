import Foundation
import Networks

extension Schedule {
  /// The most ticks, either way, that an integer of a schedule file may be.
  public static let maximumTicks = 1_000_000

  /// Reads a schedule file for a model: the integers of the calculus per node and edge, with defaults that are stated,
  /// not assumed.
  ///
  /// Every integer is stated per node or edge, or in `defaults`; n, q and r only at outputs.
  /// - Throws: `NetworkError` with line and column, or naming the node or edge whose integer is missing.
  public init(json data: Data, for architecture: Architecture, named name: String) throws(NetworkError) {
    let file = try JSONText.read(data, named: name) { root throws(FileFault) in
      try ScheduleFile(root, architecture)
    }
    let outputs = Set(architecture.outputs)
    func nodes(
      _ key: ScheduleFile.Key, where needed: (Int) -> Bool
    ) throws(NetworkError) -> [Int] {
      var values: [Int] = []
      for (index, node) in architecture.nodes.enumerated() {
        values.append(needed(index) ? try file.integer(key, of: node.name, in: file.nodes, named: name) : 0)
      }
      return values
    }
    func edges(_ key: ScheduleFile.Key) throws(NetworkError) -> [Int] {
      var values: [Int] = []
      for edge in architecture.edges {
        values.append(try file.integer(key, of: edge.name, in: file.edges, named: name))
      }
      return values
    }
    let isInner = { (node: Int) in !architecture.nodes[node].isInput }
    let delays = try nodes(.s, where: isInner)
    let output = try nodes(.n) { outputs.contains($0) && file.error == .closed }
    let memory = file.slope == .frameConsistent ? [] : try nodes(.m, where: isInner)
    self.init(
      name: file.name ?? name, forwardLatency: try edges(.f), backwardLatency: try edges(.b),
      inputMemory: try edges(.p), errorMemory: try edges(.d), activationDelay: delays,
      slopeSource: file.slope == .frameConsistent ? .frameConsistent : .memory(memory), errorSource: file.error,
      outputMemory: output, targetLag: try nodes(.q) { outputs.contains($0) },
      // As n and q, r is read at outputs alone: elsewhere two files that differ in it are one schedule.
      residualSlopeMemory: architecture.nodes.enumerated().map { index, node in
        guard outputs.contains(index), file.error == .closed else { return 0 }
        return file.nodes[Name(node.name)]?[.r] ?? file.defaults[.r] ?? output[index] + delays[index]
      },
      waveFrameLag: [Int](repeating: 0, count: architecture.nodes.count), reading: nil)
    framePeriod = file.framePeriod
    do throws(NetworkError) {
      if file.slope == .frameConsistent { waveFrameLag = try Self.waveFrames(self, architecture) }
      self = try reading(weights: file.weights, at: file.weightsAt, on: architecture)
    } catch {
      throw NetworkError("\(name): \(error.message)")
    }
  }

  /// The frame that each output's wave is named after: that of its error, open or closed.
  package static func waveFrames(_ schedule: Schedule, _ architecture: Architecture) throws(NetworkError) -> [Int] {
    guard schedule.errorSource == .closed else { return schedule.targetLag }
    let arrivals = try ForwardLags(architecture, schedule)
    var frames = [Int](repeating: 0, count: architecture.nodes.count)
    for output in architecture.outputs {
      frames[output] = try arrivals.frameOfOutput(output, in: architecture) + schedule.outputMemory[output]
    }
    return frames
  }
}

/// What a schedule file states, each key known and each integer in range.
private struct ScheduleFile {
  enum Slope: String, CaseIterable {
    case memory
    case frameConsistent = "frame-consistent"
  }

  /// f, b, p, d of an edge; s, m, n, q of a node; r, the σ′ memory of an output's own residual, n + s where absent.
  enum Key: String, CaseIterable {
    case f, b, p, d, s, m, n, q, r

    static let ofEdges = [Key.f, .b, .p, .d]
    static let ofNodes = [Key.s, .m, .n, .q, .r]
  }

  typealias Entry = [Key: Int]

  var name: String?
  var error = Schedule.ErrorSource.closed
  var slope = Slope.memory
  var weights = WeightReads.Policy.frozen
  var weightsAt = WeightReads.Side.sender
  var framePeriod = 1
  var defaults: Entry = [:]
  var nodes: [Name: Entry] = [:]
  var edges: [Name: Entry] = [:]

  init(_ root: JSONElement, _ architecture: Architecture) throws(FileFault) {
    let file = try JSONObject(
      root, "the schedule",
      known: ["format", "name", "error", "slope", "weights", "weightsAt", "framePeriod", "defaults", "nodes", "edges"],
      planned: ["accumulate", "batchPeriod", "slopes", "feedback"])
    if let format = try file.string("format"), format != "waveproof-schedule" {
      throw root.fault("the format is \(format.debugDescription), not \"waveproof-schedule\"")
    }
    name = try file.string("name")
    _ = try file.required("error")
    error = try file.choice("error", Schedule.ErrorSource.self) ?? error
    slope = try file.choice("slope", Slope.self) ?? slope
    weights = try file.choice("weights", WeightReads.Policy.self) ?? weights
    weightsAt = try file.choice("weightsAt", WeightReads.Side.self) ?? weightsAt
    framePeriod = try file.integer("framePeriod", in: 1...Schedule.maximumTicks) ?? framePeriod
    if let element = file["defaults"] { defaults = try Self.entry(element, "\"defaults\"", Key.allCases) }
    nodes = try Self.table(file["nodes"], "nodes", Key.ofNodes, architecture.nodes.map(\.name))
    edges = try Self.table(file["edges"], "edges", Key.ofEdges, architecture.edges.map(\.name))
    for input in architecture.nodes[..<architecture.inputCount] where nodes[Name(input.name)]?[.s] ?? 0 != 0 {
      throw root.fault("\"s\" of the input \(input.name.debugDescription) is 0: an input is there at its own tick")
    }
  }

  private static func entry(_ element: JSONElement, _ what: String, _ keys: [Key]) throws(FileFault) -> Entry {
    let object = try JSONObject(
      element, what, known: keys.map(\.rawValue),
      elsewhere: Key.allCases.filter { !keys.contains($0) }.map(\.rawValue))
    var entry: Entry = [:]
    for key in keys {
      entry[key] = try object.integer(key.rawValue, in: -Schedule.maximumTicks...Schedule.maximumTicks)
    }
    return entry
  }

  private static func table(
    _ element: JSONElement?, _ key: String, _ keys: [Key], _ names: [String]
  ) throws(FileFault) -> [Name: Entry] {
    var table: [Name: Entry] = [:]
    let known = Set(names.map { Name($0) })
    for field in try element?.members("\"\(key)\"") ?? [] {
      guard known.contains(Name(field.key)) else {
        let nearest = Spelling.nearest(to: field.key, among: names)
        throw FileFault(
          at: field.offset,
          "\"\(key)\" names \(field.key.debugDescription), which the model does not have; the nearest "
            + "is \(nearest.debugDescription)")
      }
      table[Name(field.key)] = try entry(field.value, "an entry of \"\(key)\"", keys)
    }
    return table
  }

  func integer(_ key: Key, of place: String, in table: [Name: Entry], named name: String) throws(NetworkError) -> Int {
    guard let value = table[Name(place)]?[key] ?? defaults[key] else {
      throw NetworkError("\(name): \"\(place)\" lacks \"\(key.rawValue)\"; state it there or in \"defaults\"")
    }
    return value
  }
}
