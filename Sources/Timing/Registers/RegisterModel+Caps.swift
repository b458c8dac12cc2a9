import Networks

extension RegisterModel {
  /// A cap is a difference constraint the other way round: X_i ≥ X_j − limit.
  mutating func addCaps() throws(NetworkError) {
    for cap in request.caps {
      guard (0...DifferenceConstraints.greatestBound / 4).contains(cap.limit) else {
        throw NetworkError("a cap of \(cap.limit) ticks on \(cap.resource.rawValue); a cap is a whole number from 0 on")
      }
      if cap.resource.isOfEdges {
        for edge in cap.place.map({ [$0] }) ?? Array(architecture.edges.indices) { addEdgeCap(cap, edge) }
      } else {
        for node in cap.place.map({ [$0] }) ?? Array(architecture.nodes.indices) { addNodeCap(cap, node) }
      }
    }
  }

  private mutating func addEdgeCap(_ cap: RegisterCap, _ index: Int) {
    let edge = architecture.edges[index]
    let (u, v) = (edge.source, edge.target)
    let reason = RegisterReason.cap(cap.resource, index, cap.limit)
    switch cap.resource {
    case .p where product[index] >= 0 && activity[u] >= 0:
      require(activity[u], atLeast: -cap.limit, above: product[index], because: reason)
    case .d where product[index] >= 0:
      require(error[v], atLeast: -cap.limit, above: product[index], because: reason)
    case .p where relevant.isLive[index] && activity[u] >= 0:
      require(activity[u], atLeast: -cap.limit - request.tolerance, above: error[v], because: reason)
    case .d where relevant.isLive[index] && activity[u] >= 0:
      require(error[v], atLeast: -cap.limit - request.tolerance, above: activity[u], because: reason)
    case .forward where relevant.carriesActivity(edge):
      require(activity[u], atLeast: -cap.limit - hop(index), above: activity[v], because: reason)
    case .backward where relevant.carriesError(edge):
      let latency = latencies.backwardLatency[index]
      require(error[v], atLeast: -cap.limit - latency, above: error[u], because: reason)
    default: break
    }
  }

  private mutating func addNodeCap(_ cap: RegisterCap, _ node: Int) {
    let reason = RegisterReason.cap(cap.resource, node, cap.limit)
    let delay = latencies.activationDelay[node]
    switch cap.resource {
    case .m where relevant.slope[node]:
      require(activity[node], atLeast: delay - cap.limit - request.tolerance, above: error[node], because: reason)
    case .n
    where architecture.isOutput(node) && activity[node] >= 0 && error[node] >= 0
      && latencies.errorSource == .closed:
      require(activity[node], atLeast: -cap.limit, above: error[node], because: reason)
    case .activity where activity[node] >= 0:
      require(activity[node], atLeast: -cap.limit, above: activityEnd[node], because: reason)
    case .error where error[node] >= 0:
      require(error[node], atLeast: -cap.limit, above: errorEnd[node], because: reason)
    default: break
    }
  }
}
