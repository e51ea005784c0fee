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
  /// Tensors by name, in the order of the modules: those of no task, then each task's.
  package let tensors: [NamedTensor]
  /// Layers that draw for every training step, with the place of their parameters.
  let drawing: [(layer: any DrawingLayer, place: Int)]
  /// What the layers keep of the batches they were trained on: no parameters, but of a checkpoint.
  package let state: FloatBuffer
  /// Its vectors by name.
  package let states: [NamedTensor]
  let stateful: [any StatefulLayer]
  let penalties: [any Penalty]
  private let groups: [(place: Int, group: TensorGroup)]
  /// That of the last `initialize`.
  private(set) var seed: UInt64 = 0

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
    let (built, plan) = Self.plan(
      scheme,
      trunk,
      heads: heads,
      input: shape.input,
      outputCounts: shape.outputCounts
    )
    graph = built
    self.plan = plan
    parameters = FloatBuffer(count: plan.parameterCount)
    gradient = FloatBuffer(count: plan.parameterCount)
    let (statePlaces, stateCount) = built.statePlaces
    state = FloatBuffer(count: stateCount)
    let space = NetworkSpace(
      built,
      plan,
      rows: shape.batchRows,
      state: state,
      isTraining: true,
      kernels: kernels
    )
    self.space = space
    passes = NetworkPasses(built, plan, space)
    lastSharedLayers = plan.lastRanges
    drawing = zip(space.layers, plan.places).compactMap { layer, place in
      (layer as? any DrawingLayer).map { ($0, place) }
    }
    stateful = space.layers.compactMap { $0 as? any StatefulLayer }
    states = zip(built.nodes, statePlaces).flatMap { node, place in
      node.states.map { NamedTensor($0, path: node.path, place: place) }
    }
    groups = Self.groups(built, plan)
    tensors = groups.flatMap { place, group in
      group.tensors.map { NamedTensor($0, path: group.path, place: place) }
    }
    var layers: [String: (layer: any Layer, range: Range<Int>)] = [:]
    for (index, node) in built.nodes.enumerated() {
      let place = plan.places[index]
      layers[node.path] = (space.layers[index], place..<place + node.parameterCount)
    }
    let penalized = PenaltySpace(
      tensors: tensors,
      parameters: parameters,
      gradient: gradient,
      kernels: kernels,
      layers: layers
    )
    penalties = built.penalties.map { $0(penalized) }
    topGradients = plan.topWires.map { wire in
      let form = built.wires[wire].form
      return Matrix(
        rows: shape.taskCount * shape.batchRows * form.rowCount,
        columns: form.width
      )
    }
  }

  /// The graph that a scheme writes, and its plan.
  static func plan(
    _ scheme: any SharingScheme,
    _ trunk: any Trunk,
    heads: HeadWidths,
    input: InputForm,
    outputCounts: [Int]
  ) -> (graph: NetworkGraph, plan: NetworkPlan) {
    func graph(_ outputCounts: [Int]) -> NetworkGraph {
      var builder = NetworkBuilder(
        input: input,
        outputCounts: outputCounts,
        trunk: trunk,
        heads: heads
      )
      scheme.build(&builder)
      return builder.graph
    }
    let built = graph(outputCounts)
    guard outputCounts.count == 1 else { return (built, NetworkPlan(built)) }
    // Alone, a task has as its own what it would not share with a second one.
    let pair = graph(outputCounts + outputCounts)
    let shared = NetworkPlan(pair).sharedPaths(in: pair)
    return (built, NetworkPlan(built, sharedPaths: shared))
  }

  package var sharedCount: Int { plan.sharedCount }
  package var parameterCount: Int { plan.parameterCount }

  /// Parameters that move at another learning rate than all else, with its factor.
  package var rateFactors: [(range: Range<Int>, factor: Double)] {
    graph.nodes.indices.filter { graph.nodes[$0].rateFactor != 1 }.map { index in
      let place = plan.places[index]
      let node = graph.nodes[index]
      return (place..<place + node.parameterCount, node.rateFactor)
    }
  }

  /// Ranges of the shared parameters, one for each layer.
  package var sharedLayers: [Range<Int>] { plan.sharedRanges }

  /// Ranges of the shared parameters, one for each weight matrix or bias.
  package var sharedMatrices: [Range<Int>] {
    tensors.map { $0.rows }.filter { $0.upperBound <= sharedCount }
      .sorted { $0.lowerBound < $1.lowerBound }
  }

  /// Bytes of all buffers: parameters and gradient, edges and what the backward passes keep.
  package var bufferBytes: Int {
    parameters.byteCount + gradient.byteCount + state.byteCount + space.byteCount
      + topGradients.reduce(0) { $0 + $1.buffer.byteCount }
      + penalties.reduce(0) { $0 + $1.byteCount }
  }

  /// The tensors of every layer, with its place: those of no task, then each task's, heads first.
  private static func groups(
    _ graph: NetworkGraph,
    _ plan: NetworkPlan
  ) -> [(place: Int, group: TensorGroup)] {
    var all: [(place: Int, group: TensorGroup)] = []
    var tied: Set<String> = []
    for (node, place) in zip(graph.nodes, plan.places) {
      if let part = node.tied, tied.insert(part.path).inserted {
        all.append((plan.tiedPlaces[part.path] ?? 0, part.group))
      }
      all += node.parts.map { (place, $0) }
    }
    let ofNone = all.filter { group in
      if case .task = group.group.stream { return false }
      return true
    }
    let ofTasks = graph.outputs.indices.flatMap { task in
      let own = all.filter { $0.group.stream == .task(task) }
      return own.filter { $0.group.isHead } + own.filter { !$0.group.isHead }
    }
    return ofNone + ofTasks
  }

  /// Draws starting values: uniform in ±1/sqrt(inputs) for weights and biases of every layer, what
  /// belongs to no task and each task's own from streams of their own, each task's head first.
  package func initialize(seed: UInt64) {
    self.seed = seed
    let start = RandomStream(seed: seed, purpose: .initialization)
    var common = start
    var columns: [Int: RandomStream] = [:]
    var own = shape.taskIndices.map { index in
      RandomStream(seed: seed, purpose: .initialization, index: UInt64(index) + 1)
    }
    for (place, group) in groups {
      switch group.stream {
      case .common: fill(group.tensors, at: place, from: &common)
      case .column(let column):
        fill(group.tensors, at: place, from: &columns[column, default: start])
      case .task(let task): fill(group.tensors, at: place, from: &own[task])
      }
    }
    for vector in states {
      guard case .numbers(let numbers) = vector.start else { continue }
      for (index, number) in numbers.enumerated() {
        unsafe state.start[vector.offset + index] = number
      }
    }
  }

  private func fill(_ tensors: [TensorPlace], at place: Int, from stream: inout RandomStream) {
    for tensor in tensors {
      for input in 0..<tensor.inputCount {
        for output in 0..<tensor.outputCount {
          let value: Float
          switch tensor.start {
          case .uniform(let bound): value = Float((2 * stream.uniform() - 1) * bound)
          case .numbers(let numbers): value = numbers[input * tensor.outputCount + output]
          }
          let position = place + tensor.offset + input * tensor.stride + output
          unsafe parameters.start[position] = value
        }
      }
    }
  }

  /// An evaluator of this network for parts of `rowCount` rows.
  package func makeEvaluator(rowCount: Int) -> Evaluator {
    Evaluator(graph, plan, parameters, state, rowCount: rowCount, kernels)
  }

  /// Floats of all that training changes: parameters and state.
  package var snapshotCount: Int { parameterCount + state.count }

  /// Copies parameters and state.
  ///
  /// - Parameter target: Receives `snapshotCount` floats.
  package func save(to target: UnsafeMutablePointer<Float>) {
    unsafe target.update(from: parameters.start, count: parameterCount)
    unsafe (target + parameterCount).update(from: state.start, count: state.count)
  }

  /// Takes parameters and state over, as `save` left them.
  package func restore(from source: UnsafePointer<Float>) {
    unsafe parameters.start.update(from: source, count: parameterCount)
    unsafe state.start.update(from: source + parameterCount, count: state.count)
  }
}

extension NamedTensor {
  /// A tensor of a layer that stands at `place`.
  fileprivate init(_ tensor: TensorPlace, path: String, place: Int) {
    self.init(
      name: path + (tensor.suffix.isEmpty ? "" : ".") + tensor.suffix,
      inputCount: tensor.inputCount,
      outputCount: tensor.outputCount,
      isBias: tensor.isBias,
      offset: place + tensor.offset,
      stride: tensor.stride,
      start: tensor.start,
      isTable: tensor.isTable
    )
  }
}
