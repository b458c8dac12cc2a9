import ExactArithmetic
import Networks
import Waves

/// The error g − ∇ of one edge against the gradient of one frame, at given frames, in the numbers of `S`.
///
/// Exact on rationals, enclosing on enclosures; shape n_to × n_from. Frames are by lag.
struct ErrorEvaluator: Sendable {
  let network: Network
  let formula: UpdateFormula
  let edge: Int
  let reference: Int
  /// Known where each factor is a function of one frame; then static passes suffice.
  let factors: FactorFrames?

  func error<S: NetworkScalar>(at frames: Frames<S>, in context: S.Context) -> Matrix<S> {
    let ends = network.architecture.edges[edge]
    let gradient = pass(reference, frames, in: context).gradient(of: ends)
    guard let factors else { return formula.evaluate(network, at: frames, in: context) - gradient }
    let delta = pass(factors.error, frames, in: context).deltas[ends.target]
    return delta.outer(activity(factors.input, frames, in: context)) - gradient
  }

  /// One entry, without the rest of the matrix.
  func entry<S: NetworkScalar>(_ row: Int, _ column: Int, at frames: Frames<S>, in context: S.Context) -> S {
    guard let factors else { return error(at: frames, in: context)[row, column] }
    let ends = network.architecture.edges[edge]
    let own = pass(reference, frames, in: context)
    let delta = pass(factors.error, frames, in: context).deltas[ends.target][row]
    return delta * activity(factors.input, frames, in: context)[column]
      - own.deltas[ends.target][row] * own.activities[ends.source][column]
  }

  private func pass<S: NetworkScalar>(_ lag: Int, _ frames: Frames<S>, in context: S.Context) -> StaticPass<S> {
    StaticPass(
      network, inputs: frames.inputs.map { $0[lag] }, targets: frames.targets.map { $0[lag] }, in: context)
  }

  private func activity<S: NetworkScalar>(_ lag: Int, _ frames: Frames<S>, in context: S.Context) -> Vector<S> {
    StaticPass<S>.forward(network, inputs: frames.inputs.map { $0[lag] }, in: context)
      .activities[network.architecture.edges[edge].source]
  }
}
