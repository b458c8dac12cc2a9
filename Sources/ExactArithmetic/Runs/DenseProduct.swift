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

  func run(outputs: Int, inputs: Int, into target: MutableEntries) {
    // Which inputs are not zero is asked once, not for every output.
    unsafe withUnsafeTemporaryAllocation(of: Int.self, capacity: inputs) { active in
      var count = 0
      for input in 0..<inputs {
        if unsafe vector.sizes[selection.offset + input] != 0 || vector.sizes[selection.negativeOffset + input] != 0 {
          unsafe active[count] = input
          count += 1
        }
      }
      unsafe run(outputs: outputs, active: UnsafeBufferPointer(rebasing: active[..<count]), into: target)
    }
  }

  private func run(outputs: Int, active: UnsafeBufferPointer<Int>, into target: MutableEntries) {
    let blockSize = unsafe blockSize
    unsafe Accumulators.withPairs(blockSize, width: width) { accumulators in
      for start in Swift.stride(from: 0, to: outputs, by: blockSize) {
        let end = min(start + blockSize, outputs)
        for position in 0..<active.count {
          let input = unsafe active[position]
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
