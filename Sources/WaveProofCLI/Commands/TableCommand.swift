import ArgumentParser
import Foundation
import WaveProof

struct TableCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "table",
    abstract: "Tables of error bounds over models, depths, activations, schedules, references and variations.",
    discussion: """
      A row for every network, schedule, reference and variation, in that order. Rows are written as they are done; with \
      -o FILE --resume an interrupted table goes on, and --shard i/n with --merge splits one over machines.
      """)

  @Argument(help: "Model files, *.json or *.onnx; with --merge, files that shards wrote.")
  var files: [String] = []

  @OptionGroup var chains: ChainOptions
  @OptionGroup var sweep: SweepOptions
  @OptionGroup var variation: VariationOptions
  @OptionGroup var common: CommonOptions

  private var kind: SweepFormat.Kind { sweep.jsonLines ? .jsonLines : .table(common.format) }

  mutating func validate() throws {
    if sweep.merge {
      guard !files.isEmpty else { throw ValidationError("--merge needs the files that the shards wrote") }
      guard chains.depths.isEmpty, sweep.shard == nil, !sweep.resume, try variation.variations().isEmpty else {
        throw ValidationError("--merge only joins files; --depths, --variation, --shard and --resume compute rows")
      }
      return
    }
    guard !files.isEmpty || !chains.depths.isEmpty else {
      throw ValidationError("give model files, or --depths for random chains")
    }
    guard try !variation.variations().isEmpty else {
      throw ValidationError("give --variation V (frames within V) or --rate v (v per tick): how much the frames vary")
    }
    guard !sweep.resume || (common.output != nil && SweepFormat.canBeReadBack(kind)) else {
      throw ValidationError("--resume goes on with a file: give -o FILE and --format csv or --json-lines")
    }
  }

  func run() throws {
    try CommandFailure.reporting {
      if sweep.merge { try merge() } else { try compute() }
    }
  }

  private func merge() throws {
    let rows = try SweepMerge.rows(files.map { ($0, try SweepFile(InputFile.read($0), named: $0)) })
    let format = SweepFormat(
      kind, sweep: rows.first?.sweep ?? "", rows: rows, measures: rows.contains { $0.seconds != nil })
    let writer = try ResultWriter(common)
    writer.write(format.head)
    for (index, row) in rows.enumerated() { writer.write(format.line(row, isFirst: index == 0)) }
    writer.write(format.foot)
  }

  private func compute() throws {
    let made = try chains.chains(seed: common.seed).map { try $0.network() }
    try chains.save(made)
    let read = try files.map { try Network(ModelArgument.load($0, needsWeights: true).architecture) }
    let plan = try SweepPlan((read + made).flatMap(sweep.cases), perEdge: sweep.perEdge, questions: questions)
    let format = SweepFormat(kind, plan, measures: sweep.time)
    let part = try sweep.part()
    let rows = plan.shard(part.index, of: part.count)
    let (writer, done) = try writer(format, plan, rows)
    let progress = Progress(isShown: common.showsProgress)
    progress.show("\(done) of \(rows.count) rows")
    let written = Collected<Int>()
    try plan.run(Array(rows[done...]), threads: common.threads, measures: sweep.time) { row in
      progress.clear()
      writer.write(format.line(row, isFirst: done + written.count == 0))
      written.append(row.row)
      progress.show("\(done + written.count) of \(rows.count) rows: \(row.network)")
    }
    progress.clear()
    writer.write(format.foot)
  }

  /// Every reference with every variation.
  private func questions(_ network: Network) throws -> [BoundQuestion] {
    let (nominal, origin) = try variation.nominal(network.architecture)
    let variations = try variation.variations()
    let effort = try variation.effort()
    return try sweep.referenceFrames(variation.reference).flatMap { reference in
      variations.map {
        BoundQuestion(
          variations: [$0], nominal: nominal, origin: origin, reference: reference, norm: variation.norm,
          effort: effort, precision: common.precision, freshSymbols: variation.symbols)
      }
    }
  }

  /// Where rows go, after what an interrupted run has left there.
  private func writer(
    _ format: SweepFormat, _ plan: SweepPlan, _ rows: [Int]
  ) throws -> (ResultWriter, done: Int) {
    if sweep.resume, let path = common.output, FileManager.default.fileExists(atPath: path) {
      let file = try SweepFile(InputFile.read(path), named: path)
      let done = try plan.resumed(rows, from: file, as: format, named: path)
      guard done == 0 else { return (try ResultWriter(continuing: path, after: file.length), done) }
    }
    let writer = try ResultWriter(common)
    writer.write(format.head)
    return (writer, 0)
  }
}
