package import Kernels

/// A network with shared and own parameters, its buffers for one training batch, and the passes
/// that a training step puts together.
///
/// It is a list of layers in order. A sharing scheme says which layers read which outputs; what is
/// shared, where the flat vectors begin and which work a pass has follows from that (`NetworkPlan`).
///
/// Parameters and gradients are flat vectors with the shared part first. One step is `forward`,
/// the caller's losses (which fill `outputGradient`), `backwardOwn`, then what the weighting
/// method needs: `sharedGradient`s of single tasks into rows of the caller's, or one of the scaled
/// sum of all tasks; and `finishOwn`. No pass allocates.
package final class Network {
  package let shape: NetworkShape
  /// All parameters: `sharedCount` shared ones, then the tasks' own.
  package let parameters: FloatBuffer
  /// Gradients in the same order.
  package let gradient: FloatBuffer
  let kernels: KernelTable
  let graph: NetworkGraph
  let plan: NetworkPlan
  let space: NetworkSpace
  let passes: NetworkPasses
  /// For each edge of `plan.topWires`, every task's gradient at it, rows of one task below those of
  /// the other.
  let topGradients: [Matrix]
  /// Ranges of the last shared layers: those whose outputs no other shared layer's depend on.
  package let lastSharedLayers: [Range<Int>]

  /// Builds the network with all parameters zero.
  package init(
    _ scheme: any SharingScheme,
    _ trunk: any Trunk,
    heads: HeadWidths,
    shape: NetworkShape,
    kernels: KernelTable
  ) {
    self.shape = shape
    self.kernels = kernels
    func graph(_ outputCounts: [Int]) -> NetworkGraph {
      var builder = NetworkBuilder(
        inputCount: shape.inputCount,
        outputCounts: outputCounts,
        trunk: trunk,
        heads: heads
      )
      scheme.build(&builder)
      return builder.graph
    }
    let built = graph(shape.outputCounts)
    self.graph = built
    let plan: NetworkPlan
    if shape.taskCount == 1 {
      // Alone, a task has as its own what it would not share with a second one.
      let pair = graph(shape.outputCounts + shape.outputCounts)
      let shared = NetworkPlan(pair).sharedPaths(in: pair)
      plan = NetworkPlan(built, sharedPaths: shared)
    } else {
      plan = NetworkPlan(built)
    }
    self.plan = plan
    parameters = FloatBuffer(count: plan.parameterCount)
    gradient = FloatBuffer(count: plan.parameterCount)
    let space = NetworkSpace(built, plan: plan, rows: shape.batchRows, kernels: kernels)
    self.space = space
    passes = NetworkPasses(built, plan, space)
    lastSharedLayers = plan.lastNodes.map { plan.range(of: $0, built) }
    topGradients = plan.topWires.map { wire in
      Matrix(rows: shape.taskCount * shape.batchRows, columns: built.wires[wire].width)
    }
  }

  package var sharedCount: Int { plan.sharedCount }
  package var parameterCount: Int { plan.parameterCount }

  /// Ranges of the shared parameters, one for each layer.
  package var sharedLayers: [Range<Int>] { plan.sharedNodes.map { plan.range(of: $0, graph) } }

  /// Ranges of the shared parameters, one for each weight matrix or bias.
  package var sharedMatrices: [Range<Int>] {
    tensors.map { $0.rows }.filter { $0.upperBound <= sharedCount }
      .sorted { $0.lowerBound < $1.lowerBound }
  }

  /// Tensors by name, in the order of the modules.
  package var tensors: [NamedTensor] {
    groups.flatMap { node, group in
      group.tensors.map { tensor in
        NamedTensor(
          name: "\(group.path).\(tensor.suffix)",
          inputCount: tensor.inputCount,
          outputCount: tensor.outputCount,
          isBias: tensor.isBias,
          offset: plan.places[node] + tensor.offset,
          stride: tensor.stride,
          bound: tensor.bound
        )
      }
    }
  }

  /// Bytes of all buffers: parameters and gradient, edges and what the backward passes keep.
  package var bufferBytes: Int {
    parameters.byteCount + gradient.byteCount + space.byteCount
      + topGradients.reduce(0) { $0 + $1.buffer.byteCount }
  }

  /// The tensors of every layer, with its node: those of no task, then each task's.
  private var groups: [(node: Int, group: TensorGroup)] {
    let all = graph.nodes.enumerated().flatMap { node, value in value.parts.map { (node, $0) } }
    let streams: [StartingStream] = [.common] + (0..<shape.taskCount).map { .task($0) }
    return streams.flatMap { stream in all.filter { $0.1.stream == stream } }
  }

  /// Draws starting values: uniform in ±1/sqrt(inputs) for weights and biases of every layer, what
  /// belongs to no task and each task's own from streams of their own.
  package func initialize(seed: UInt64) {
    var common = RandomStream(seed: seed, purpose: .initialization)
    var own = shape.taskIndices.map { index in
      RandomStream(seed: seed, purpose: .initialization, index: UInt64(index) + 1)
    }
    for (node, group) in groups {
      let place = plan.places[node]
      switch group.stream {
      case .common: fill(group.tensors, at: place, from: &common)
      case .task(let task): fill(group.tensors, at: place, from: &own[task])
      }
    }
  }

  private func fill(_ tensors: [TensorPlace], at place: Int, from stream: inout RandomStream) {
    for tensor in tensors {
      let bound = tensor.bound
      for input in 0..<tensor.inputCount {
        for output in 0..<tensor.outputCount {
          let value = Float((2 * stream.uniform() - 1) * bound)
          let position = place + tensor.offset + input * tensor.stride + output
          unsafe parameters.start[position] = value
        }
      }
    }
  }

  /// An evaluator of this network for parts of `rowCount` rows.
  package func makeEvaluator(rowCount: Int) -> Evaluator {
    Evaluator(graph, places: plan.places, parameters, rowCount: rowCount, kernels)
  }
}
