internal import Kernels

/// What a sharing scheme and a trunk write a network with; every call appends layers and answers
/// their output.
package struct NetworkBuilder {
  package let taskCount: Int
  /// What an input row is.
  let inputForm: InputForm
  private let outputCounts: [Int]
  private let trunk: any Trunk
  private let heads: HeadWidths
  /// Whose terms of low rank the dense layers get, and the rank.
  private var adapter: (task: Int, rank: Int)?
  private(set) var graph: NetworkGraph

  /// - Parameters:
  ///   - input: What an input row is.
  ///   - outputCounts: Outputs of each task, shape [K].
  ///   - trunk: What the scheme shares, repeats or mixes.
  ///   - heads: Hidden layers of the heads.
  init(input: InputForm, outputCounts: [Int], trunk: any Trunk, heads: HeadWidths) {
    taskCount = outputCounts.count
    inputForm = input
    self.outputCounts = outputCounts
    self.trunk = trunk
    self.heads = heads
    graph = NetworkGraph(input: input, taskCount: outputCounts.count)
  }

  /// The network's input.
  package var input: Wire { Wire(index: 0) }

  /// Stages of the trunk.
  package var stageCount: Int { trunk.stageCount }

  /// The function behind hidden layers.
  var activation: Ending { heads.activation }

  func form(of wire: Wire) -> Form { graph.wires[wire.index].form }

  /// Numbers of a row of the edge.
  func width(of wire: Wire) -> Int { form(of: wire).width }

  /// The edge as an image: the network's input that is a sequence is one of one channel.
  mutating func readImage(
    _ wire: Wire,
    _ image: (channels: Int, height: Int, width: Int)?
  ) -> Wire {
    guard wire == input, let image else { return wire }
    let form = Form.image(channels: image.channels, height: image.height, width: image.width)
    graph.read(wire, as: form)
    return wire
  }

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

  /// One stage of the trunk.
  mutating func stage(_ stage: Int, on wire: Wire, at module: inout ModulePath) -> Wire {
    let trunk = trunk
    return trunk.add(stage: stage, to: &self, on: wire, at: &module)
  }

  /// What `body` builds, its dense layers with one task's terms of low rank.
  mutating func adapted(
    task: Int,
    rank: Int,
    _ body: (inout NetworkBuilder) -> Wire
  ) -> Wire {
    adapter = (task, rank)
    defer { adapter = nil }
    return body(&self)
  }

  /// Adds a term of the objective that belongs to no task.
  mutating func penalize(_ make: @escaping @Sendable (PenaltySpace) -> any Penalty) {
    graph.penalties.append(make)
  }

  /// Appends a layer of one output.
  ///
  /// - Parameters:
  ///   - path: Its module path.
  ///   - wires: What it reads.
  ///   - form: What its output is.
  ///   - ending: The function it ends in.
  ///   - tensors: Its parameters, one behind the other.
  ///   - stream: Whose stream they are drawn from.
  ///   - group: What the names of the parameters begin with, instead of the path.
  ///   - isNorm: Whether it normalizes.
  ///   - multiplyAdds: Those of the forward pass of one row.
  ///   - inputMultiplyAdds: Those of the gradients at all inputs, where they are others.
  ///   - states: What it keeps of the batches it was trained on.
  ///   - rateFactor: By what the learning rate of its parameters is multiplied.
  ///   - make: Makes it.
  /// - Returns: Its output.
  mutating func add(
    _ path: String,
    reading wires: [Wire],
    form: Form,
    _ ending: Ending = .linear,
    tensors: [TensorPlace] = [],
    _ stream: StartingStream = .common,
    group: String? = nil,
    isNorm: Bool = false,
    multiplyAdds: Int = 0,
    inputMultiplyAdds: Int? = nil,
    states: [TensorPlace] = [],
    rateFactor: Double = 1,
    _ make: @escaping @Sendable (LayerSpace) -> any Layer
  ) -> Wire {
    let node = NodeDraft(
      path: path,
      inputs: wires,
      parameterCount: tensors.reduce(0) { $0 + $1.inputCount * $1.stride },
      parts: tensors.isEmpty
        ? [] : [TensorGroup(path: group ?? path, stream: stream, tensors: tensors)],
      isNorm: isNorm,
      multiplyAdds: multiplyAdds,
      inputMultiplyAdds: inputMultiplyAdds,
      states: states,
      rateFactor: rateFactor,
      make: make
    )
    return graph.add(node, form: form, ending: ending)
  }

  /// Appends a layer of one output that is so many columns.
  mutating func add(
    _ path: String,
    reading wires: [Wire],
    width: Int,
    multiplyAdds: Int = 0,
    _ make: @escaping @Sendable (LayerSpace) -> any Layer
  ) -> Wire {
    add(path, reading: wires, form: .columns(width), multiplyAdds: multiplyAdds) { make($0) }
  }

  /// Appends a dense layer, of every token where `wire` has tokens.
  mutating func dense(
    _ wire: Wire,
    _ width: Int,
    _ ending: Ending,
    path: String,
    _ stream: StartingStream,
    bound: Double? = nil,
    hasBias: Bool = true
  ) -> Wire {
    let layout = DenseLayout(
      inputCount: self.width(of: wire),
      outputCount: width,
      hasBias: hasBias
    )
    let tensors = layout.tensors(0..<width, bound: bound)
    let group = TensorGroup(path: path, stream: stream, tensors: tensors)
    var node = NodeDraft(
      path: path,
      inputs: [wire],
      parameterCount: layout.count,
      parts: [group],
      multiplyAdds: form(of: wire).rowCount * layout.inputCount * width,
      make: { DenseLayer($0, hasBias: hasBias) }
    )
    if let adapter { node = adapted(group, layout, reading: wire, adapter) }
    return graph.add(node, form: form(of: wire).with(width: width), ending: ending)
  }

  /// A dense layer with one task's term of low rank beside parameters that all tasks have.
  private func adapted(
    _ group: TensorGroup,
    _ layout: DenseLayout,
    reading wire: Wire,
    _ adapter: (task: Int, rank: Int)
  ) -> NodeDraft {
    // The module's position in the trunk names the term.
    let position = group.path.split(separator: ".").last ?? ""
    let path = "low_rank.\(adapter.task).\(position)"
    let term = LowRankPlaces(
      inputCount: layout.inputCount,
      outputCount: layout.outputCount,
      rank: adapter.rank
    )
    return NodeDraft(
      path: path,
      inputs: [wire],
      parameterCount: term.count,
      parts: [TensorGroup(path: path, stream: .task(adapter.task), tensors: term.tensors)],
      tied: TiedPart(path: group.path, parameterCount: layout.count, group: group),
      multiplyAdds: layout.inputCount * layout.outputCount
        + adapter.rank * (layout.inputCount + layout.outputCount),
      make: { LowRankLayer($0, rank: term.rank) }
    )
  }

  /// One task's head on an edge of its own.
  package mutating func head(_ task: Int, on wire: Wire) {
    let widths = heads[task] + [outputCounts[task]]
    var module = ModulePath("heads.\(task)", .task(task))
    let ending = widths.count == 1 ? .linear : heads.activation
    let first = dense(wire, widths[0], ending, path: module.next(), module.stream)
    graph.representations[task] = wire.index
    addHead(task, Array(widths.dropFirst()), on: first, at: module)
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
      multiplyAdds: layout.inputCount * widths.reduce(0) { $0 + $1[0] },
      make: { [columns] in DenseFan($0, columns: columns) }
    )
    let endings: [Ending] = widths.map { $0.count == 1 ? .linear : heads.activation }
    let parts = graph.add(node, width: column, columns: columns, endings: endings)
    graph.representations = widths.map { _ in wire.index }
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

  /// Those of a task; beyond the list it begins again, as for one task twice.
  subscript(task: Int) -> [Int] { byTask.isEmpty ? common : byTask[task % byTask.count] }
}
