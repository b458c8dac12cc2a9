/// One axis of a slice: first, first + step, … with `count` elements, all inside the axis.
struct SliceRange {
  let first: Int
  let step: Int
  let count: Int

  /// Bounds as ONNX reads them: a negative one counts from the end, one outside is moved to the end of the axis.
  init(start: Int, end: Int, step: Int, length: Int) throws(OperatorProblem) {
    guard step != 0, step != Int.min else { throw .malformed("the step \(step) of a slice is no step") }
    let from = start < 0 ? start + length : start
    let to = end < 0 ? end + length : end
    if step > 0 {
      first = min(max(from, 0), length)
      let last = min(max(to, 0), length)
      count = last > first ? (last - first - 1) / step + 1 : 0
    } else {
      first = min(max(from, -1), length - 1)
      let last = min(max(to, -1), length - 1)
      count = first > last ? (first - last - 1) / -step + 1 : 0
    }
    self.step = step
  }
}
