internal import Foundation

/// The bytes of tensors that lie in files beside the model.
///
/// A file is read only where it lies, links resolved, in the model's own folder or below: a model is not trusted to name
/// others.
struct ExternalData: Sendable {
  /// The model's folder; `nil` where the model has none, as on stdin.
  let folder: URL?

  #if ONNX
    /// - Parameter byteCount: how many bytes the tensor's type and shape need.
    func bytes(of tensor: Onnx_TensorProto, byteCount: Int) throws(ONNXError) -> Data {
      func fail(_ message: String) -> ONNXError { ONNXError(message, tensor: tensor.name) }
      var entries: [String: String] = [:]
      for entry in tensor.externalData { entries[entry.key] = entry.value }
      guard let location = entries["location"], !location.isEmpty else {
        throw fail("its data lies in another file, which is not named; save the model again")
      }
      guard let folder else {
        throw fail(
          "its data lies in the file \"\(location)\" beside the model; read the model from its file, not from stdin")
      }
      guard !location.hasPrefix("/"), !location.split(separator: "/").contains(".."), !location.utf8.contains(0) else {
        throw fail(
          "its data lies in \"\(location)\", outside the model's folder, which is not read; move the file into it")
      }
      let root = folder.resolvingSymlinksInPath().standardizedFileURL
      let file = root.appendingPathComponent(location).resolvingSymlinksInPath().standardizedFileURL
      guard file.path.utf8.starts(with: (root.path == "/" ? "/" : root.path + "/").utf8) else {
        throw fail("its data lies in \"\(location)\", a link out of the model's folder, which is not read")
      }
      let attributes = try? FileManager.default.attributesOfItem(atPath: file.path)
      guard let attributes, attributes[.type] as? FileAttributeType == .typeRegular,
        let size = (attributes[.size] as? NSNumber)?.int64Value
      else { throw fail("its data lies in \"\(location)\" beside the model, which is no file that can be read") }
      func number(_ key: String) throws(ONNXError) -> Int? {
        guard let text = entries[key] else { return nil }
        guard let value = Int(text), value >= 0 else {
          throw fail("the \(key) \"\(text)\" of its data is no count of bytes")
        }
        return value
      }
      let offset = try number("offset") ?? 0
      guard offset <= size else {
        throw fail("its data begins at byte \(offset) of \"\(location)\", which has \(size)")
      }
      let length = try number("length") ?? (Int(size) - offset)
      guard length == byteCount else {
        throw fail("its data has \(length) bytes in \"\(location)\", but its type and shape need \(byteCount)")
      }
      guard length <= Int(size) - offset else {
        throw fail("its data ends beyond \"\(location)\", which has \(size) bytes; copy or export it again")
      }
      do {
        let handle = try FileHandle(forReadingFrom: file)
        defer { try? handle.close() }
        try handle.seek(toOffset: UInt64(offset))
        let data = try handle.read(upToCount: length) ?? Data()
        if data.count == length { return data }
      } catch {
        throw fail("its data in \"\(location)\" cannot be read: \(error.localizedDescription)")
      }
      throw fail("its data in \"\(location)\" is cut short")
    }
  #endif
}
