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
  private var others: [ErrorEvaluator] = []

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

  /// How many numbers one evaluation holds at once beside the frames, at most.
  var heldNumbers: Double {
    let nodes = network.architecture.nodes
    let pass = 3 * nodes.reduce(0) { $0 + Double($1.width) }
    func numbers(_ evaluator: ErrorEvaluator) -> Double {
      guard evaluator.factors == nil else { return pass }
      let formula = evaluator.formula
      let injected = formula.errors.filter { network.architecture.isOutput($0.node) }
      var statics = Set<Int>()
      if formula.schedule.errorSource == .open {
        statics.formUnion(injected.map { $0.lag + formula.schedule.targetLag[$0.node] })
      }
      var waves = 1
      if formula.schedule.slopeSource == .frameConsistent {
        let frames = Set(injected.map { $0.lag + formula.schedule.waveFrameLag[$0.node] })
        statics.formUnion(frames)
        waves = frames.count
      }
      // One pass more for the reference frame.
      return formula.steps.reduce(pass * Double(statics.count + 1)) { sum, step in
        switch step {
        case .drive(let signal), .activity(let signal): sum + Double(nodes[signal.node].width)
        case .error(let signal): sum + Double(waves * nodes[signal.node].width)
        }
      }
    }
    return ([self] + others).map(numbers).max() ?? 0
  }

  func error<S: NetworkScalar>(at frames: Frames<S>, in context: S.Context) -> Matrix<S> {
    products(at: frames, in: context).matrix
  }

  /// The same by its factors, without a matrix.
  func products<S: NetworkScalar>(at frames: Frames<S>, in context: S.Context) -> ErrorProducts<S> {
    ErrorProducts(terms: ([self] + others).map { $0.term(at: frames, in: context) })
  }

  private func term<S: NetworkScalar>(at frames: Frames<S>, in context: S.Context) -> ErrorProducts<S>.Term {
    let ends = network.architecture.edges[edge]
    let (own, input) = gradient(frames, in: context)
    guard let factors else {
      let update = formula.factors(network, at: frames, in: context)
      return .init(delta: update.error, activity: update.activity, ownDelta: own, ownActivity: input)
    }
    let delta = pass(factors.error, frames, in: context).deltas[ends.target]
    return .init(
      delta: delta, activity: activity(factors.input, frames, in: context), ownDelta: own, ownActivity: input)
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
