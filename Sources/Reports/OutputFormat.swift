/// How a result is written.
public enum OutputFormat: String, Sendable, CaseIterable {
  case text
  case json
  case csv
  case markdown
  case latex
}
