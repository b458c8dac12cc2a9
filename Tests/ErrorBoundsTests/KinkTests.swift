import ExactArithmetic
import Networks
import Testing
import Timing
import Waves

@testable import ErrorBounds

@Suite("Kinks")
struct KinkTests {
  @Test("A kink that only a mixture of frames can reach is reported")
  func mixedFrames() throws {
    // At one frame the relu's drive is u − u + 1; over paths of lengths 1 and 2 it is u(t) − u(t − 1) + 1.
    var builder = NetworkBuilder("difference")
    let input = builder.input("u")
    let copy = builder.layer("a", reading: input.weighted([[1]]))
    let rectified = builder.layer("b", .relu, bias: [1], reading: copy.weighted([[-1]]), input.weighted([[1]]))
    let output = builder.layer("y", reading: rectified.weighted([[1]]))
    let network = try builder.network(outputs: output)
    let timing = try TimingAnalysis(
      network.architecture, .diffusion(network.architecture, Reading(slope: .emitted, error: .closed)))
    func kinks(_ radius: Rational) throws -> [Bool] {
      let analysis = ErrorAnalysis(
        network, timing, try Variation(.window, input: radius), round: .zero(network.architecture))
      return try timing.edges.indices.map { try analysis.bound($0).hasKink }
    }
    #expect(try kinks(1).contains(true))
    #expect(try !kinks(Rational(1, over: 4)).contains(true))
  }

  @Test("Where σ′ itself has a kink at the nominal frame there is no first-order constant")
  func softsignAtZero() throws {
    // δ(a) = softsign′(a) (softsign(a) + 3): its slope is −5 on the right of 0 and 7 on the left, x is 1.
    var builder = NetworkBuilder("bent")
    let input = builder.input("u")
    let unit = builder.layer("h", .softsign, bias: [-1], reading: input.weighted([[1]]))
    let output = builder.layer("y", reading: unit.weighted([[1]]))
    let network = try builder.network(outputs: output)
    func constant(at place: Rational) throws -> FirstOrderBound {
      try ErrorAnalysis(
        network, TimingAnalysis(network.architecture, .diffusion(network.architecture)),
        Variation(.window, input: 1),
        round: NominalFrame(inputs: [Vector([place])], targets: [Vector([-3])]), reference: .input
      ).firstOrder(0)
    }
    #expect(try constant(at: 1).isAtKink)
    let beside = try constant(at: Rational(3, over: 2))
    #expect(!beside.isAtKink && beside.second != nil && beside.validUpTo.sign > 0)
  }

  @Test("Frames with very many coordinates have c₁, and it is said that c₂ was left out")
  func manyCoordinates() throws {
    var builder = NetworkBuilder("wide")
    let input = builder.input("u", width: 96)
    let row = (0..<96).map { Rational(Integer($0 + 1), over: 96) }
    let hidden = builder.layer("h", .tanh, bias: [1], reading: input.weighted([row]))
    let output = builder.layer("y", reading: hidden.weighted([[1]]))
    let network = try builder.network(outputs: output)
    let timing = try TimingAnalysis(
      network.architecture, .diffusion(network.architecture, Reading(slope: .emitted, error: .closed)))
    let analysis = ErrorAnalysis(
      network, timing, try Variation(.window, input: 1), round: .zero(network.architecture), reference: .free)
    let wide = try analysis.firstOrder(1)
    #expect(wide.omitsSecond && wide.second == nil)
    #expect(wide.first.lower.sign > 0)
  }
}
