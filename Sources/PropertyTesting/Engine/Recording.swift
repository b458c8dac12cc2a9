/// The choices behind one value, and which stretches of them belong together.
struct Recording: Sendable, Equatable {
  /// The choices, in the order in which they were made.
  var choices: [UInt64] = []

  /// The stretches made by one draw each; inner ones before the outer ones that hold them, none twice in a row.
  private(set) var spans: [Range<Int>] = []

  /// Notes that the choices at `span` belong together.
  mutating func note(_ span: Range<Int>) {
    if !span.isEmpty && spans.last != span { spans.append(span) }
  }
}

/// Whether `first` is simpler than `second`: shorter, or of equal length and smaller at the first difference.
func isSimpler(_ first: [UInt64], than second: [UInt64]) -> Bool {
  if first.count != second.count { return first.count < second.count }
  return first.lexicographicallyPrecedes(second)
}
