import ExactArithmetic
import Networks
import Waves

/// The static network over the box of one frame, as affine forms; made once and shared by all edges.
struct StaticForms<S: BoundingScalar>: Sendable {
  let pass: StaticPass<S>

  /// - Parameters:
  ///   - radii: of the box, inputs and targets.
  ///   - box: the part of it, one parameter a coordinate, inputs first; the whole by default.
  ///   - correlated: false for plain ranges, which hold for activities that mix frames of the box too.
  ///   - cap: beyond it ranges alone are kept, without symbols.
  init(
    _ network: Network, round nominal: NominalFrame, radii: (input: Rational, target: Rational),
    box: ParameterBox? = nil, precision: Int, freshSymbols: Int, correlated: Bool = true,
    cap: MemoryCap = .standard
  ) {
    let count = (nominal.inputs + nominal.targets).reduce(0) { $0 + $1.count }
    let units = network.architecture.nodes.reduce(0) { $0 + $1.width }
    let budget = SymbolBudget(coordinates: Double(count), units: Double(units), fresh: freshSymbols, cap: cap)
    let context = AffineContext(precision: precision, firstFree: count, freshSymbols: budget.fresh)
    let keepsSymbols = correlated && budget.isKept
    var symbol = 0
    func forms(_ vectors: [Vector<Rational>], _ radius: Rational) -> [Vector<S>] {
      vectors.map { vector in
        Vector(
          vector.elements.map { middle in
            defer { symbol += 1 }
            guard keepsSymbols else { return S(.around(middle, radius: radius, in: context)) }
            guard let box else { return S(.noise(symbol, middle: middle, radius: radius, in: context)) }
            let (low, high) = (FrameFamily.exact(box.lows[symbol]), FrameFamily.exact(box.highs[symbol]))
            return S(
              .noise(
                symbol, middle: middle + radius * (low + high) / 2, radius: radius * (high - low) / 2, in: context))
          })
      }
    }
    let inputs = forms(nominal.inputs, radii.input)
    pass = StaticPass(network, inputs: inputs, targets: forms(nominal.targets, radii.target), in: context)
  }
}
