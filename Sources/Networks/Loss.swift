/// What the output error is the derivative of.
///
/// `quadratic` is ½‖x_L − y‖², summed over the outputs, so that the derivative with respect to x_L is x_L − y.
public enum Loss: String, Sendable, Hashable, Codable {
  case quadratic
}
