#if ONNX
  internal import Foundation

  /// Reads the numbers of a tensor, raw or typed, and checks that there are as many as its shape says.
  struct TensorDecoder {
    private let tensor: Onnx_TensorProto
    private let type: ElementType
    private let shape: Shape
    private let files: ExternalData

    init(_ tensor: Onnx_TensorProto, files: ExternalData) throws(ONNXError) {
      self.tensor = tensor
      self.files = files
      type = ElementType(rawValue: Int(tensor.dataType))
      func fail(_ message: String) -> ONNXError { ONNXError(message, tensor: tensor.name) }
      guard type.isFloat || type.isInteger else {
        throw fail("the element type \(type) is not known; convert the model to float, double, float16 or bfloat16")
      }
      guard !tensor.hasSegment else { throw fail("it is one segment of a tensor; save the model with whole tensors") }
      do throws(OperatorProblem) {
        shape = try Shape(tensor.dims.map { Int($0) })
      } catch {
        throw fail(error.message)
      }
      // What lies in another file is counted when it is read.
      if tensor.dataLocation == .external { return }
      let count = try Self.storedCount(tensor, type)
      guard count == shape.count else {
        throw fail("its shape \(shape) needs \(shape.count) elements, but it holds \(count); export the model again")
      }
    }

    private static func storedCount(_ tensor: Onnx_TensorProto, _ type: ElementType) throws(ONNXError) -> Int {
      if tensor.hasRawData {
        guard tensor.rawData.count % type.byteCount == 0 else {
          throw ONNXError(
            "\(tensor.rawData.count) bytes are no whole number of elements of type \(type); export the model again",
            tensor: tensor.name)
        }
        return tensor.rawData.count / type.byteCount
      }
      switch type {
      case .float: return tensor.floatData.count
      case .double: return tensor.doubleData.count
      case .int64: return tensor.int64Data.count
      case .uint64, ElementType(rawValue: 12): return tensor.uint64Data.count
      default: return tensor.int32Data.count
      }
    }

    /// Timing needs the values of shapes and axes, which are short and whole, and of bounds and scales, which are few.
    static func readsValues(isInteger: Bool, count: Int, for purpose: Purpose) -> Bool {
      purpose == .values || count <= 8 || (isInteger && count <= 1 << 12)
    }

    func constant(for purpose: Purpose) throws(ONNXError) -> Constant {
      // For timing no file beside the model is asked for weights.
      let isElsewhere = purpose == .timing && type.isFloat && tensor.dataLocation == .external
      return try constant(
        readingValues: !isElsewhere
          && Self.readsValues(isInteger: type.isInteger, count: shape.count, for: purpose))
    }

    func constant(readingValues: Bool) throws(ONNXError) -> Constant {
      Constant(
        name: tensor.name, shape: shape, type: type, values: readingValues ? try values() : nil)
    }

    private func values() throws(ONNXError) -> TensorValues {
      if tensor.dataLocation == .external {
        let (byteCount, overflow) = shape.count.multipliedReportingOverflow(by: type.byteCount)
        guard !overflow else {
          throw ONNXError("its shape \(shape) needs more bytes than 64 bits count", tensor: tensor.name)
        }
        return try rawValues(files.bytes(of: tensor, byteCount: byteCount))
      }
      if tensor.hasRawData { return try rawValues(tensor.rawData) }
      switch type {
      case .float: return .doubles(tensor.floatData.map(Double.init))
      case .double: return .doubles(tensor.doubleData)
      case .float16: return .doubles(tensor.int32Data.map { FloatBits.half(UInt16(truncatingIfNeeded: $0)) })
      case .bfloat16: return .doubles(tensor.int32Data.map { FloatBits.brain(UInt16(truncatingIfNeeded: $0)) })
      case .int64: return .integers(tensor.int64Data.map { Int($0) })
      case .uint64, ElementType(rawValue: 12): return .integers(try tensor.uint64Data.map(integer))
      default: return .integers(tensor.int32Data.map { type.wrapped(Int($0)) })
      }
    }

    /// Little-endian, whatever the machine.
    private func rawValues(_ data: Data) throws(ONNXError) -> TensorValues {
      let bytes = [UInt8](data)
      let size = type.byteCount
      func bits(_ index: Int) -> UInt64 {
        (0..<size).reversed().reduce(0) { $0 << 8 | UInt64(bytes[index * size + $1]) }
      }
      let places = 0..<shape.count
      switch type.rawValue {
      case 1: return .doubles(places.map { Double(Float(bitPattern: UInt32(bits($0)))) })
      case 11: return .doubles(places.map { Double(bitPattern: bits($0)) })
      case 10: return .doubles(places.map { FloatBits.half(UInt16(bits($0))) })
      case 16: return .doubles(places.map { FloatBits.brain(UInt16(bits($0))) })
      case 9: return .integers(places.map { bits($0) == 0 ? 0 : 1 })
      case 3: return .integers(places.map { Int(Int8(truncatingIfNeeded: bits($0))) })
      case 5: return .integers(places.map { Int(Int16(truncatingIfNeeded: bits($0))) })
      case 6: return .integers(places.map { Int(Int32(truncatingIfNeeded: bits($0))) })
      case 7: return .integers(places.map { Int(Int64(bitPattern: bits($0))) })
      default:
        var integers: [Int] = []
        for place in places { integers.append(try integer(bits(place))) }
        return .integers(integers)
      }
    }

    private func integer(_ value: UInt64) throws(ONNXError) -> Int {
      guard let integer = Int(exactly: value) else {
        throw ONNXError("it holds \(value), which is beyond 63 bits", tensor: tensor.name)
      }
      return integer
    }
  }
#endif
