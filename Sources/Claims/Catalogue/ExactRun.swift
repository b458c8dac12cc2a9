import ExactArithmetic
import Networks
import Waves

/// One run of the tick machine on exact numbers, and the comparison of its updates with static gradients.
///
/// Knows nothing of lags: delays are found by trying all of them.
struct ExactRun {
  let network: Network
  let stream: FrameStream
  let machine: TickMachine<Rational>

  init(_ network: Network, _ schedule: Schedule, _ stream: FrameStream) {
    self.network = network
    self.stream = stream
    machine = TickMachine(network, schedule, frames: Frames(stream, in: ExactContext()), in: ExactContext())
  }

  func update(_ edge: Int, at tick: Int) throws(NetworkError) -> Matrix<Rational> { try machine.update(edge, at: tick) }

  func gradient(_ edge: Int, of frame: Int) throws(NetworkError) -> Matrix<Rational> {
    try machine.staticPass(at: frame).gradient(of: network.architecture.edges[edge])
  }

  /// Every delay d ≤ `greatest` such that at all the ticks the update is the gradient of frame t − d, and not all zero.
  func delays(of edge: Int, at ticks: Range<Int>, greatest: Int) throws(NetworkError) -> [Int] {
    var remaining = Array(0...greatest)
    var informative = false
    for tick in ticks {
      let update = try update(edge, at: tick)
      informative = informative || !update.isZero
      var kept: [Int] = []
      for delay in remaining where try gradient(edge, of: tick - delay) == update { kept.append(delay) }
      remaining = kept
    }
    return informative ? remaining : []
  }

  /// The instance at one edge and tick, with the gradients of all frames.
  func instance(_ edge: Int, at tick: Int, claimedFrame: Int? = nil) throws(NetworkError) -> ClaimWitness.Run {
    var gradients: [Matrix<Rational>] = []
    for frame in 0..<stream.ticks { gradients.append(try gradient(edge, of: frame)) }
    return ClaimWitness.Run(
      model: network.architecture, reading: machine.schedule.reading, stream: stream,
      edge: network.architecture.edges[edge].name, tick: tick, update: try update(edge, at: tick),
      gradients: gradients, claimedFrame: claimedFrame)
  }
}

extension ClaimWitness {
  /// In words what a run shows: stream, update, and the gradients that it is not.
  init(_ run: Run, head: String) {
    func row(_ vectors: [Vector<Rational>]) -> String { vectors.map(Self.written).joined(separator: ", ") }
    let inputs = zip(run.model.nodes, run.stream.inputs).map { "\($0.name) = \(row($1))" }
    let targets = zip(run.model.outputs, run.stream.targets).map { output, rows in
      let constant = rows.allSatisfy { $0 == rows[0] }
      return "target \(constant ? Self.written(rows[0]) : row(rows))"
    }
    let gradients = run.gradients.map { Self.written($0) }.joined(separator: ", ")
    let claimed = run.claimedFrame.map { "; claimed was frame \($0)" } ?? ""
    let sense =
      run.differsFromEveryFrame
      ? "it is the gradient of no frame" : "it is the gradient of another frame, but not of the one claimed"
    text =
      "\(head): \((inputs + targets).joined(separator: "; ")). At tick \(run.tick) the update of \(run.edge) is "
      + "\(Self.written(run.update)); the gradients of frames 0…\(run.gradients.count - 1) are \(gradients)\(claimed): "
      + "\(sense)"
    self.run = run
  }

  init(text: String) {
    self.text = text
    run = nil
  }

  private static func written(_ vector: Vector<Rational>) -> String {
    vector.count == 1 ? vector[0].description : "(\(vector.elements.map(\.description).joined(separator: ", ")))"
  }

  private static func written(_ matrix: Matrix<Rational>) -> String {
    matrix.rows * matrix.columns == 1 ? matrix[0, 0].description : matrix.description
  }
}
