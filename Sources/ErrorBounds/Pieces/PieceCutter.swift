import ExactArithmetic
import Networks
import Waves

/// Finds the kinks that cross a part of a frame's box.
struct PieceCutter {
  /// A part in which all nodes before this one, in topological order, keep to one straight piece of their σ, unit by unit.
  struct Open {
    let polytope: Polytope
    let position: Int
  }

  enum Cut {
    case parts([Open])
    case whole(FramePieces.Piece)
  }

  private let network: Network
  private let nominal: NominalFrame
  private let radii: (input: Rational, target: Rational)
  /// Per node, the units and kinks that may meet over the whole box; others are never looked at.
  private let meetings: [[(unit: Int, kink: Rational)]]

  /// - Parameter ranges: that hold every drive of the box.
  init(
    _ network: Network, _ nominal: NominalFrame, _ radii: (input: Rational, target: Rational),
    ranges: StaticPass<AffineForm>
  ) {
    self.network = network
    self.nominal = nominal
    self.radii = radii
    meetings = network.architecture.nodes.indices.map { node in
      let entry = network.architecture.nodes[node]
      let kinks = entry.isInput ? [] : entry.activation.kinks
      let run = ranges.drives[node].storage
      return (kinks.isEmpty ? 0..<0 : 0..<entry.width).flatMap { unit in
        let range = run.isUnbounded ? nil : run.range(unit)
        return kinks.filter { range?.contains($0) ?? true }.map { (unit, $0) }
      }
    }
  }

  /// - Returns: `nil` if a part has too many constraints.
  func cut(_ part: Open) -> Cut? {
    let polytope = part.polytope
    let middle = polytope.middle
    let (inputs, targets) = jets(at: middle)
    let drives = StaticPass<Jet<Rational>>.forward(network, inputs: inputs, in: ExactContext()).drives
    for position in part.position..<network.order.count {
      let node = network.order[position]
      var parts = [polytope]
      for (unit, kink) in meetings[node] {
        let drive = AffineFunction(drives[node].storage[unit] - Jet(kink), round: middle)
        var finer: [Polytope] = []
        for part in parts {
          guard let cut = part.split(drive) else { return nil }
          // Where one side is empty, the other's closure may touch the kink, and is no new part.
          if let above = cut.above, let below = cut.below { finer += [above, below] } else { finer.append(part) }
        }
        parts = finer
      }
      if parts.count > 1 { return .parts(parts.map { Open(polytope: $0, position: position + 1) }) }
    }
    let pass = StaticPass(network, inputs: inputs, targets: targets, in: ExactContext())
    return .whole(FramePieces.Piece(polytope: polytope, middle: middle, pass: pass, edges: polytope.edges))
  }

  /// Inputs and targets at a point, each coordinate a direction.
  private func jets(at point: Vector<Rational>) -> (inputs: [Vector<Jet<Rational>>], targets: [Vector<Jet<Rational>>]) {
    var direction = 0
    func moved(_ vectors: [Vector<Rational>], _ radius: Rational) -> [Vector<Jet<Rational>>] {
      vectors.map { vector in
        Vector(
          vector.elements.map { middle in
            guard !radius.isZero else { return Jet(middle) }
            defer { direction += 1 }
            return Jet(middle + radius * point[direction], partials: [(direction, radius)])
          })
      }
    }
    let inputs = moved(nominal.inputs, radii.input)
    return (inputs, moved(nominal.targets, radii.target))
  }
}
