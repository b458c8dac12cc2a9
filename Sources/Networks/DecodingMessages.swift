import Foundation

/// Reads JSON and says where and why it could not be read.
enum JSONFile {
  /// - Throws: `NetworkError` with the path inside the file, such as `nodes[2].bias[0]`.
  static func decode<Value: Decodable>(_ type: Value.Type, from data: Data, named name: String) throws(NetworkError)
    -> Value
  {
    do {
      return try JSONDecoder().decode(type, from: data)
    } catch let error as DecodingError {
      throw NetworkError("\(name): \(message(for: error))")
    } catch {
      throw NetworkError("\(name): \(error)")
    }
  }

  private static func message(for error: DecodingError) -> String {
    switch error {
    case .keyNotFound(let key, let context):
      "\(place(context.codingPath)) lacks the key \"\(key.stringValue)\""
    case .typeMismatch(_, let context), .valueNotFound(_, let context):
      "\(place(context.codingPath)): \(context.debugDescription)"
    case .dataCorrupted(let context):
      "\(place(context.codingPath)): \(detail(context))"
    @unknown default:
      "\(error)"
    }
  }

  private static func detail(_ context: DecodingError.Context) -> String {
    guard let cause = context.underlyingError as NSError?,
      let text = cause.userInfo["NSDebugDescription"] as? String
    else { return context.debugDescription }
    return "\(context.debugDescription) \(text)"
  }

  private static func place(_ path: [any CodingKey]) -> String {
    guard !path.isEmpty else { return "the file" }
    return path.reduce(into: "") { text, key in
      if let index = key.intValue { text += "[\(index)]" } else { text += (text.isEmpty ? "" : ".") + key.stringValue }
    }
  }
}
