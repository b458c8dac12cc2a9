/// A value that can print itself as Swift code which makes an equal value.
public protocol SourceCodeConvertible {
  /// Code that makes an equal value.
  var sourceCode: SourceCode { get }
}

/// Swift code for any value: its own, or else what can be read off its stored properties.
///
/// Numbers, strings, tuples, arrays, sets, dictionaries, optionals, enumerations and structures whose initialiser takes
/// their stored properties print as code that compiles; other values print as their debug description.
public func sourceCode(of value: Any) -> SourceCode {
  if let convertible = value as? any SourceCodeConvertible { return convertible.sourceCode }
  let mirror = Mirror(reflecting: value)
  let type = String(describing: Swift.type(of: value))
  let children = mirror.children.map { (label: $0.label, value: sourceCode(of: $0.value)) }
  switch mirror.displayStyle {
  case .optional: return children.first?.value ?? .text("nil")
  case .collection: return .array(children.map(\.value))
  case .set: return .call("Set", [(nil, .array(inOrder(children.map(\.value))))])
  case .dictionary: return dictionary(mirror)
  case .tuple: return .call("", children.map { ($0.label?.first == "." ? nil : $0.label, $0.value) })
  case .struct where !children.isEmpty: return .call(type, children)
  case .enum: return enumeration(value, mirror)
  default: return .text(String(reflecting: value))
  }
}

/// A case of an enumeration, with its associated values.
private func enumeration(_ value: Any, _ mirror: Mirror) -> SourceCode {
  guard let payload = mirror.children.first, let name = payload.label else { return .text(".\(value)") }
  let inner = Mirror(reflecting: payload.value)
  guard inner.displayStyle == .tuple else { return .call(".\(name)", [(nil, sourceCode(of: payload.value))]) }
  let arguments = inner.children.map { child in
    (label: child.label?.first == "." ? nil : child.label, value: sourceCode(of: child.value))
  }
  return .call(".\(name)", arguments)
}

/// A dictionary literal, in the order of the keys' code, which does not depend on the run.
private func dictionary(_ mirror: Mirror) -> SourceCode {
  let entries = mirror.children.map { entry in
    let pair = Array(Mirror(reflecting: entry.value).children)
    let key = sourceCode(of: pair[0].value).rendered(width: .max)
    return SourceCode.prefixed("\(key): ", sourceCode(of: pair[1].value))
  }
  return entries.isEmpty ? .text("[:]") : .array(inOrder(entries))
}

private func inOrder(_ items: [SourceCode]) -> [SourceCode] {
  items.map { ($0.rendered(width: .max), $0) }.sorted { $0.0 < $1.0 }.map(\.1)
}
