import Networks
import PropertyTesting
import Testing

@testable import Timing

/// The solver alone, against trying every solution in a box.
@Suite struct DifferenceProgramTests {
  struct Case: Sendable {
    let variables: Int
    let constraints: [DifferenceConstraints.Constraint]
    let coefficients: [(weight: Int, high: Int, low: Int)]
  }

  /// Every term of the objective is bounded below by a constraint, so that a least value exists.
  private static let generator = Generator<Case> { (source) throws(DiscardedCase) in
    let variables = try source.draw(.integer(in: 2...4))
    let entry = Generator<(Int, Int, Int)>.tuple(
      .integer(in: 0...(variables - 1)), .integer(in: 0...(variables - 1)), .integer(in: -3...3))
    var constraints: [DifferenceConstraints.Constraint] = []
    for (from, to, bound) in try source.draw(.array(of: entry, count: 1...8)) where from != to {
      constraints.append(.init(from: from, to: to, atLeast: bound))
    }
    var terms: [(weight: Int, high: Int, low: Int)] = []
    for constraint in constraints {
      terms.append((try source.draw(.integer(in: 0...3)), constraint.to, constraint.from))
    }
    return Case(variables: variables, constraints: constraints, coefficients: terms)
  }

  private static func program(_ entry: Case) throws -> DifferenceProgram {
    var program = DifferenceProgram()
    for _ in 0..<entry.variables { _ = program.addVariable() }
    for constraint in entry.constraints {
      program.constraints.require(constraint.to, atLeast: constraint.atLeast, above: constraint.from)
    }
    for term in entry.coefficients { try program.add(term.weight, high: term.high, low: term.low) }
    return program
  }

  /// The least objective with X_0 = 0 over all values in −12 … 12: bounds are at most 3 over at most 3 steps, so that
  /// some best solution lies there.
  private static func exhaustive(_ program: DifferenceProgram) -> Int? {
    var best: Int?
    var values = [Int](repeating: 0, count: program.coefficients.count)
    func place(_ index: Int) {
      guard index < values.count else {
        if program.constraints.areSatisfied(by: values) {
          let objective = zip(program.coefficients, values).reduce(0) { $0 + $1.0 * $1.1 }
          best = min(best ?? objective, objective)
        }
        return
      }
      for value in -12...12 {
        values[index] = value
        place(index + 1)
      }
    }
    place(1)
    return best
  }

  @Test func leastValueIsThatOfEverySolution() throws {
    var impossible = 0
    var positive = 0
    try requireProperty("difference programs", Self.generator, cases: 400, shrinkAttempts: 100) { entry in
      let program = try Self.program(entry)
      let best = Self.exhaustive(program)
      switch try program.minimum(root: 0) {
      case .positiveCycle(let cycle):
        impossible += 1
        try demandEqual(best, nil)
        try demand(Self.isPositiveCycle(cycle, program.constraints), "\(cycle) is no positive cycle")
      case .minimum(let minimum):
        if minimum.objective > 0 { positive += 1 }
        try demandEqual(best, minimum.objective)
        try demandEqual(minimum.values[0], 0)
      }
    }
    #expect(impossible > 40)
    #expect(positive > 40)
  }

  private static func isPositiveCycle(_ cycle: [Int], _ constraints: DifferenceConstraints) -> Bool {
    let steps = cycle.map { constraints.constraints[$0] }
    let closes = steps.indices.allSatisfy { steps[$0].to == steps[($0 + 1) % steps.count].from }
    return !steps.isEmpty && closes && steps.reduce(0) { $0 + $1.atLeast } > 0
  }

  /// The proof is one: whatever is changed in the flow, the values or the count is refused.
  @Test func tamperedProofsAreRefused() throws {
    var program = DifferenceProgram()
    let (root, middle, end) = (program.addVariable(), program.addVariable(), program.addVariable())
    program.constraints.require(middle, atLeast: 2, above: root)
    program.constraints.require(end, atLeast: 1, above: middle)
    program.constraints.require(end, atLeast: 0, above: root)
    try program.add(5, high: end, low: root)
    guard case .minimum(let sound) = try program.minimum(root: root) else {
      Issue.record("this program has solutions")
      return
    }
    #expect(sound.objective == 15)
    #expect(sound.values == [0, 2, 3])
    try program.check(sound)
    func refused(_ values: [Int], _ objective: Int, _ flow: [Int]) {
      #expect(throws: RegisterFault.self) {
        try program.check(.init(values: values, objective: objective, flow: flow))
      }
    }
    refused([0, 1, 3], 15, sound.flow)
    refused([0, 2, 4], 20, sound.flow)
    refused(sound.values, 14, sound.flow)
    refused(sound.values, 15, [4, 4, 1])
    refused(sound.values, 15, [5, 5, 1])
    refused(sound.values, 15, [5, 6, -1])
  }

  /// Among best solutions the earliest: nothing is late without need.
  @Test func theEarliestOfTheBest() throws {
    var program = DifferenceProgram()
    let (root, a, b) = (program.addVariable(), program.addVariable(), program.addVariable())
    program.constraints.require(a, atLeast: 3, above: root)
    program.constraints.require(b, atLeast: 0, above: a)
    try program.add(1, high: b, low: a)
    guard case .minimum(let minimum) = try program.minimum(root: root) else {
      Issue.record("this program has solutions")
      return
    }
    #expect(minimum.objective == 0)
    #expect(minimum.values == [0, 3, 3])
  }

  /// Numbers that could leave an Int are refused, not wrapped.
  @Test func tooLargeNumbersAreRefused() throws {
    var program = DifferenceProgram()
    let (root, a) = (program.addVariable(), program.addVariable())
    program.constraints.require(a, atLeast: DifferenceConstraints.greatestBound, above: root)
    try program.add(Int.max / 2, high: a, low: root)
    #expect(throws: NetworkError.self) { try program.minimum(root: root) }
    #expect(throws: NetworkError.self) { try program.add(Int.max, high: a, low: root) }
  }
}
