/// A map by compressed rows times a vector.
@unsafe struct SparseProduct {
  let map: Entries
  let vector: Entries
  let selection: Selection
  let width: Int
  let starts: [Int]
  let places: [Int32]

  /// Row by row.
  func gather(into target: MutableEntries) {
    unsafe Accumulators.withPairs(1, width: width) { accumulators in
      for row in unsafe 0..<starts.count - 1 {
        for index in unsafe starts[row]..<starts[row + 1] {
          let size = unsafe Int(map.sizes[index])
          let source = unsafe selection(size) + Int(places[index])
          let vectorSize = unsafe Int(vector.sizes[source])
          if vectorSize == 0 { continue }
          unsafe accumulators.add(0, map[index], size, vector[source], vectorSize)
        }
        unsafe accumulators.finish(0, target, row)
        unsafe accumulators.clear(1)
      }
    }
  }

  /// The transpose: each row is spread over the columns, all of whose accumulators are kept.
  func scatter(outputs: Int, into target: MutableEntries) {
    unsafe Accumulators.withPairs(outputs, width: width) { accumulators in
      for row in unsafe 0..<starts.count - 1 {
        if unsafe vector.sizes[selection.offset + row] == 0 && vector.sizes[selection.negativeOffset + row] == 0 {
          continue
        }
        for index in unsafe starts[row]..<starts[row + 1] {
          let size = unsafe Int(map.sizes[index])
          let source = unsafe selection(size) + row
          let vectorSize = unsafe Int(vector.sizes[source])
          if vectorSize == 0 { continue }
          unsafe accumulators.add(Int(places[index]), map[index], size, vector[source], vectorSize)
        }
      }
      for output in 0..<outputs { unsafe accumulators.finish(output, target, output) }
    }
  }
}
