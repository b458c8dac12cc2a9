import ExactArithmetic

/// A stream in the numbers of an evaluation: inputs and targets per tick.
///
/// Before tick 0 every frame is that of tick 0. The last tick is `ticks − 1`; asking past it is a programming error
/// that `TickMachine` reports before it happens.
public struct Frames<S: Scalar>: Sendable {
  public let inputs: [[Vector<S>]]
  public let targets: [[Vector<S>]]
  /// For each tick, the first one that is known to have an equal frame.
  private let firsts: [Int]?

  public init(inputs: [[Vector<S>]], targets: [[Vector<S>]]) {
    self.inputs = inputs
    self.targets = targets
    firsts = nil
  }

  public init(_ stream: FrameStream, in context: S.Context) {
    func converted(_ rows: [[Vector<Rational>]]) -> [[Vector<S>]] {
      rows.map { $0.map { row in Vector(row.elements.map { S.exact($0, in: context) }) } }
    }
    inputs = converted(stream.inputs)
    targets = converted(stream.targets)
    firsts = stream.firstEqualTicks
  }

  /// Whether some frame is known to come again.
  public var repeats: Bool { firsts.map { !$0.indices.elementsEqual($0) } ?? false }

  /// The first tick that is known to have the frame of this one; before tick 0 every frame is that of tick 0, and ticks
  /// beyond the stream stand for themselves.
  public func firstTick(equalTo tick: Int) -> Int {
    let tick = max(tick, 0)
    guard let firsts, tick < firsts.count else { return tick }
    return firsts[tick]
  }

  public var ticks: Int { inputs.first?.count ?? targets.first?.count ?? 0 }

  /// All inputs at a tick.
  public func input(at tick: Int) -> [Vector<S>] { inputs.map { $0[max(tick, 0)] } }

  /// The target of the output with this position among the outputs.
  public func target(_ output: Int, at tick: Int) -> Vector<S> { targets[output][max(tick, 0)] }

  /// All targets at a tick.
  public func target(at tick: Int) -> [Vector<S>] { targets.map { $0[max(tick, 0)] } }
}
