internal import Kernels

/// What a sharing scheme and a trunk write a network with; every call appends layers and answers
/// their output.
package struct NetworkBuilder {
  package let taskCount: Int
  private let outputCounts: [Int]
  private let trunk: any Trunk
  private let heads: HeadWidths
  private(set) var graph: NetworkGraph

  /// - Parameters:
  ///   - inputCount: Numbers of an input row.
  ///   - outputCounts: Outputs of each task, shape [K].
  ///   - trunk: What the scheme shares, repeats or mixes.
  ///   - heads: Hidden layers of the heads.
  init(inputCount: Int, outputCounts: [Int], trunk: any Trunk, heads: HeadWidths) {
    taskCount = outputCounts.count
    self.outputCounts = outputCounts
    self.trunk = trunk
    self.heads = heads
    graph = NetworkGraph(inputCount: inputCount, taskCount: outputCounts.count)
  }

  /// The network's input.
  package var input: Wire { Wire(index: 0) }

  func width(of wire: Wire) -> Int { graph.wires[wire.index].width }

  /// All stages of the trunk, one after the other.
  mutating func trunk(on wire: Wire, at module: ModulePath) -> Wire {
    let trunk = trunk
    var module = module
    var wire = wire
    for stage in 0..<trunk.stageCount {
      wire = trunk.add(stage: stage, to: &self, on: wire, at: &module)
    }
    return wire
  }

  /// Appends a layer of one output.
  mutating func add(_ node: NodeDraft, width: Int, ending: Ending) -> Wire {
    graph.add(node, width: width, ending: ending)
  }

  /// Appends a dense layer.
  mutating func dense(
    _ wire: Wire,
    _ width: Int,
    _ ending: Ending,
    path: String,
    _ stream: StartingStream
  ) -> Wire {
    let layout = DenseLayout(inputCount: self.width(of: wire), outputCount: width)
    let node = NodeDraft(
      path: path,
      inputs: [wire],
      parameterCount: layout.count,
      parts: [TensorGroup(path: path, stream: stream, tensors: layout.tensors(0..<width))],
      make: { DenseLayer($0) }
    )
    return graph.add(node, width: width, ending: ending)
  }

  /// Every task's head on one edge, their first layers as one.
  ///
  /// Heads of one linear layer lie densely side by side; if any head is deeper, each head's columns
  /// begin at a multiple of 16.
  mutating func heads(on wire: Wire) {
    let widths = (0..<taskCount).map { heads[$0] + [outputCounts[$0]] }
    let isDense = widths.allSatisfy { $0.count == 1 }
    var columns: [Range<Int>] = []
    var column = 0
    for task in widths {
      columns.append(column..<column + task[0])
      column += isDense ? task[0] : paddedCount(task[0])
    }
    let layout = DenseLayout(inputCount: width(of: wire), outputCount: column)
    var modules = (0..<taskCount).map { ModulePath("heads.\($0)", .task($0)) }
    let node = NodeDraft(
      path: "heads",
      inputs: [wire],
      parameterCount: layout.count,
      parts: columns.indices.map { task in
        TensorGroup(
          path: modules[task].next(),
          stream: .task(task),
          tensors: layout.tensors(columns[task])
        )
      },
      make: { [columns] in DenseFan($0, columns: columns) }
    )
    let endings = widths.map { $0.count == 1 ? .linear : heads.activation }
    let parts = graph.add(node, width: column, columns: columns, endings: endings)
    for (task, part) in parts.enumerated() {
      addHead(task, Array(widths[task].dropFirst()), on: part, at: modules[task])
    }
  }

  /// Appends dense layers, the last one linear, and makes their end the task's outputs.
  ///
  /// - Parameters:
  ///   - task: The task.
  ///   - widths: Of the layers; without any, `wire` is the task's outputs.
  ///   - wire: What the first one reads.
  ///   - module: The path of what lies behind `wire`.
  private mutating func addHead(
    _ task: Int,
    _ widths: [Int],
    on wire: Wire,
    at module: ModulePath
  ) {
    var module = module
    var wire = wire
    for (index, width) in widths.enumerated() {
      _ = module.next()  // the activation before it
      let ending = index == widths.count - 1 ? .linear : heads.activation
      wire = dense(wire, width, ending, path: module.next(), .task(task))
    }
    graph.outputs[task] = wire.index
  }
}

/// Widths of the hidden layers of each head, and the function behind them.
package struct HeadWidths: Sendable {
  let activation: Ending
  private let byTask: [[Int]]
  private let common: [Int]

  /// The same for every task.
  package init(_ widths: [Int], _ activation: Ending) {
    common = widths
    byTask = []
    self.activation = activation
  }

  /// Each task's own, shape [K][...].
  package init(byTask: [[Int]], _ activation: Ending) {
    common = []
    self.byTask = byTask
    self.activation = activation
  }

  subscript(task: Int) -> [Int] { byTask.isEmpty ? common : byTask[task] }
}
