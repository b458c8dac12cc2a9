import ExactArithmetic

/// The state of a tick machine before tick 0: a drive, an activity and an error per node, the same at every tick.
///
/// Entries of inputs are not read.
public struct MachineStart<S: Scalar>: Sendable {
  public let drives: [Vector<S>]
  public let activities: [Vector<S>]
  public let deltas: [Vector<S>]

  public init(drives: [Vector<S>], activities: [Vector<S>], deltas: [Vector<S>]) {
    self.drives = drives
    self.activities = activities
    self.deltas = deltas
  }
}
