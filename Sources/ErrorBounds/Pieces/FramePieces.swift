import ExactArithmetic
import Foundation
import Networks
import Waves

/// The box of one frame cut into the pieces on which a piecewise linear network is affine: activities and deltas alike.
///
/// Every frame of the box lies in exactly one half-open piece; kinks lie where the drive is not above them, since a slope
/// there is that from the left. Coordinates in [−1, 1]: inputs first, then targets, those with radius 0 left out. Exact.
/// Complexity: some forward passes on jets for every piece; their number may grow like units^coordinates.
struct FramePieces: Sendable {
  struct Piece: Sendable {
    let polytope: Polytope
    /// A point in the relative interior, where the jets are taken.
    let middle: Vector<Rational>
    /// Values and derivatives at the middle: affine functions of the coordinates, on the whole piece.
    let pass: StaticPass<Jet<Rational>>
    let edges: [(Int, Int)]
  }

  let pieces: [Piece]

  /// How many coordinates move.
  static func dimension(_ nominal: NominalFrame, _ radii: (input: Rational, target: Rational)) -> Int {
    (radii.input.isZero ? 0 : nominal.inputs.reduce(0) { $0 + $1.count })
      + (radii.target.isZero ? 0 : nominal.targets.reduce(0) { $0 + $1.count })
  }

  /// About what one piece holds: a static pass on jets, a run a node and direction.
  static func bytes(_ network: Network, dimension: Int, _ cost: ExactCost) -> Double {
    let nodes = network.architecture.nodes
    let numbers = cost.bytes(units: nodes.reduce(0) { $0 + $1.width })
    return 3 * Double(dimension + 1) * (numbers + Double(nodes.count) * 200)
  }

  /// - Parameters:
  ///   - ranges: of the static network over the box: kinks that no drive meets there are left out at once.
  ///   - most: pieces are given up beyond this number.
  ///   - end: or at this time.
  /// - Returns: `nil` where they were given up.
  init?(
    _ network: Network, round nominal: NominalFrame, radii: (input: Rational, target: Rational),
    ranges: StaticPass<AffineForm>, most: Int, until end: Date
  ) {
    let cutter = PieceCutter(network, nominal, radii, ranges: ranges)
    var open = [PieceCutter.Open(polytope: Polytope(cube: Self.dimension(nominal, radii)), position: 0)]
    var pieces: [Piece] = []
    while let next = open.popLast() {
      guard pieces.count + open.count < most, Date() < end, let cut = cutter.cut(next) else { return nil }
      switch cut {
      case .parts(let parts): open += parts
      case .whole(let piece): pieces.append(piece)
      }
    }
    self.pieces = pieces
  }
}
