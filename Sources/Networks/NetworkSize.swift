package import Kernels
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
  ///   - input: What an input row is.
  ///   - outputCounts: Outputs of each task, shape [K].
  /// - Returns: The size.
  package func size(input: InputForm, outputCounts: [Int]) -> NetworkSize {
    let (graph, plan) = plan(input: input, outputCounts: outputCounts)
    return NetworkSize(graph, plan)
  }

  /// Network settings with every width of the trunk times a factor, at least 1.
  package static func widened(_ settings: CanonicalTable, by factor: Double) -> CanonicalTable {
    var table = settings
    switch settings["trunk"] {
    case .list(let widths):
      table["trunk"] = .list(widths.map { widened($0, by: factor, most: widthRange.upperBound) })
    case .table(var trunk):
      for (key, most) in TrunkRegistry.widths {
        // Where heads share a width, it stays a multiple of them.
        let unit = key == "width" ? count(trunk["heads"]) ?? 1 : 1
        switch trunk[key] {
        case .list(let widths):
          trunk[key] = .list(widths.map { widened($0, by: factor, most: most) })
        case .some(let width): trunk[key] = widened(width, by: factor, most: most, unit: unit)
        case nil: break
        }
      }
      table["trunk"] = .table(trunk)
    default: break
    }
    return table
  }

  private static func count(_ value: CanonicalTable.Value?) -> Int? {
    guard case .literal(let text) = value else { return nil }
    return Int(text)
  }

  /// A width times a factor, a multiple of `unit` from it on.
  private static func widened(
    _ width: CanonicalTable.Value,
    by factor: Double,
    most: Int,
    unit: Int = 1
  ) -> CanonicalTable.Value {
    guard let count = count(width) else { return width }
    let units = (Double(count) * factor / Double(unit)).rounded()
    return .count(min(max(Int(units), 1), most / unit) * unit)
  }
}
