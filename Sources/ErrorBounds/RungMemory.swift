import ExactArithmetic
import Networks
import Waves

/// How much each rung of the ladder would hold for one problem, estimated from widths and counts before anything is made.
///
/// A rung that would hold more than the cap steps aside and is named; where that is one pass, nothing remains to be said.
struct RungMemory: Sendable {
  let cap: MemoryCap
  /// Bytes of one enclosure: the object, its two ends, and what a form has beside generators.
  private let enclosure: Double
  /// Units of the network, and numbers that one evaluation of the error holds at once.
  private let units: Double
  private let held: Double
  /// Coordinates of one frame, and of all frames.
  private let coordinates: Double
  private let parameters: Double
  private let fresh: Int
  private let rows: Int
  private let columns: Int
  private let isDecoupled: Bool
  private let isWindowAtPoint: Bool

  init(_ problem: BoundProblem, precision: Int, freshSymbols: Int, cap: MemoryCap) {
    let architecture = problem.network.architecture
    func width(_ node: Int) -> Double { Double(architecture.nodes[node].width) }
    self.cap = cap
    enclosure = MemoryCap.enclosure(precision: precision)
    units = architecture.nodes.indices.reduce(0) { $0 + width($1) }
    isDecoupled = problem.factors != nil
    isWindowAtPoint = problem.variation.kind == .window && problem.nominal.radius.isZero
    coordinates = Double((problem.nominal.inputs + problem.nominal.targets).reduce(0) { $0 + $1.count })
    held = problem.evaluator.heldNumbers + Double(problem.family.lags.count) * coordinates
    parameters = Double(problem.family.parameters)
    fresh = freshSymbols
    let edge = architecture.edges[problem.edge]
    (rows, columns) = (architecture.nodes[edge.target].width, architecture.nodes[edge.source].width)
  }

  private var entries: Double { Double(rows) * Double(columns) }

  /// One evaluation of the error in enclosures, by its factors: without it there is no bound.
  var pass: MemoryExcess? { cap.excess(.pass, asked: held * enclosure) }

  /// Whether every entry has a bound of its own, or all have one.
  var entryBounds: MemoryExcess? { cap.excess(.entries, asked: entries * 256) }

  /// The symbols of forms: of one frame where factors are functions of one frame each, of all frames otherwise.
  var symbols: SymbolBudget {
    isDecoupled && isWindowAtPoint
      ? SymbolBudget(coordinates: coordinates, units: units, fresh: fresh, cap: cap)
      : SymbolBudget(coordinates: parameters, units: held / 3, fresh: fresh, cap: cap)
  }

  /// How many entries of the error are made on forms at a time; the rows before and after rounding are held with them.
  var formEntries: Int {
    cap.count(each: 5 * enclosure + 48 * (symbols.isKept ? parameters + Double(symbols.fresh) : 0))
  }

  /// How many are made in enclosures or rationals at a time.
  var enclosureEntries: Int { cap.count(each: 5 * enclosure) }

  /// Forms and planes of every entry, and the rows of a pass that goes back from each.
  var backward: MemoryExcess? {
    let ends = isDecoupled ? coordinates : parameters
    let perEntry = 4 * enclosure + 24 * (parameters + Double(symbols.fresh)) + 16 * (3 * ends + held)
    return cap.excess(.backward, asked: entries * perEntry)
  }

  /// Derivatives of all signals by every parameter, each a form.
  var monotone: MemoryExcess? {
    cap.excess(.monotone, asked: (held + Double(columns)) * parameters * (enclosure + 8 * parameters))
  }

  /// How many entries have their derivatives at a time.
  var monotoneEntries: Int { cap.count(each: 3 * parameters * (enclosure + 8 * parameters)) }

  /// Derivatives of all signals by every parameter, each a number.
  var firstOrder: MemoryExcess? {
    cap.excess(.firstOrder, asked: (held + Double(columns)) * parameters * enclosure)
  }

  var firstOrderEntries: Int { cap.count(each: 3 * parameters * enclosure) }

  /// Second derivatives of the same, each a form.
  var secondOrder: MemoryExcess? {
    cap.excess(
      .secondOrder, asked: (held + Double(columns)) * parameters * parameters * (enclosure + 8 * parameters))
  }

  var secondOrderEntries: Int { cap.count(each: 3 * parameters * parameters * (enclosure + 8 * parameters)) }

  /// One part of a box, and where parts are of all frames the bounds of its entries.
  private var part: Double {
    64 + 16 * (isDecoupled && isWindowAtPoint ? coordinates : parameters + entries / 2)
  }

  /// How many parts of boxes branch and bound may hold.
  var openParts: Int { cap.count(each: part) }

  func openParts(_ count: Int) -> MemoryExcess? { cap.excess(.branchAndBound, asked: part * Double(count)) }

  /// The forms of the static network over the box of a frame.
  var staticForms: Double {
    let symbols = SymbolBudget(coordinates: coordinates, units: units, fresh: fresh, cap: cap)
    let held = symbols.isKept ? coordinates + min(Double(symbols.fresh), 3 * units) : 0
    return 3 * units * (enclosure + 8 * held)
  }

  /// How many of those over parts of a frame's box are kept to be asked again.
  var keptForms: Int { cap.count(each: staticForms) }
}

/// How many noise symbols the forms of all units may have.
struct SymbolBudget: Sendable {
  /// Whether every coordinate has its symbol; ranges remember nothing of each other otherwise.
  let isKept: Bool
  /// How many nonlinear steps have one.
  let fresh: Int
  let excess: MemoryExcess?

  /// - Parameters:
  ///   - units: of one of the four runs that are held together.
  ///   - fresh: how many are asked for.
  init(coordinates: Double, units: Double, fresh: Int, cap: MemoryCap) {
    let each = 32 * units
    let room = cap.count(each: each)
    isKept = coordinates <= Double(room)
    self.fresh = isKept ? min(fresh, room - Int(coordinates)) : 0
    excess =
      isKept
      ? cap.excess(.freshSymbols, asked: fresh == self.fresh ? 0 : each * (coordinates + Double(fresh)))
      : cap.excess(.symbols, asked: each * coordinates)
  }
}

extension ErrorAnalysis {
  /// How many edges may be worked on at once, of so many that were asked for: as many as hold no more than two caps.
  public func threads(_ asked: Int) -> Int {
    let nodes = network.architecture.nodes
    let entries = network.architecture.edges.map { Double(nodes[$0.source].width) * Double(nodes[$0.target].width) }
    let coordinates = Double((nominal.inputs + nominal.targets).reduce(0) { $0 + $1.count })
    let enclosure = MemoryCap.enclosure(precision: ladder.precision)
    let units = nodes.reduce(0) { $0 + Double($1.width) }
    let symbols = 3 * coordinates + min(Double(ladder.freshSymbols), 3 * units)
    let forms = (entries.max() ?? 0) * (5 * enclosure + 48 * symbols)
    let each = min(Double(ladder.cap.bytes), max(6 * units * enclosure, forms))
    return max(1, min(asked, Int(min(2 * Double(ladder.cap.bytes) / max(each, 1), 0x1p30))))
  }

  /// Refuses an edge of which nothing can be said within the cap, before anything is worked out.
  ///
  /// - Throws: `BoundError.memory` naming the cap, `BoundError.network` as ``bound(_:effort:)`` does.
  public func requireMemory(_ edge: Int) throws(BoundError) {
    // Small networks have small passes, whatever their lags.
    let units = network.architecture.nodes.reduce(0) { $0 + $1.width }
    guard units > ladder.cap.count(each: 0x1p16) else { return }
    let problems: [BoundProblem]
    do { problems = try self.problems(edge) } catch { throw .network(error) }
    for problem in problems where !problem.isExact {
      if let excess = ladder.memory(problem).pass { throw .memory(edge: problem.name, excess) }
    }
  }
}
