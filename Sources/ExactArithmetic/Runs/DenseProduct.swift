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
      let nonzero = unsafe UnsafeBufferPointer(rebasing: active[..<count])
      if unsafe width == 3 {
        unsafe runOnSingleLimbs(outputs: outputs, active: nonzero, into: target)
      } else {
        unsafe run(outputs: outputs, active: nonzero, into: target)
      }
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

  /// The case of one limb everywhere: a sum of three limbs in two's complement stays in registers.
  private func runOnSingleLimbs(outputs: Int, active: UnsafeBufferPointer<Int>, into target: MutableEntries) {
    for output in 0..<outputs {
      var sum: (low: UInt, middle: UInt, high: UInt) = (0, 0, 0)
      for position in 0..<active.count {
        let input = unsafe active[position]
        let place = unsafe output * outputStep + input * inputStep
        let size = unsafe map.sizes[place]
        let source = unsafe selection(Int(size)) + input
        let sign = unsafe size &* vector.sizes[source]
        if sign == 0 { continue }
        let (high, low) = unsafe map[place][0].multipliedFullWidth(by: vector[source][0])
        // −p is ¬p + 1: the 1 enters as the carry.
        // Signs are as good as random: a branch on them would be mispredicted every other time.
        let mask = UInt(bitPattern: Int(sign >> 31))
        let (first, carry1) = sum.low.addingReportingOverflow(low ^ mask)
        let (second, carry2) = first.addingReportingOverflow(mask & 1)
        let (third, carry3) = sum.middle.addingReportingOverflow(high ^ mask)
        let (fourth, carry4) = third.addingReportingOverflow((carry1 ? 1 : 0) &+ (carry2 ? 1 : 0))
        sum = (second, fourth, sum.high &+ mask &+ (carry3 ? 1 : 0) &+ (carry4 ? 1 : 0))
      }
      unsafe write(sum, output, into: target)
    }
  }

  private func write(_ sum: (low: UInt, middle: UInt, high: UInt), _ output: Int, into target: MutableEntries) {
    let isNegative = Int(bitPattern: sum.high) < 0
    let entry = unsafe target[output]
    if isNegative {
      let (low, carry1) = (~sum.low).addingReportingOverflow(1)
      let (middle, carry2) = (~sum.middle).addingReportingOverflow(carry1 ? 1 : 0)
      unsafe entry[0] = low
      unsafe entry[1] = middle
      unsafe entry[2] = ~sum.high &+ (carry2 ? 1 : 0)
    } else {
      unsafe entry[0] = sum.low
      unsafe entry[1] = sum.middle
      unsafe entry[2] = sum.high
    }
    unsafe target.finish(output, limbCount: 3, isNegative: isNegative)
  }
}
