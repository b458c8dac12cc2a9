import Networks

extension Schedule {
  /// The same schedule under another policy of weight versions.
  ///
  /// With A(v) the lag of the drive, RT(v) the round trip, c_e the tick of the first update and P the frame period:
  /// ```
  /// current    forward 0, backward 0 (sender) or −b_e (receiver)
  /// stashed    forward 0, backward RT(v)
  /// vertical   forward A(v) + P(S + 1) − c_e − 1, backward RT(v) more; S the least number of updates that makes all ≥ 0
  /// ```
  /// - Throws: `NetworkError` when the policy needs one round trip or one arrival time per node and a node has several.
  public func reading(
    weights policy: WeightReads.Policy, at side: WeightReads.Side = .sender, on architecture: Architecture
  ) throws(NetworkError) -> Schedule {
    var copy = self
    guard policy != .frozen else {
      copy.weightReads = .frozen
      return copy
    }
    let start = try updateStart(architecture)
    let zeros = [Int](repeating: 0, count: architecture.edges.count)
    var reads = WeightReads(policy: policy, side: side, forward: zeros, backward: zeros, start: start)
    switch policy {
    case .frozen: break
    case .current:
      if side == .receiver { reads.backward = backwardLatency.map { -$0 } }
    case .stashed: reads.backward = try architecture.roundTrips(self, for: policy)
    case .vertical:
      let arrivals = try architecture.arrivals(self, for: policy)
      let ages = zip(start, arrivals).map { ($0 - $1 + framePeriod) / framePeriod - 1 }
      let common = max(ages.max() ?? 0, 0)
      reads.forward = zip(start, arrivals).map { $1 + framePeriod * (common + 1) - $0 - 1 }
      reads.backward = zip(try architecture.roundTrips(self, for: policy), reads.forward).map { $0 + $1 }
    }
    copy.weightReads = reads
    return copy
  }

  /// The greatest lag of an input or an output in each edge's update: the tick at which all of it belongs to frames from
  /// 0 on.
  private func updateStart(_ architecture: Architecture) throws(NetworkError) -> [Int] {
    let forward = try ForwardLags(architecture, self)
    var latest = [Int?](repeating: nil, count: architecture.nodes.count)
    for node in forward.order.reversed() {
      for index in architecture.outgoing[node] {
        guard let later = latest[architecture.edges[index].target] else { continue }
        latest[node] = max(latest[node] ?? 0, later + backwardLatency[index])
      }
      if architecture.isOutput(node) {
        let own = errorSource == .closed ? (forward.activity[node].maximum ?? 0) + outputMemory[node] : targetLag[node]
        latest[node] = max(latest[node] ?? 0, own)
      }
    }
    return architecture.edges.indices.map { index in
      let edge = architecture.edges[index]
      let input = (forward.activity[edge.source].maximum ?? 0) + inputMemory[index]
      return max(input, (latest[edge.target] ?? 0) + errorMemory[index], 0)
    }
  }
}

extension Architecture {
  /// RT of each edge's target.
  fileprivate func roundTrips(_ schedule: Schedule, for policy: WeightReads.Policy) throws(NetworkError) -> [Int] {
    let trips = try RoundTrip(self, schedule).total
    var found: [Int] = []
    for edge in edges {
      guard trips[edge.target].count <= 1 else {
        throw NetworkError(
          "weights \(policy.rawValue): the errors that come back to \"\(nodes[edge.target].name)\" are "
            + "\(trips[edge.target].values) ticks old, so no one version belongs to them; choose current or frozen")
      }
      found.append(trips[edge.target].single ?? 0)
    }
    return found
  }

  /// The lag of the drive at each edge's target.
  fileprivate func arrivals(_ schedule: Schedule, for policy: WeightReads.Policy) throws(NetworkError) -> [Int] {
    let drives = try ForwardLags(self, schedule).drive
    var found: [Int] = []
    for edge in edges {
      guard drives[edge.target].count <= 1 else {
        throw NetworkError(
          "weights \(policy.rawValue): the drive of \"\(nodes[edge.target].name)\" mixes frames of lags "
            + "\(drives[edge.target].values), so no one version belongs to it; choose current or frozen")
      }
      found.append(drives[edge.target].single ?? 0)
    }
    return found
  }
}
