import ExactArithmetic
import Networks
import Waves

/// The error g − ∇ of one edge, or summed over edges that share a parameter, against the gradient of one frame, at given
/// frames, in the numbers of `S`.
///
/// Exact on rationals, enclosing on enclosures; shape n_to × n_from. Frames are by lag.
struct ErrorEvaluator: Sendable {
  let network: Network
  let formula: UpdateFormula
  let edge: Int
  let reference: Int
  /// Known where each factor is a function of one frame; then static passes suffice.
  let factors: FactorFrames?
  /// The gradient itself, where the reference frame is one rational point.
  let fixed: FixedGradient?
  /// The edges that share this one's parameter: their errors are added.
  private(set) var others: [ErrorEvaluator] = []

  init(
    network: Network, formula: UpdateFormula, edge: Int, reference: Int, factors: FactorFrames?,
    fixed: FixedGradient? = nil
  ) {
    self.network = network
    self.formula = formula
    self.edge = edge
    self.reference = reference
    self.factors = factors
    self.fixed = fixed
  }

  /// The sum of this error and others of the same shape.
  func adding(_ others: [ErrorEvaluator]) -> ErrorEvaluator {
    var sum = self
    sum.others = others
    return sum
  }

  /// How many shared factors the formulas have.
  var signalCount: Int { others.reduce(formula.signalCount) { $0 + $1.formula.signalCount } }

  func error<S: NetworkScalar>(at frames: Frames<S>, in context: S.Context) -> Matrix<S> {
    others.reduce(ownError(at: frames, in: context)) { $0 + $1.ownError(at: frames, in: context) }
  }

  private func ownError<S: NetworkScalar>(at frames: Frames<S>, in context: S.Context) -> Matrix<S> {
    let ends = network.architecture.edges[edge]
    let (own, input) = gradient(frames, in: context)
    let gradient = own.outer(input)
    guard let factors else { return formula.evaluate(network, at: frames, in: context) - gradient }
    let delta = pass(factors.error, frames, in: context).deltas[ends.target]
    return delta.outer(activity(factors.input, frames, in: context)) - gradient
  }

  /// One entry, without the rest of the matrix.
  func entry<S: NetworkScalar>(_ row: Int, _ column: Int, at frames: Frames<S>, in context: S.Context) -> S {
    guard let factors, others.isEmpty else { return error(at: frames, in: context)[row, column] }
    let ends = network.architecture.edges[edge]
    let (own, input) = gradient(frames, in: context)
    let delta = pass(factors.error, frames, in: context).deltas[ends.target][row]
    return delta * activity(factors.input, frames, in: context)[column] - own[row] * input[column]
  }

  /// The factors of the reference frame's gradient.
  private func gradient<S: NetworkScalar>(
    _ frames: Frames<S>, in context: S.Context
  ) -> (delta: Vector<S>, activity: Vector<S>) {
    if let fixed {
      func constants(_ vector: Vector<Rational>) -> Vector<S> {
        Vector(vector.elements.map { S.exact($0, in: context) })
      }
      return (constants(fixed.delta), constants(fixed.activity))
    }
    let own = pass(reference, frames, in: context)
    let ends = network.architecture.edges[edge]
    return (own.deltas[ends.target], own.activities[ends.source])
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
