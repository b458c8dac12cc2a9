import ExactArithmetic
import Networks
import Waves

/// Forms of the static network over parts of one frame's box, each made once.
///
/// Symbols are the coordinates of the frame, inputs first, then targets; parts are products of dyadic intervals.
final class FrameCells {
  let network: Network
  let nominal: NominalFrame
  let radii: (input: Rational, target: Rational)
  let precision: Int
  let freshSymbols: Int
  let cap: MemoryCap
  /// How many forms are kept.
  private let kept: Int
  /// How many parts searches have looked at: what they hold grows with it.
  private(set) var visits = 0
  /// How many coordinates a frame has, and those that move.
  let coordinates: Int
  let moving: Range<Int>
  /// The same frame and radii in floats, for estimates.
  private let middles: (inputs: [[Double]], targets: [[Double]])
  private let reach: (input: Double, target: Double)
  private let constants: AffineContext
  private var made: [ParameterBox: StaticForms<AffineForm>] = [:]

  init(
    _ network: Network, _ nominal: NominalFrame, radii: (input: Rational, target: Rational), precision: Int,
    freshSymbols: Int, cap: MemoryCap = .standard, kept: Int = 4_096
  ) {
    self.cap = cap
    self.kept = min(kept, 4_096)
    self.network = network
    self.nominal = nominal
    self.radii = radii
    self.precision = precision
    self.freshSymbols = freshSymbols
    constants = AffineContext(precision: precision, firstFree: 0)
    func double(_ value: Rational) -> Double { Interval(value, precision: 53).ball.middle }
    middles = (nominal.inputs.map { $0.elements.map(double) }, nominal.targets.map { $0.elements.map(double) })
    reach = (double(radii.input), double(radii.target))
    let inputs = nominal.inputs.reduce(0) { $0 + $1.count }
    coordinates = nominal.targets.reduce(inputs) { $0 + $1.count }
    moving = (radii.input.isZero ? inputs : 0)..<(radii.target.isZero ? inputs : coordinates)
  }

  private func forms(_ box: ParameterBox) -> StaticPass<AffineForm> {
    if let known = made[box] { return known.pass }
    // Kept while they are few: most cells are looked at once.
    if made.count > kept { made.removeAll() }
    let forms = StaticForms<AffineForm>(
      network, round: nominal, radii: radii, box: box, precision: precision, freshSymbols: freshSymbols,
      cap: cap)
    made[box] = forms
    return forms.pass
  }

  func form(_ quantity: FrameQuantity, over box: ParameterBox) -> AffineForm {
    visits += 1
    return quantity.value(forms(box), in: constants)
  }

  func estimate(_ quantity: FrameQuantity, at point: [Double]) -> Double {
    quantity.value(estimate(point), in: EstimateContext()).value
  }

  /// The static network at a point of the box, estimated.
  func estimate(_ point: [Double]) -> StaticPass<Estimate> {
    var symbol = 0
    func moved(_ vectors: [[Double]], _ reach: Double) -> [Vector<Estimate>] {
      vectors.map { vector in
        Vector(
          storage: EstimateRun(
            values: vector.map { middle in
              defer { symbol += 1 }
              return middle + reach * point[symbol]
            }))
      }
    }
    let inputs = moved(middles.inputs, reach.input)
    return StaticPass(network, inputs: inputs, targets: moved(middles.targets, reach.target), in: EstimateContext())
  }
}
