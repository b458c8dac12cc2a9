import Networks

extension UpdateFormula {
  /// The formula as a sum over backward paths, one product a line, as the paper writes its equation (5).
  ///
  /// `σ′(h2)@t−2 · W(h2->y)ᵀ · e(y)@t−2 · x(h1)@t−1ᵀ`: every factor with the lag of the frame it is a function of. A
  /// factor that mixes several frames lists them: `@t−{1,2}`.
  /// - Parameter limit: the most paths printed; the rest is counted.
  public func printed(limit: Int = 8) throws(NetworkError) -> String {
    try printedLines(limit: limit).joined(separator: "\n")
  }

  /// The lines of it: names may have line ends of their own.
  public func printedLines(limit: Int = 8) throws(NetworkError) -> [String] {
    let forward = try ForwardLags(architecture, schedule)
    let ends = architecture.edges[edge]
    let inputLags = forward.activity[ends.source].shifted(by: schedule.inputMemory[edge])
    let input = "x(\(architecture.nodes[ends.source].name))\(text(inputLags))ᵀ"
    let (products, total) = products(limit: limit, forward, closedBy: input)
    guard !products.isEmpty else { return ["0 (no path from here to an output)"] }
    let rest = total - products.count
    let more = total > 1000 ? "more than 1000 more paths" : rest == 1 ? "1 more path" : "\(rest) more paths"
    return (products + (rest > 0 ? [more] : [])).enumerated().map { ($0.offset == 0 ? "" : "+ ") + $0.element }
  }

  /// The products of the first paths, and how many paths there are, counted up to a thousand and one.
  ///
  /// Goes only where an output is reached, so that every step belongs to a path that is counted; the path is a list, not
  /// calls.
  private func products(limit: Int, _ forward: ForwardLags, closedBy input: String) -> (products: [String], total: Int)
  {
    var reaches = architecture.nodes.indices.map(architecture.isOutput)
    for node in forward.order.reversed() where !reaches[node] {
      reaches[node] = architecture.outgoing[node].contains { reaches[architecture.edges[$0].target] }
    }
    var (products, total): ([String], Int) = ([], 0)
    /// Factors and slopes among them before each node of the path.
    var (factors, slopes): ([String], [Int]) = ([], [])
    var path = [(node: error.node, lag: error.lag, next: 0, factors: 0, slopes: 0)]
    while let (node, lag, next, factorCount, slopeCount) = path.last {
      factors.removeLast(factors.count - factorCount)
      slopes.removeLast(slopes.count - slopeCount)
      if next == 0, architecture.isOutput(node) {
        total += 1
        if products.count < limit {
          products.append((close(factors, slopes, node, lag, forward) + [input]).joined(separator: " · "))
        }
      }
      guard total <= 1000 else { break }
      guard next < architecture.outgoing[node].count else {
        path.removeLast()
        continue
      }
      path[path.count - 1].next += 1
      let out = architecture.outgoing[node][next]
      guard reaches[architecture.edges[out].target] else { continue }
      if !architecture.nodes[node].activation.isAffine {
        slopes.append(factors.count)
        var slope = "σ′(\(architecture.nodes[node].name))"
        if case .memory(let memory) = schedule.slopeSource {
          slope += text(forward.drive[node].shifted(by: lag + memory[node]))
        }
        factors.append(slope)
      }
      factors.append("W(\(architecture.edges[out].name))ᵀ")
      path.append(
        (architecture.edges[out].target, lag + schedule.backwardLatency[out], 0, factors.count, slopes.count))
    }
    return (products, total)
  }

  /// A product is closed by the error of its output; frame-consistent slopes then learn their frame.
  private func close(_ factors: [String], _ slopes: [Int], _ output: Int, _ lag: Int, _ forward: ForwardLags)
    -> [String]
  {
    let name = architecture.nodes[output].name
    var closed = factors
    if schedule.slopeSource == .frameConsistent {
      for index in slopes { closed[index] += text(Lags(lag + schedule.waveFrameLag[output])) }
    }
    let target = Lags(lag + schedule.targetLag[output])
    guard schedule.errorSource == .closed else { return closed + ["e(\(name))\(text(target))"] }
    let own = forward.activity[output].shifted(by: lag + schedule.outputMemory[output])
    let slope = architecture.nodes[output].activation.isAffine ? [] : [slopeOfOutput(output, lag, forward)]
    return closed + slope + ["(x(\(name))\(text(own)) − y(\(name))\(text(target)))"]
  }

  private func slopeOfOutput(_ output: Int, _ lag: Int, _ forward: ForwardLags) -> String {
    let read = forward.drive[output].shifted(by: lag + schedule.residualSlopeMemory[output])
    return "σ′(\(architecture.nodes[output].name))\(text(read))"
  }

  private func text(_ lags: Lags) -> String {
    if let lag = lags.single { return LagText.at(lag) }
    return lags.isEmpty ? "" : "@t−{\(lags.values.map(String.init).joined(separator: ","))}"
  }
}
