/// One spatial axis of a moving window.
struct WindowAxis {
  let length: Int
  let kernel: Int
  let stride: Int
  let dilation: Int
  let padBefore: Int
  let padAfter: Int
  let outputLength: Int

  /// How the padding is found where it is not stated.
  enum Padding: Equatable {
    case explicit(before: Int, after: Int)
    /// The output is as long as the input over the stride; an odd padding is longer after, or before the input.
    case same(longerAfter: Bool)
    case valid
  }

  init(
    length: Int, kernel: Int, stride: Int, dilation: Int, padding: Padding, roundsUp: Bool = false
  ) throws(OperatorProblem) {
    let limit = 1 << 30
    guard (1...limit).contains(kernel), (1...limit).contains(stride), (1...limit).contains(dilation),
      (0...limit).contains(length)
    else {
      throw .malformed(
        "a window of kernel \(kernel), stride \(stride) and dilation \(dilation) cannot move over \(length) elements")
    }
    let extent = (kernel - 1) * dilation + 1
    var (before, after) = (0, 0)
    switch padding {
    case .valid: break
    case .explicit(let first, let second):
      guard abs(first) <= limit, abs(second) <= limit, first >= 0, second >= 0 else {
        throw .malformed("the padding \(first), \(second) is negative or too large")
      }
      (before, after) = (first, second)
    case .same(let longerAfter):
      let total = max(0, ((length + stride - 1) / stride - 1) * stride + extent - length)
      (before, after) = longerAfter ? (total / 2, total - total / 2) : (total - total / 2, total / 2)
    }
    let free = length + before + after - extent
    guard free >= 0 else {
      throw .malformed("a window of extent \(extent) does not fit into \(length) elements with their padding")
    }
    var count = (roundsUp ? (free + stride - 1) / stride : free / stride) + 1
    // A last window that begins on the padding behind the input is left out.
    if roundsUp, (count - 1) * stride >= length + before { count -= 1 }
    (self.length, self.kernel, self.stride, self.dilation) = (length, kernel, stride, dilation)
    (padBefore, padAfter, outputLength) = (before, after, count)
  }

  /// The kernel elements that lie on the input when the window is at `position`.
  func hits(at position: Int) -> [(kernel: Int, input: Int)] {
    (0..<kernel).compactMap { index in
      let input = position * stride - padBefore + index * dilation
      return (0..<length).contains(input) ? (index, input) : nil
    }
  }

  func paddedCount(at position: Int) -> Int {
    (0..<kernel).count { (0..<(padBefore + length + padAfter)).contains(position * stride + $0 * dilation) }
  }
}
