/// A dense map, or its transpose, times a vector: entry (output, input) is at output · outputStep + input · inputStep.
@unsafe struct DenseProduct {
  let map: Entries
  let vector: Entries
  let selection: Selection
  let width: Int
  let outputStep: Int
  let inputStep: Int

  /// Outputs whose accumulators are kept at once: one along a row; several down the columns, so that the map is still
  /// read along its rows.
  private var blockSize: Int { unsafe outputStep == 1 ? 8 : 1 }

  /// - Parameter active: the inputs whose vector entry is not zero.
  func run(outputs: Int, active: [Int], into target: MutableEntries) {
    let blockSize = unsafe blockSize
    unsafe Accumulators.withPairs(blockSize, width: width) { accumulators in
      for start in Swift.stride(from: 0, to: outputs, by: blockSize) {
        let end = min(start + blockSize, outputs)
        for input in active {
          for output in start..<end {
            let place = unsafe output * outputStep + input * inputStep
            let size = unsafe Int(map.sizes[place])
            let source = unsafe selection(size) + input
            let vectorSize = unsafe Int(vector.sizes[source])
            if size == 0 || vectorSize == 0 { continue }
            unsafe accumulators.add(output - start, map[place], size, vector[source], vectorSize)
          }
        }
        for output in start..<end { unsafe accumulators.finish(output - start, target, output) }
        unsafe accumulators.clear(end - start)
      }
    }
  }
}
