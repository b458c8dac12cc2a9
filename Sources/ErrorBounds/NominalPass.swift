import ExactArithmetic
import Networks
internal import Synchronization
import Waves

/// The static network at the nominal frame in rationals: made when first asked for, and shared by all edges.
///
/// A drive there may be exactly a kink. An enclosure of it, however narrow, has a slope on either side, and what is
/// measured from there would be measured from both; a rational is on one side.
final class NominalPass: Sendable {
  private let network: Network
  private let nominal: NominalFrame
  private let made = Mutex<StaticPass<Rational>?>(nil)

  /// - Precondition: the network takes rationals to rationals.
  init(_ network: Network, _ nominal: NominalFrame) {
    self.network = network
    self.nominal = nominal
  }

  var pass: StaticPass<Rational> {
    if let known = made.withLock({ $0 }) { return known }
    let pass = StaticPass(network, inputs: nominal.inputs, targets: nominal.targets, in: ExactContext())
    made.withLock { $0 = pass }
    return pass
  }
}

/// The two factors of a gradient that does not move, exactly.
struct FixedGradient: Sendable {
  let delta: Vector<Rational>
  let activity: Vector<Rational>

  init(_ pass: StaticPass<Rational>, _ edge: Edge) {
    delta = pass.deltas[edge.target]
    activity = pass.activities[edge.source]
  }
}
