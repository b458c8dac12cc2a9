import ExactArithmetic
import Networks
import Waves

/// Estimates one entry of an error at many points of a family; what did not move since the last point is kept.
///
/// For searches only: see ``Estimate``.
final class EntryEstimator {
  private let problem: BoundProblem
  private let radii: [Double]
  /// The parameters of each lag, and its last pass.
  private var parameters: [Int: [Int]] = [:]
  private var last: [Int: (point: [Double], pass: StaticPass<Estimate>)] = [:]
  private let nominal: (inputs: [[Double]], targets: [[Double]])
  private(set) var evaluations = 0

  init(_ problem: BoundProblem) {
    self.problem = problem
    radii = problem.family.blocks.map { Interval($0.radius, precision: 53).ball.middle }
    func doubles(_ vectors: [Vector<Rational>]) -> [[Double]] {
      vectors.map { $0.elements.map { Interval($0, precision: 53).ball.middle } }
    }
    nominal = (doubles(problem.nominal.inputs), doubles(problem.nominal.targets))
    let counts = (nominal.inputs.reduce(0) { $0 + $1.count }, nominal.targets.reduce(0) { $0 + $1.count })
    for lag in problem.family.lags {
      parameters[lag] = problem.family.blocks.filter { $0.lags.contains(lag) }.flatMap { block in
        Array(block.first..<block.first + (block.isTarget ? counts.1 : counts.0))
      }
    }
  }

  /// Entry (row, column) of the error at a point.
  func entry(_ row: Int, _ column: Int, at point: [Double]) -> Double {
    evaluations += 1
    let ends = problem.network.architecture.edges[problem.edge]
    guard let factors = problem.factors else { return products(at: point)[row, column].value }
    let reference = pass(problem.reference, point)
    let delta = pass(factors.error, point).deltas[ends.target].storage.values[row]
    let activity = pass(factors.input, point).activities[ends.source].storage.values[column]
    return delta * activity
      - reference.deltas[ends.target].storage.values[row] * reference.activities[ends.source].storage.values[column]
  }

  /// All entries, row by row.
  func errors(at point: [Double]) -> [Double] {
    if let factors = problem.factors {
      let ends = problem.network.architecture.edges[problem.edge]
      let reference = pass(problem.reference, point)
      let delta = pass(factors.error, point).deltas[ends.target].storage.values
      let activity = pass(factors.input, point).activities[ends.source].storage.values
      let own = reference.deltas[ends.target].storage.values
      let input = reference.activities[ends.source].storage.values
      return delta.indices.flatMap { i in activity.indices.map { j in delta[i] * activity[j] - own[i] * input[j] } }
    }
    return products(at: point).matrix.storage.values
  }

  /// The whole expression, by its factors.
  private func products(at point: [Double]) -> ErrorProducts<Estimate> {
    let lags = 0...(problem.family.lags.last ?? 0)
    var frames: [Int: (inputs: [Vector<Estimate>], targets: [Vector<Estimate>])] = [:]
    for lag in problem.family.lags { frames[lag] = frame(lag, point) }
    let filled = lags.compactMap { lag in frames[problem.family.lags.first { $0 >= lag } ?? lag] }
    return problem.evaluator.products(
      at: Frames(
        inputs: nominal.inputs.indices.map { index in filled.map { $0.inputs[index] } },
        targets: nominal.targets.indices.map { index in filled.map { $0.targets[index] } }),
      in: EstimateContext())
  }

  private func pass(_ lag: Int, _ point: [Double]) -> StaticPass<Estimate> {
    let own = (parameters[lag] ?? []).map { point[$0] }
    if let known = last[lag], known.point == own { return known.pass }
    let frame = frame(lag, point)
    let pass = StaticPass(problem.network, inputs: frame.inputs, targets: frame.targets, in: EstimateContext())
    last[lag] = (own, pass)
    return pass
  }

  private func frame(_ lag: Int, _ point: [Double]) -> (inputs: [Vector<Estimate>], targets: [Vector<Estimate>]) {
    func moved(_ vectors: [[Double]], isTarget: Bool) -> [Vector<Estimate>] {
      var shifted = vectors
      for (index, block) in problem.family.blocks.enumerated()
      where block.isTarget == isTarget && block.lags.contains(lag) {
        var parameter = block.first
        for vector in shifted.indices {
          for position in shifted[vector].indices {
            shifted[vector][position] += radii[index] * point[parameter]
            parameter += 1
          }
        }
      }
      return shifted.map { Vector(storage: EstimateRun(values: $0)) }
    }
    return (moved(nominal.inputs, isTarget: false), moved(nominal.targets, isTarget: true))
  }
}
