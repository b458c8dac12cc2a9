import ExactArithmetic
import Networks
import PropertyTesting
import Testing
import Timing
import Waves

@testable import ErrorBounds

/// Rungs that would hold more than a cap. Caps are lowered by a parameter; the networks are small.
@Suite("The memory cap")
struct MemoryCapTests {
  /// Paths of two lengths, so that updates mix frames, and chains, where they do not.
  private func network(_ activation: Activation, skips: Bool) throws -> Network {
    var builder = NetworkBuilder("net")
    let input = builder.input("u")
    let first = builder.layer("a", width: 2, activation, reading: input.weighted([[2], [1]]))
    let second = builder.layer("b", width: 2, activation, reading: first.weighted([[1, -1], [2, 1]]))
    let output =
      skips
      ? builder.layer("y", .identity, reading: second.weighted([[1, 1]]), first.weighted([[-2, 1]]))
      : builder.layer("y", .identity, reading: second.weighted([[1, 1]]))
    return try builder.network(outputs: output)
  }

  private func analysis(_ timing: TimingAnalysis, _ network: Network, _ bytes: Int) throws -> ErrorAnalysis {
    ErrorAnalysis(
      network, timing, try Variation(.window, input: Rational(1, over: 4)), round: .zero(network.architecture),
      reference: .free, freshSymbols: 400, memory: MemoryCap(bytes: bytes))
  }

  @Test("What would hold more than the cap steps aside by name, and what is left is a bound all the same")
  func stepsAside() throws {
    var named = Set<MemoryUse>()
    for network in [
      try network(.tanh, skips: true), try network(.tanh, skips: false), try network(.relu, skips: false),
    ] {
      let timing = try TimingAnalysis(network.architecture, .diffusion(network.architecture))
      let whole = try analysis(timing, network, MemoryCap.standard.bytes)
      for edge in whole.timing.edges.indices {
        let best = try whole.bound(edge)
        #expect(best.omitted.isEmpty)
        for exponent in [13, 15, 16, 17] {
          let small = try analysis(timing, network, 1 << exponent)
          let bound: ErrorBound
          do throws(BoundError) { bound = try small.bound(edge) } catch {
            guard case .memory(let name, let excess) = error else { throw error }
            #expect(name == best.name && excess.use == .pass && excess.cap == 1 << exponent)
            continue
          }
          for excess in bound.omitted {
            named.insert(excess.use)
            #expect(excess.cap == 1 << exponent && excess.asked > excess.cap)
          }
          // Either side holds, whatever was left out.
          #expect(bound.upper >= best.lower?.value ?? 0 && best.upper >= bound.lower?.value ?? 0)
          if bound.omitted.isEmpty { #expect(bound.upper == best.upper && bound.lower?.value == best.lower?.value) }
        }
      }
    }
    #expect(named.isSuperset(of: [.freshSymbols, .backward, .monotone, .pieces]), "\(named)")
  }

  @Test("An edge of which nothing can be said is refused, naming the cap, its value and the size asked")
  func refusal() throws {
    let network = try network(.tanh, skips: true)
    let timing = try TimingAnalysis(network.architecture, .diffusion(network.architecture))
    let analysis = try analysis(timing, network, 1 << 10)
    let error = #expect(throws: BoundError.self) { try analysis.bound(0) }
    guard case .memory("u->a", let excess)? = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(excess.use == .pass && excess.cap == 1_024 && excess.asked > 1_024)
    let text = "\(excess)"
    #expect(text.hasPrefix("one pass in enclosures: about ") && text.contains("the memory cap of 1 KiB"), "\(text)")
    #expect(text.hasSuffix("use a smaller image or batch (--dim), or a part of the network"))
    let law = #expect(throws: BoundError.self) { try analysis.firstOrder(0) }
    guard case .memory(_, let missing)? = law else {
      Issue.record("\(String(describing: law))")
      return
    }
    #expect(missing.use == .firstOrder)
  }

  @Test("Entries that are made some rows at a time are those that are made at once")
  func blocks() throws {
    var signs = 0
    try requireProperty("blocks", BoundCase.generator(width: 2...3), cases: 12) { (entry: BoundCase) in
      let analysis = ErrorAnalysis(
        entry.network, try TimingAnalysis(entry.network.architecture, entry.schedule), entry.variation,
        round: entry.nominal, reference: entry.reference, freshSymbols: entry.freshSymbols)
      for edge in analysis.timing.edges.indices where analysis.timing.edges[edge].allLags.minimum ?? 0 >= 0 {
        guard let problem = try analysis.problems(edge).first, !problem.isExact else { continue }
        let family = problem.family
        let frames = family.frames(
          over: ParameterBox(whole: family.parameters), AffineForm.self,
          in: AffineContext(firstFree: family.parameters))
        let products = problem.evaluator.products(at: frames, in: AffineContext(firstFree: family.parameters))
        let matrix = products.matrix
        var count = 0
        products.forEachBlock(most: 3) { first, block in
          count += block.rows
          for index in 0..<block.storage.count {
            let (part, whole) = (block.storage[index], matrix.storage[first + index])
            guard !part.isUnbounded, !whole.isUnbounded else { continue }
            #expect(part.range.lower == whole.range.lower && part.range.upper == whole.range.upper)
          }
        }
        try demandEqual(count, products.rows)
        guard MonotoneCertificate.isAffordable(problem) else { continue }
        let certificates = [1, Int.max].map { MonotoneCertificate(problem, precision: 128, most: $0).vertices }
        #expect(certificates[0] == certificates[1])
        signs += certificates[0].count { $0 != nil }
        for norm in ErrorNorm.allCases {
          for targets in [false, true] {
            let derivatives = [1, Int.max].map {
              FirstOrderMatrix(problem, isExact: analysis.isExact, precision: 128, most: $0).largest(
                norm, targets: targets)
            }
            #expect(derivatives[0] == derivatives[1])
          }
        }
      }
    }
    #expect(signs > 5)
  }

  /// A convolution of three weights over a line of units, each node reading the one before.
  private func convolutions(_ width: Int, skips: Bool) throws -> Network {
    func map(_ weights: [Rational]) -> LinearMap {
      LinearMap(
        rows: width, columns: width,
        entries: (0..<width).flatMap { row in
          weights.indices.compactMap { offset in
            let column = row + offset - 1
            return (0..<width).contains(column) ? (row, column, weights[offset]) : nil
          }
        })
    }
    let pool = LinearMap(rows: 1, columns: width, entries: (0..<width).map { (0, $0, Rational(1, over: 64)) })
    var connections = [
      Connection(from: "u", to: "a", weight: map([1, -1, 2])), Connection(from: "a", to: "b", weight: map([1, 1, -1])),
      Connection(from: "b", to: "y", weight: pool),
    ]
    if skips { connections.append(Connection(from: "a", to: "y", weight: pool)) }
    return try Network(
      Architecture(
        name: "line", inputs: [(name: "u", width: width)],
        nodes: [
          Node(name: "a", width: width, activation: .relu), Node(name: "b", width: width, activation: .relu),
          Node(name: "y", width: 1),
        ], connections: connections, outputs: ["y"]))
  }

  @Test("A convolution passes through every rung by its factors", arguments: [false, true])
  func convolution(skips: Bool) throws {
    let network = try convolutions(1 << 9, skips: skips)
    let entries = network.architecture.nodes[0].width * network.architecture.nodes[0].width
    #expect(network.weights.allSatisfy { !$0.isDense && $0.nonzeroCount < entries / 100 })
    let timing = try TimingAnalysis(network.architecture, .diffusion(network.architecture))
    for variation in [
      try Variation(.window, input: Rational(1, over: 100)), try Variation(.rate, input: Rational(1, over: 100)),
    ] {
      let nominal = NominalFrame(
        inputs: [Vector((0..<network.architecture.nodes[0].width).map { Rational($0 % 5 - 1) })],
        targets: [Vector([Rational(-3)])])
      let analysis = ErrorAnalysis(
        network, timing, variation, round: nominal, reference: .now, memory: MemoryCap(bytes: 1 << 24))
      #expect(try analysis.upper(0).entries.isCoarse)
      let bound = try analysis.bound(0, effort: BoundEffort(ratio: 2, budget: 0.1))
      #expect(["norms of ranges", "theorem 8"].contains(bound.method))
      #expect(bound.omitted.map(\.use).contains(.entries) && bound.omitted.map(\.use).contains(.symbols))
      let lower = try #require(bound.lower)
      #expect(bound.upper >= lower.value && bound.upper.sign > 0)
      let law = #expect(throws: BoundError.self) { try analysis.firstOrder(0) }
      #expect("\(try #require(law))".contains("first order"))
    }
  }
}
