import Networks

extension UpdateFormula {
  /// The formula as a sum over backward paths, one product a line, as the paper writes its equation (5).
  ///
  /// `σ′(h2)@t−2 · W(h2->y)ᵀ · e(y)@t−2 · x(h1)@t−1ᵀ`: every factor with the lag of the frame it is a function of. A
  /// factor that mixes several frames lists them: `@t−{1,2}`.
  /// - Parameter limit: the most paths printed; the rest is counted.
  public func printed(limit: Int = 8) throws(NetworkError) -> String {
    let forward = try ForwardLags(architecture, schedule)
    let ends = architecture.edges[edge]
    let inputLags = forward.activity[ends.source].shifted(by: schedule.inputMemory[edge])
    let input = "x(\(architecture.nodes[ends.source].name))\(text(inputLags))ᵀ"
    var products: [String] = []
    var total = 0
    func walk(_ node: Int, _ lag: Int, _ factors: [String], _ passed: [Int]) {
      if architecture.isOutput(node) {
        total += 1
        if products.count < limit {
          products.append((close(factors, passed, node, lag, forward) + [input]).joined(separator: " · "))
        }
      }
      guard total <= 1000 else { return }
      for out in architecture.outgoing[node] {
        var slope = "σ′(\(architecture.nodes[node].name))"
        if case .memory(let memory) = schedule.slopeSource {
          slope += text(forward.drive[node].shifted(by: lag + memory[node]))
        }
        walk(
          architecture.edges[out].target, lag + schedule.backwardLatency[out],
          factors + (architecture.nodes[node].activation.isAffine ? [] : [slope])
            + ["W(\(architecture.edges[out].name))ᵀ"],
          passed + (architecture.nodes[node].activation.isAffine ? [] : [factors.count]))
      }
    }
    walk(ends.target, schedule.errorMemory[edge], [], [])
    guard !products.isEmpty else { return "0 (no path from here to an output)" }
    let rest = total - products.count
    let more = total > 1000 ? "more than 1000 more paths" : rest == 1 ? "1 more path" : "\(rest) more paths"
    return products.joined(separator: "\n+ ") + (rest > 0 ? "\n+ \(more)" : "")
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
