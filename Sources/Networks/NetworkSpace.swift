internal import Kernels

/// The edges and layers of a network for a number of rows.
@safe final class NetworkSpace {
  /// Edges by wire.
  let edges: [Edge]
  let layers: [any Layer]
  private let starts: UnsafeMutablePointer<EdgeStarts>
  /// Where each edge's own gradient begins.
  private let ownGradients: [UnsafeMutablePointer<Float>]
  private let storage: [Matrix]

  /// Makes the storage and the layers.
  ///
  /// - Parameters:
  ///   - graph: The network.
  ///   - plan: Its plan.
  ///   - rows: Rows of one pass.
  ///   - state: What the layers keep of the batches they were trained on.
  ///   - isTraining: Whether it is trained; without, there are no gradients.
  ///   - kernels: The instruction set to compute with.
  init(
    _ graph: NetworkGraph,
    _ plan: NetworkPlan,
    rows: Int,
    state: FloatBuffer,
    isTraining: Bool,
    kernels: KernelTable
  ) {
    // An edge for every wire, and one for all parts of each node.
    let count = graph.wires.count + graph.nodes.count
    let starts = UnsafeMutablePointer<EdgeStarts>.allocate(capacity: count)
    var storage: [Matrix] = []
    func begin(_ index: Int, rows: Int, width: Int, hasGradient: Bool) -> Int {
      let values = Matrix(rows: rows, columns: width)
      storage.append(values)
      var gradient = values
      if hasGradient {
        gradient = Matrix(rows: rows, columns: width)
        storage.append(gradient)
      }
      unsafe (starts + index).initialize(
        to: EdgeStarts(values: values.buffer.start, gradient: gradient.buffer.start)
      )
      return values.stride
    }
    func edge(_ index: Int, rows: Int, width: Int, stride: Int, ending: Ending) -> Edge {
      unsafe Edge(rows: rows, width: width, stride: stride, ending: ending, starts: starts + index)
    }
    let statePlaces = graph.statePlaces.places

    let inputWidth = graph.wires[0].width
    let inputStride = begin(0, rows: rows, width: inputWidth, hasGradient: false)
    var edges = [edge(0, rows: rows, width: inputWidth, stride: inputStride, ending: .linear)]
    var layers: [any Layer] = []
    for (index, node) in graph.nodes.enumerated() {
      let place = graph.wires.count + index
      let isReached = node.outputs.contains {
        plan.carryingWires.contains($0) || graph.outputs.contains($0)
      }
      let nodeRows = rows * graph.wires[node.outputs[0]].form.rowCount
      let stride = begin(
        place,
        rows: nodeRows,
        width: node.width,
        hasGradient: isTraining && isReached
      )
      for (wire, columns) in zip(node.outputs, node.columns) {
        let whole = unsafe starts[place]
        let first = columns.lowerBound
        unsafe (starts + wire).initialize(
          to: EdgeStarts(values: whole.values + first, gradient: whole.gradient + first)
        )
        let ending = graph.wires[wire].ending
        edges.append(
          edge(wire, rows: nodeRows, width: columns.count, stride: stride, ending: ending)
        )
      }
      let outputs = node.outputs.map { edges[$0] }
      let space = unsafe LayerSpace(
        inputs: node.inputs.map { edges[$0] },
        outputs: outputs,
        whole: node.isSplit
          ? edge(place, rows: nodeRows, width: node.width, stride: stride, ending: .linear)
          : outputs[0],
        passesBack: isTraining && plan.passingBack.contains(index),
        isTraining: isTraining,
        state: state.start + statePlaces[index],
        kernels: kernels
      )
      let layer = node.make(space)
      if let tied = node.tied, let layer = layer as? any TiedLayer {
        layer.tiedOffset = (plan.tiedPlaces[tied.path] ?? 0) - plan.places[index]
      }
      layers.append(layer)
    }
    self.edges = edges
    self.layers = layers
    self.storage = storage
    unsafe ownGradients = graph.wires.indices.map { unsafe starts[$0].gradient }
    unsafe self.starts = starts
  }

  deinit { unsafe starts.deallocate() }

  /// Bytes of all buffers.
  var byteCount: Int {
    storage.reduce(0) { $0 + $1.buffer.byteCount } + layers.reduce(0) { $0 + $1.scratchBytes }
  }

  /// Lets the input be read from elsewhere, in rows of the same stride.
  func setInput(_ start: UnsafeMutablePointer<Float>) {
    unsafe starts[0].values = unsafe start
  }

  /// Lets the gradient at an edge of an undivided layer be written elsewhere, in rows of the same
  /// stride, until `restoreGradient`.
  func moveGradient(of wire: Int, to start: UnsafeMutablePointer<Float>) {
    unsafe starts[wire].gradient = unsafe start
  }

  func restoreGradient(of wire: Int) {
    unsafe starts[wire].gradient = unsafe ownGradients[wire]
  }
}
