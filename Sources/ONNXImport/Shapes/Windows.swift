/// The windows that a convolution or a pooling moves over 1 to 3 (or more) spatial axes.
struct Windows {
  let input: Shape
  let output: Shape
  let kernel: Shape
  let axes: [WindowAxis]

  init(input: [Int], axes: [WindowAxis]) throws(OperatorProblem) {
    self.input = try Shape(input)
    self.axes = axes
    kernel = try Shape(axes.map(\.kernel))
    output = try Shape(axes.map(\.outputLength))
  }

  /// A place inside a window: its element of the kernel, and the element of the input under it.
  struct Place {
    let kernel: Int
    let input: Int
  }

  /// For each position of the window, row-major, the places that lie on the input.
  func places() throws(OperatorProblem) -> [[Place]] {
    guard output.count > 0 else { return [] }
    let (entries, overflow) = output.count.multipliedReportingOverflow(by: kernel.count)
    try Shape.checkSize(overflow ? Int.max : entries, "the window over \(input)")
    var windows: [[Place]] = [[Place(kernel: 0, input: 0)]]
    for axis in axes {
      var next: [[Place]] = []
      next.reserveCapacity(windows.count * axis.outputLength)
      for window in windows {
        for position in 0..<axis.outputLength {
          let hits = axis.hits(at: position)
          next.append(
            window.flatMap { outer in
              hits.map {
                Place(kernel: outer.kernel * axis.kernel + $0.kernel, input: outer.input * axis.length + $0.input)
              }
            })
        }
      }
      windows = next
    }
    return windows
  }

  /// For each position of the window, how many of its elements lie on the input or on the stated padding.
  func paddedCounts() -> [Int] {
    var counts = [1]
    for axis in axes {
      counts = counts.flatMap { count in (0..<axis.outputLength).map { count * axis.paddedCount(at: $0) } }
    }
    return counts
  }
}
