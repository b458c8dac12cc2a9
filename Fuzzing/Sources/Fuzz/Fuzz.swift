import Foundation
import WaveProof

/// Fuzzes the reader that WAVEPROOF_FUZZ names; the arguments are those of libFuzzer.
@main
enum Fuzz {
  static func main() {
    var count = CommandLine.argc
    var arguments = unsafe CommandLine.unsafeArgv
    _ = Reader.chosen
    exit(
      unsafe runDriver(&count, &arguments) { start, count in
        Reader.chosen.check(unsafe Data(UnsafeBufferPointer(start: start, count: count)))
        return 0
      })
  }
}

/// libFuzzer's own entry point.
@_silgen_name("LLVMFuzzerRunDriver")
private func runDriver(
  _ count: UnsafeMutablePointer<CInt>,
  _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>>,
  _ callback: @convention(c) (UnsafePointer<UInt8>?, Int) -> CInt
) -> CInt

/// What is given one input after the other: it must either refuse it with its error, or read a value that it reads back,
/// equal, from what the writer makes of it. A trap is found, too.
enum Reader: String, CaseIterable {
  case model, stream, csv, schedule, onnx

  static let chosen: Reader = {
    let name = ProcessInfo.processInfo.environment["WAVEPROOF_FUZZ"] ?? ""
    guard let reader = Reader(rawValue: name) else {
      fatalError("WAVEPROOF_FUZZ is one of \(allCases.map(\.rawValue).joined(separator: ", ")), not \"\(name)\"")
    }
    return reader
  }()

  func check(_ data: Data) {
    switch self {
    case .model:
      guard let model = try? Architecture(json: data, fallbackName: "fuzz") else { return }
      demand(model, { $0.json() }, { try Architecture(json: $0, fallbackName: "fuzz") })
      // What is read is also run: lags need no weights.
      if let schedule = try? Schedule.diffusion(model, Reading(slope: .emitted, error: .closed)) {
        _ = try? TimingAnalysis(model, schedule)
      }
    case .stream:
      guard let stream = try? FrameStream(json: data, for: Self.graph, named: "fuzz") else { return }
      demand(stream, { $0.json(for: Self.graph) }, { try FrameStream(json: $0, for: Self.graph, named: "fuzz") })
    case .csv:
      guard let stream = try? FrameStream(csv: data, for: Self.graph, named: "fuzz") else { return }
      demand(stream, { $0.csv(for: Self.graph) }, { try FrameStream(csv: $0, for: Self.graph, named: "fuzz") })
    case .schedule:
      guard let schedule = try? Schedule(json: data, for: Self.graph, named: "fuzz") else { return }
      demand(
        schedule, { Data(JSONValue.schedule($0, of: Self.graph).text.utf8) },
        { try Schedule(json: $0, for: Self.graph, named: "fuzz") })
      _ = try? TimingAnalysis(Self.graph, schedule)
    case .onnx:
      _ = try? ONNXModel.architecture(contentsOf: data, name: "fuzz")
      guard let model = try? ONNXModel.network(contentsOf: data, name: "fuzz") else { return }
      demand(model, { $0.json() }, { try Architecture(json: $0, fallbackName: "fuzz") })
    }
  }

  private func demand<Value: Equatable>(
    _ value: Value, _ write: (Value) -> Data, _ read: (Data) throws -> Value
  ) {
    let written = write(value)
    do {
      guard try read(written) == value else { fatalError("read back as another value:\n\(Self.text(written))") }
    } catch {
      fatalError("written, but refused by its own reader: \(error)\n\(Self.text(written))")
    }
  }

  private static func text(_ data: Data) -> String { String(decoding: data, as: UTF8.self) }

  /// What streams and schedules are for: two inputs, a skip, parallel edges, names that need escapes.
  private static let graph: Architecture = {
    do {
      return try Architecture(
        name: "graph", inputs: [(name: "u", width: 1), (name: "w\"é", width: 2)],
        nodes: [Node(name: "a", width: 1, activation: .relu), Node(name: "y", width: 1, activation: .quadratic)],
        connections: [
          Connection(from: "u", to: "a"), Connection(from: "w\"é", to: "a"), Connection(from: "a", to: "y"),
          Connection(from: "a", to: "y", delay: 2), Connection(from: "u", to: "y"),
        ], outputs: ["y"])
    } catch { fatalError("\(error)") }
  }()
}
