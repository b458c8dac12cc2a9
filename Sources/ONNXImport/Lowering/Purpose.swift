/// What a model is read for.
enum Purpose: Sendable {
  /// Exact weights.
  case values
  /// Nodes and edges alone.
  case timing
}
