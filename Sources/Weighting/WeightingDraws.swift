package import Kernels

/// The random draws of one method in one run: a stream of its own, or draws written down
/// beforehand, so that reference cases can be replayed.
package struct WeightingDraws: Sendable {
  private var stream: RandomStream
  private var scriptedOrders: [[Int]]?
  private var scriptedUniforms: [Double]?
  private var scriptedNormals: [Double]?

  package init(_ stream: RandomStream) {
    self.stream = stream
  }

  /// Makes the next orders those given, until other ones are; `orders[i]` is the order in which
  /// task i meets the others, shape [K][K - 1] (or [K][K] where a variant meets itself).
  package mutating func script(orders: [[Int]]) {
    scriptedOrders = orders
  }

  /// Makes the next uniform numbers those given.
  package mutating func script(uniforms: [Double]) {
    scriptedUniforms = uniforms
  }

  /// Makes the next normal numbers those given.
  package mutating func script(normals: [Double]) {
    scriptedNormals = normals
  }

  /// A seed for a rule that draws by itself, from 0 to 2^31 - 1.
  package mutating func seed() -> Int { stream.below(1 << 31) }

  /// Fills `order` with a random order of all tasks in which task `task` meets the others; whoever
  /// skips the task itself does so while reading.
  ///
  /// - Parameters:
  ///   - order: Receives task indices; its count is left as it is unless an order has been scripted,
  ///     in which case it becomes that order.
  ///   - task: The task whose scripted order is meant.
  package mutating func fillOrder(_ order: inout [Int], for task: Int) {
    if let scriptedOrders {
      order.removeAll(keepingCapacity: true)
      order.append(contentsOf: scriptedOrders[task])
      return
    }
    for i in order.indices { order[i] = i }
    var last = order.count - 1
    while last > 0 {
      order.swapAt(last, stream.below(last + 1))
      last -= 1
    }
  }

  /// Fills `values` with numbers uniform in (0, 1).
  package mutating func fillUniforms(_ values: inout [Double]) {
    for i in values.indices {
      values[i] = scriptedUniforms.map { $0[i] } ?? stream.openUniform()
    }
  }

  /// Fills `values` with independent standard normal numbers.
  package mutating func fillNormals(_ values: inout [Double]) {
    for i in values.indices {
      values[i] = scriptedNormals.map { $0[i] } ?? stream.normal()
    }
  }
}
