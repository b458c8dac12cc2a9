/// Which entry of the vector an entry w of the map multiplies: `offset` + its column for w > 0, `negativeOffset` + its
/// column for w < 0. They differ where the vector holds lower and upper ends one after the other.
struct Selection {
  var offset = 0
  var negativeOffset = 0

  @inline(__always)
  func callAsFunction(_ size: Int) -> Int {
    // Without a branch, since signs are as good as random.
    offset &+ (negativeOffset &- offset) & (size >> (Int.bitWidth - 1))
  }
}

extension ScaledIntegers {
  static func dot(_ left: ScaledIntegers, _ right: ScaledIntegers) -> ScaledIntegers {
    precondition(left.count == right.count, "vectors of \(left.count) and \(right.count) entries have no dot product")
    return left.applied(rows: 1, columns: left.count, pattern: .dense, transposed: false, to: right)
  }

  /// The map with these entries (or its transpose) times `vector`: exact, the scale the product of the scales.
  ///
  /// Products of equal sign gather in one accumulator each, so that no carry runs through the sign; the difference is
  /// taken once an entry.
  ///
  /// - Complexity: rows · columns (or stored entries) times the limbs of an entry times those of a vector entry; zeros
  ///   are skipped.
  func applied(
    rows: Int, columns: Int, pattern: LinearMap.Pattern, transposed: Bool, to vector: ScaledIntegers,
    selecting selection: Selection = Selection()
  ) -> ScaledIntegers {
    let outputs = transposed ? columns : rows
    if count == 0 || vector.count == 0 || outputs == 0 { return ScaledIntegers(zeros: outputs) }
    // One limb more than a product holds the sum of 2⁶⁴ of them.
    let width = largestSize + vector.largestSize + 1
    let inputs = transposed ? rows : columns
    return unsafe withEntries { map in
      unsafe vector.withEntries { entries in
        unsafe ScaledIntegers(
          count: outputs, stride: width, exponent: exponent + vector.exponent,
          denominator: denominator * vector.denominator
        ) { target in
          switch pattern {
          case .dense:
            let product = unsafe DenseProduct(
              map: map, vector: entries, selection: selection, width: width,
              outputStep: transposed ? 1 : columns, inputStep: transposed ? columns : 1)
            unsafe product.run(outputs: outputs, inputs: inputs, into: target)
          case .sparse(let starts, let places):
            let product = unsafe SparseProduct(
              map: map, vector: entries, selection: selection, width: width, starts: starts, places: places)
            if transposed {
              unsafe product.scatter(outputs: outputs, into: target)
            } else {
              unsafe product.gather(into: target)
            }
          }
        }
      }
    }
  }
}
