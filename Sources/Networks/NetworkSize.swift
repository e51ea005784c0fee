package import Settings

/// How large a network is, counted and not measured.
package struct NetworkSize: Hashable, Sendable {
  /// Weights, biases and all other trained numbers, without what pads them.
  package let parameters: Int
  /// Those of them that several tasks share.
  package let sharedParameters: Int
  /// Multiply-adds of the forward pass of one row.
  package let forwardMultiplyAdds: Int
  /// Multiply-adds a row of one training step with a single backward pass of the weighted sum: forward,
  /// the gradients at all parameters, and those at all inputs that some parameter lies behind.
  package let stepMultiplyAdds: Int

  init(_ graph: NetworkGraph, _ plan: NetworkPlan) {
    var shared = 0
    var own = 0
    var forward = 0
    var backward = 0
    var tied: Set<String> = []
    for (index, node) in graph.nodes.enumerated() {
      let count = node.parts.reduce(0) { $0 + $1.parameters }
      if plan.isShared[index] { shared += count } else { own += count }
      if let part = node.tied, tied.insert(part.path).inserted { shared += part.group.parameters }
      forward += node.multiplyAdds
      if count > 0 { backward += node.multiplyAdds }
      if plan.passingBack.contains(index) { backward += node.inputMultiplyAdds }
    }
    parameters = shared + own
    sharedParameters = shared
    forwardMultiplyAdds = forward
    stepMultiplyAdds = forward + backward
  }
}

extension TensorGroup {
  fileprivate var parameters: Int { tensors.reduce(0) { $0 + $1.inputCount * $1.outputCount } }
}

extension NetworkSettings {
  /// The size of the network for a problem.
  ///
  /// - Parameters:
  ///   - inputCount: Numbers of an input row.
  ///   - outputCounts: Outputs of each task, shape [K].
  /// - Returns: The size.
  package func size(inputCount: Int, outputCounts: [Int]) -> NetworkSize {
    let (graph, plan) = plan(inputCount: inputCount, outputCounts: outputCounts)
    return NetworkSize(graph, plan)
  }

  /// Network settings with every width of the trunk times a factor, at least 1.
  package static func widened(_ settings: CanonicalTable, by factor: Double) -> CanonicalTable {
    var table = settings
    guard case .list(let widths) = settings["trunk"] else { return table }
    table["trunk"] = .list(
      widths.map { width in
        guard case .literal(let text) = width, let count = Double(text) else { return width }
        let wide = (count * factor).rounded()
        return .count(
          min(max(Int(wide), Self.widthRange.lowerBound), Self.widthRange.upperBound)
        )
      }
    )
    return table
  }
}
