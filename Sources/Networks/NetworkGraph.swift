internal import Kernels

/// An edge of a network before it has storage, as sharing schemes and trunks pass it on.
package struct Wire: Hashable, Sendable {
  let index: Int
}

/// A network as its scheme writes it: layers in order, and which edges they read, without storage.
struct NetworkGraph: Sendable {
  struct WirePlan: Sendable {
    let form: Form
    let ending: Ending
    /// The node whose output it is; nil for the input.
    let maker: Int?

    /// Columns of a row.
    var width: Int { form.width }
  }

  /// The edges, the input first.
  private(set) var wires: [WirePlan]
  private(set) var nodes: [Node] = []
  /// The edge that is each task's outputs, shape [K].
  var outputs: [Int]
  /// The edge that each task's head reads, shape [K].
  var representations: [Int]
  /// What belongs to no task.
  var penalties: [@Sendable (PenaltySpace) -> any Penalty] = []

  init(input: InputForm, taskCount: Int) {
    wires = [WirePlan(form: Form(input), ending: .linear, maker: nil)]
    outputs = Array(repeating: 0, count: taskCount)
    representations = outputs
  }

  /// Appends a layer of one output.
  mutating func add(_ node: NodeDraft, form: Form, ending: Ending) -> Wire {
    wires.append(WirePlan(form: form, ending: ending, maker: nodes.count))
    let output = wires.count - 1
    nodes.append(
      Node(draft: node, width: form.width, columns: [0..<form.width], outputs: [output])
    )
    return Wire(index: output)
  }

  /// Appends a layer whose outputs are parts of one matrix.
  mutating func add(
    _ draft: NodeDraft,
    width: Int,
    columns: [Range<Int>],
    endings: [Ending]
  ) -> [Wire] {
    let first = wires.count
    for (range, ending) in zip(columns, endings) {
      wires.append(WirePlan(form: .columns(range.count), ending: ending, maker: nodes.count))
    }
    let outputs = Array(first..<wires.count)
    nodes.append(Node(draft: draft, width: width, columns: columns, outputs: outputs))
    return outputs.map { Wire(index: $0) }
  }

  /// Takes what an edge holds to be of another form of as many columns.
  mutating func read(_ wire: Wire, as form: Form) {
    let plan = wires[wire.index]
    wires[wire.index] = WirePlan(form: form, ending: plan.ending, maker: plan.maker)
  }

  /// Where each node's running state begins, and the length of all of it.
  var statePlaces: (places: [Int], count: Int) {
    var end = 0
    let places = nodes.map { node in
      defer { end += node.states.reduce(0) { $0 + $1.stride } }
      return end
    }
    return (places, end)
  }

  /// The edges that an edge depends on, itself among them.
  func wires(behind wire: Int) -> Set<Int> {
    var found: Set<Int> = [wire]
    var open = [wire]
    while let next = open.popLast() {
      guard let maker = wires[next].maker else { continue }
      for input in nodes[maker].inputs where found.insert(input).inserted { open.append(input) }
    }
    return found
  }
}

/// What a layer says of itself when it is added to a graph.
struct NodeDraft: Sendable {
  /// Its module path; no two layers have the same.
  let path: String
  let inputs: [Wire]
  /// Length of its part of the flat vectors.
  var parameterCount = 0
  /// Its tensors in groups that are drawn from one stream each.
  var parts: [TensorGroup] = []
  /// Parameters that several layers have in common.
  var tied: TiedPart?
  /// Whether it normalizes, so that its parameters are not weights of a layer.
  var isNorm = false
  /// Multiply-adds of the forward pass of one row.
  var multiplyAdds = 0
  /// Those of the gradients at all inputs, where they are others.
  var inputMultiplyAdds: Int?
  /// What it keeps of the batches it was trained on, a vector each.
  var states: [TensorPlace] = []
  /// By what the learning rate of its parameters is multiplied.
  var rateFactor = 1.0
  let make: @Sendable (LayerSpace) -> any Layer
}

/// A layer in a graph.
struct Node: Sendable {
  let path: String
  /// The edges it reads.
  let inputs: [Int]
  /// Its one output, or one for each part of a split layer.
  let outputs: [Int]
  /// Columns of all outputs together.
  let width: Int
  /// Each output's columns.
  let columns: [Range<Int>]
  let parameterCount: Int
  let parts: [TensorGroup]
  let tied: TiedPart?
  let isNorm: Bool
  /// Multiply-adds of one row: forward, and of the gradients at all inputs.
  let multiplyAdds: Int
  let inputMultiplyAdds: Int
  let states: [TensorPlace]
  let rateFactor: Double
  let make: @Sendable (LayerSpace) -> any Layer

  init(draft: NodeDraft, width: Int, columns: [Range<Int>], outputs: [Int]) {
    path = draft.path
    inputs = draft.inputs.map { $0.index }
    parameterCount = draft.parameterCount
    parts = draft.parts
    tied = draft.tied
    isNorm = draft.isNorm
    multiplyAdds = draft.multiplyAdds
    inputMultiplyAdds = draft.inputMultiplyAdds ?? draft.multiplyAdds
    states = draft.states
    rateFactor = draft.rateFactor
    make = draft.make
    self.width = width
    self.columns = columns
    self.outputs = outputs
  }

  /// Whether its outputs are dealt out to the tasks.
  var isSplit: Bool { outputs.count > 1 || columns[0].count < width }
}

/// Parameters that several layers, one of each task, have in common: shared by all tasks.
struct TiedPart: Sendable {
  /// Their path, by which they are known.
  let path: String
  let parameterCount: Int
  let group: TensorGroup
}

/// Tensors that are drawn one after the other from one stream.
struct TensorGroup: Sendable {
  /// The module path before the tensors' own names.
  let path: String
  let stream: StartingStream
  let tensors: [TensorPlace]

  /// Whether it belongs to a task's head, which is drawn before what else the task has.
  var isHead: Bool { path.hasPrefix("heads.") }
}

/// Whose stream of starting values a layer draws from.
enum StartingStream: Hashable, Sendable {
  /// The one of all that belongs to no task.
  case common
  /// That of no task from its beginning, so that all columns start alike.
  case column(Int)
  /// That of one of the network's tasks.
  case task(Int)
}

/// A tensor inside its layer's part of the flat vectors.
struct TensorPlace: Sendable {
  /// Its own name, behind the module's path.
  let suffix: String
  let inputCount: Int
  let outputCount: Int
  let isBias: Bool
  let offset: Int
  let stride: Int
  let start: StartingValues
  /// Whether files list it row by row as it lies, not output by output.
  var isTable = false
}

extension TensorPlace {
  /// A vector without a name of its own, that starts with given numbers.
  init(numbers: [Float]) {
    self.init(
      suffix: "",
      inputCount: 1,
      outputCount: numbers.count,
      isBias: false,
      offset: 0,
      stride: paddedCount(numbers.count),
      start: .numbers(numbers)
    )
  }

  /// A vector that is drawn from ±bound.
  init(suffix: String, count: Int, offset: Int, bound: Double) {
    self.init(
      suffix: suffix,
      inputCount: 1,
      outputCount: count,
      isBias: false,
      offset: offset,
      stride: paddedCount(count),
      start: .uniform(bound: bound)
    )
  }
}
