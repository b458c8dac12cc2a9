import ExactArithmetic
import Foundation
import Networks
import PropertyTesting
import Testing
import Timing
import Waves

@testable import ErrorBounds

@Suite("The constant of theorem 8")
struct GlobalBoundTests {
  @Test("No error at a point of the family exceeds it: every graph, activation, schedule, variation and reference")
  func isNeverBelow() throws {
    var (finite, infinite, near, graphs) = (0, 0, 0, 0)
    try requireProperty("global bounds hold", BoundCase.generator(), cases: 400) { (entry: BoundCase) in
      let analysis = try entry.analysis()
      for edge in entry.network.architecture.edges.indices.prefix(3) {
        guard analysis.timing.edges[edge].allLags.minimum ?? 0 >= 0 else { continue }
        guard let upper = try analysis.globalBound(edge).upper else {
          infinite += 1
          continue
        }
        for problem in try analysis.problems(edge).prefix(3) {
          let context = IntervalContext(precision: 192)
          for point in entry.points(4, parameters: problem.family.parameters) {
            let frames = problem.family.frames(at: point, Interval.self, in: context)
            for value in problem.evaluator.error(at: frames, in: context).elements.map(\.absoluteValue) {
              try demand(value.lower <= upper, "edge \(edge): \(value) beyond \(upper)")
              guard value.lower.sign > 0 else { continue }
              finite += 1
              if value.lower > upper / 20 { near += 1 }
              if entry.network.architecture.chain == nil { graphs += 1 }
            }
          }
        }
      }
    }
    #expect(finite > 3_000 && graphs > 1_500, "\(finite) errors that are not zero, \(graphs) off chains")
    #expect(near > 150, "\(near) within a factor of 20")
    #expect(infinite > 20 && infinite < 300, "\(infinite) without a constant")
  }

  @Test("It is at least what a search attains")
  func isAboveWhatIsAttained() throws {
    var (compared, near) = (0, 0)
    for norm in ErrorNorm.allCases {
      try requireProperty(
        "global above attained, \(norm)", BoundCase.generator(width: 1...2), cases: 40
      ) { (entry: BoundCase) in
        guard entry.variation.input <= 1 else { return }
        let analysis = try entry.analysis(norm: norm)
        let edge = entry.seed % entry.network.architecture.edges.count
        guard analysis.timing.edges[edge].allLags.minimum ?? 0 >= 0 else { return }
        guard let upper = try analysis.globalBound(edge).upper, let lower = try analysis.bound(edge).lower else {
          return
        }
        try demand(lower.value <= upper, "\(lower.value) attained beyond \(upper)")
        if lower.value.sign > 0 { compared += 1 }
        if lower.value > upper / 10 { near += 1 }
      }
    }
    #expect(compared > 25 && near > 3, "\(compared) compared, \(near) within a factor of 10")
  }

  @Test("On chains the closed form and the telescoping over signals are the same rational; so is what is printed")
  func twoRoadsOnChains() throws {
    var (equal, positive, bent) = (0, 0, 0)
    let chains = Generator<GraphPlan>.chain(depth: 1...5, delays: 1...2, backwardDelays: 1...2)
    try requireProperty("closed form", BoundCase.generator(graphs: chains), cases: 300) { (entry: BoundCase) in
      let analysis = try entry.analysis()
      for edge in entry.network.architecture.edges.indices {
        guard analysis.timing.edges[edge].allLags.minimum ?? 0 >= 0 else { continue }
        for problem in try analysis.problems(edge).prefix(2) {
          let known = NetworkConstants(problem, analysis.ladder, isExact: analysis.isExact)
          let formula = ChainFormula(known, analysis.timing)
          try demand(formula != nil, "no formula for a chain")
          guard let chain = formula else { continue }
          var recursion = GlobalRecursion(known)
          let (moved, wave) = recursion.factors()
          let activity = known.activities[entry.network.architecture.edges[edge].source]
          try demandEqual(chain.value, wave.size * moved + wave.distance * activity)
          try demandEqual(chain.value, Self.value(printed: chain), "printed: \(chain.formula) \(chain.constants)")
          equal += 1
          if let value = chain.value.value, value.sign > 0 {
            positive += 1
            if !(wave.distance * activity).isZero { bent += 1 }
          }
        }
      }
    }
    #expect(equal > 600 && positive > 400 && bent > 200, "\(equal) equal, \(positive) positive, \(bent) with D X")
  }

  /// The formula of theorem 8 from nothing but the names and numbers that are printed.
  private static func value(printed chain: ChainFormula) -> Magnitude {
    let table = Dictionary(uniqueKeysWithValues: chain.constants.map { ($0.name, $0.value) })
    func number(_ name: String) -> Magnitude { Magnitude(table[name].flatMap { try? Rational(parsing: $0) }) }
    let (l, depth) = (chain.layer, chain.depth)
    func power(_ exponent: Int) -> Magnitude {
      (0..<exponent).reduce(Magnitude(1)) { product, _ in product * number("s1") }
    }
    let isCommon = table["s1"] != nil
    let size = isCommon ? power(depth - l + 1) : number("S")
    var bends = Magnitude.zero
    for k in l...depth {
      let changed = isCommon ? power(depth - l) * number("s2") : number("S_\(k)")
      bends = bends + changed * number("K_\(k)") * number(k == depth ? "V_s" : "V_\(k)")
    }
    return number("Π")
      * (size * number("R") * number("N_\(l - 1)") * number("V_x")
        + number("X") * (number("R") * bends + size * (number("N_\(depth)") * number("V_r") + number("V_y"))))
  }

  private static func analysis(
    _ model: String, reference: ReferenceFrame, radius: Rational, inputs: [Rational], target: Rational,
    reading: Reading = Reading()
  ) throws -> ErrorAnalysis {
    let network = try Network(Architecture(json: Data(model.utf8), fallbackName: "model"))
    let architecture = network.architecture
    return ErrorAnalysis(
      network, try TimingAnalysis(architecture, try Schedule.diffusion(architecture, reading)),
      try Variation(.window, input: radius),
      round: NominalFrame(inputs: [Vector(inputs)], targets: [Vector([target])]), reference: reference)
  }

  /// L = 2, W_0 = (1, −1), W_1 = 1, y = −1, u = (1 ± e, 1): the unit is on at one frame and off at the other.
  @Test("relu against the input's frame: no constant, and an error of at least 1 however small the variation")
  func reluHasNoConstant() throws {
    let model = #"{"layers": [2, 1, 1], "weights": [[["1", "-1"]], [["1"]]], "activation": "relu"}"#
    for exponent in [0, 1, 2, 4, 8, 16, 64] {
      let radius = Rational(1, over: Integer(10).power(exponent))
      let against = try Self.analysis(model, reference: .input, radius: radius, inputs: [1, 1], target: -1)
      let bound = try against.globalBound(0)
      #expect(bound.upper == nil && bound.obstacle?.contains("no constant exists") == true)
      #expect(bound.lines.last?.contains("layer1 (relu)") == true)
      let problem = try #require(try against.problems(0).first)
      #expect(problem.reference == 0 && problem.timing.errorLags.single == 1)
      let frames = Frames<Rational>(
        inputs: [[Vector([1 - radius, 1]), Vector([1 + radius, 1])]], targets: [[Vector([-1]), Vector([-1])]])
      let error = problem.evaluator.error(at: frames, in: ExactContext())
      #expect(error.maximumEntryMagnitude == (1 + radius) * 1 && error.maximumEntryMagnitude > 1)
      // Against the frame of the error there is a constant, and the same frames err by no more than it times V.
      let own = try Self.analysis(model, reference: .error, radius: radius, inputs: [1, 1], target: -1)
      let upper = try #require(try own.globalBound(0).upper)
      let kept = try #require(try own.problems(0).first).evaluator.error(at: frames, in: ExactContext())
      #expect(kept.maximumEntryMagnitude == (1 + radius) * 2 * radius)
      #expect(kept.maximumEntryMagnitude <= upper && upper <= 20 * radius * (1 + radius))
    }
  }

  /// y = (h − u)² with h = u a tick later: 0 at any one frame, and not where two frames meet.
  @Test("Drives that mix frames are ranged over all of them, where one frame alone would cancel")
  func mixedFrames() throws {
    let analysis = try Self.analysis(
      """
      {"inputs": [{"name": "u", "width": 1}], "outputs": ["y"],
       "nodes": [{"name": "h", "width": 1, "activation": "identity"}, {"name": "y", "width": 1, "activation": "square"}],
       "edges": [{"from": "u", "to": "h", "weight": [["1"]]}, {"from": "h", "to": "y", "weight": [["1"]]},
                 {"from": "u", "to": "y", "weight": [["-1"]]}]}
      """, reference: .now, radius: 1, inputs: [0], target: 1, reading: Reading(slope: .emitted, error: .closed))
    let problem = try #require(try analysis.problems(0).first)
    let known = NetworkConstants(problem, analysis.ladder, isExact: analysis.isExact)
    // |h − u| ≤ 2: s1 = 2 · 2.
    #expect(known.slopes[2].slope == Magnitude(4) && known.slopes[2].change == Magnitude(2))
    let upper = try #require(try analysis.globalBound(0).upper)
    // Found by hand: g = 2a (a² − 1) u with a = ± 2 where successive frames differ by 2.
    let frames = Frames<Rational>(
      inputs: [problem.family.lags.last.map { last in (0...last).map { Vector([$0 % 2 == 0 ? 1 : -1]) } } ?? []],
      targets: [problem.family.lags.last.map { last in (0...last).map { _ in Vector([1]) } } ?? []])
    let error = problem.evaluator.error(at: frames, in: ExactContext()).maximumEntryMagnitude
    #expect(error == 12 && error <= upper)
  }

  @Test("As printed: a tanh chain, a chain of mixed activations, and a skip")
  func text() throws {
    let chain = #"{"layers": [1, 1, 1, 1], "weights": [[["1"]], [["1/2"]], [["2"]]], "activation": "tanh"}"#
    let tanh = try Self.analysis(
      chain, reference: .input, radius: Rational(1, over: 100), inputs: [0], target: 1,
      reading: Reading(slope: .emitted))
    let bound = try tanh.globalBound(1)
    #expect(bound.formula == "Π [ s1^2 R N_1 V_x + X ( s1 s2 R (K_2 V_2 + K_3 V_s) + s1^2 (N_3 V_r + V_y) ) ]")
    #expect(bound.lines[0] == "|g − ∇| ≤ " + bound.formula)
    #expect(
      bound.lines[1].hasPrefix("s1 = 1, s2 = 77/100, N_1 = 1, N_3 = 1, K_2 = 1/2, K_3 = 1, Π = 2, X = "),
      "\(bound.lines)")
    #expect(bound.lines[1].hasSuffix("V_x = 0, V_2 = 1/50, V_s = 0, V_r = 0, V_y = 0"), "\(bound.lines)")
    let mixed = try Self.analysis(
      #"{"layers": [1, 1, 1], "weights": [[["3"]], [["-2"]]], "activations": ["square", "identity"]}"#,
      reference: .input, radius: 1, inputs: [0], target: 0
    ).globalBound(0)
    // |a_1| ≤ 3: s1 = 6 and s2 = 2; δ-frame and x-frame are 2 apart; |x_2| ≤ 18.
    #expect(
      mixed.lines == [
        "|g − ∇| ≤ Π [ S R N_0 V_x + X ( R (S_1 K_1 V_1 + S_2 K_2 V_s) + S (N_2 V_r + V_y) ) ]",
        "s1_1 = 6, s2_1 = 2, s1_2 = 1, s2_2 = 0, S = 6, S_1 = 2, S_2 = 0, N_0 = 1, N_2 = 36, K_1 = 3, K_2 = 36, Π = 2, "
          + "X = 1, R = 90, V_x = 0, V_1 = 2, V_s = 2, V_r = 2, V_y = 0",
        "= 3024, at most 3024",
      ], "\(mixed.lines)")
    let skip = try Self.analysis(
      """
      {"inputs": [{"name": "u", "width": 1}], "outputs": ["y"],
       "nodes": [{"name": "h", "width": 1, "activation": "tanh"}, {"name": "y", "width": 1, "activation": "identity"}],
       "edges": [{"from": "u", "to": "h", "weight": [["2"]]}, {"from": "h", "to": "y", "weight": [["1"]]},
                 {"from": "u", "to": "y", "weight": [["1"]]}]}
      """, reference: .now, radius: Rational(1, over: 8), inputs: [0], target: 1,
      reading: Reading(slope: .emitted, error: .closed)
    ).globalBound(2)
    // x_y mixes lags 1 and 2, both 1/4 from now: D = 2 · 1/4 + 1/4.
    #expect(skip.formula == "S E + D X")
    #expect(skip.lines[1].hasPrefix("s1(h) = 1, s2(h) = 77/100, S = "), "\(skip.lines)")
    #expect(skip.lines[1].hasSuffix("D = 3/4, E = 0, X = 1/8"), "\(skip.lines)")
    #expect(skip.upper == Rational(3, over: 32))
  }
}
