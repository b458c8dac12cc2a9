import ExactArithmetic
import Networks

extension FrameFamily {
  /// The frames of a box as jets: parameter k is direction k, its derivative the radius of its block.
  func jets<S: DifferentiableScalar>(
    _ scalar: S.Type, in context: S.Context, value: (_ parameter: Int, _ radius: Rational) -> S
  ) -> Frames<Jet<S>> {
    frames(Jet<S>.self, in: context) { _, parameter, radius in
      Jet(value(parameter, radius), partials: [(parameter, S.exact(radius, in: context))])
    }
  }

  /// The same over a box, as affine forms.
  func jets(over box: ParameterBox, in context: AffineContext) -> Frames<Jet<AffineForm>> {
    jets(AffineForm.self, in: context) { parameter, radius in noise(parameter, radius, box, context) }
  }

  /// Jets of jets over a box: second derivatives.
  func secondJets(over box: ParameterBox, in context: AffineContext) -> Frames<Jet<Jet<AffineForm>>> {
    jets(Jet<AffineForm>.self, in: context) { parameter, radius in
      Jet(noise(parameter, radius, box, context), partials: [(parameter, .exact(radius, in: context))])
    }
  }

  private func noise(
    _ parameter: Int, _ radius: Rational, _ box: ParameterBox, _ context: AffineContext
  ) -> AffineForm {
    let (low, high) = (Self.exact(box.lows[parameter]), Self.exact(box.highs[parameter]))
    return .noise(parameter, middle: radius * (low + high) / 2, radius: radius * (high - low) / 2, in: context)
  }
}
