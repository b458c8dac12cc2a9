import ExactArithmetic
import Networks

/// A node of the architecture being made, and what its drive is.
struct DraftNode: Sendable {
  var name: String
  let width: Int
  let activation: Activation
  let isInput: Bool
  let drive: AffineTensor
  var isOutput = false

  init(name: String, width: Int, activation: Activation, isInput: Bool = false, drive: AffineTensor) {
    self.name = name
    self.width = width
    self.activation = activation
    self.isInput = isInput
    self.drive = drive
  }
}
