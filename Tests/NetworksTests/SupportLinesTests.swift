import ExactArithmetic
import Testing

@testable import Networks

@Suite struct SupportLinesTests {
  /// A set of slopes has another order in every process: then bounds would differ in their last digit from run to run.
  @Test func linesAreListedInOneOrder() throws {
    var several = 0
    for activation in [Activation.tanh, .logistic, .softplus, .gelu, .hardTanh, .leakyRelu(Rational(1, over: 8))] {
      for function in [DriveFunction(activation, .value), DriveFunction(activation, .slope)] {
        for left in -4...3 {
          for width in 1...5 {
            let (low, high) = (-Double(width) / 2, Double(width) / 2)
            let centre = Interval(point: Double(left) + high, precision: 64)
            let lines = SupportLines(function, centre: centre, low: low, high: high, result: centre)
            let first = function.line(centre: centre, low: low, high: high).slope
            for planes in [lines.below, lines.above] {
              let slopes = planes.map(\.first).filter { $0 != first }
              #expect(slopes == slopes.sorted(), "\(activation) \(function.order) from \(left), width \(width)")
              if slopes.count > 1 { several += 1 }
            }
          }
        }
      }
    }
    #expect(several > 40)
  }
}
