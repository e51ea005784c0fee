/// What a network's graph leaves to do in every pass: which layers are shared, where the parameters
/// lie, and lists of work.
///
/// A layer is *shared* if at least two tasks' outputs depend on it, and otherwise a task's own. An
/// own layer never feeds a shared one, since its parameters would then be shared, so that every
/// network is a shared part, then own parts that read it. The edges between are the *border*.
struct NetworkPlan: Sendable {
  /// One piece of work of a backward pass.
  enum Step: Hashable, Sendable {
    /// A node's gradient at one of its inputs.
    case input(node: Int, input: Int, GradientEnd)
    /// The gradient at a split node's input that one of its parts makes.
    case part(node: Int, part: Int, GradientEnd)
    /// A node's gradient at its parameters.
    case parameters(node: Int)
    /// A node's gradient at parameters that other nodes have too, stored or added.
    case tied(node: Int, isFirst: Bool)
    /// The derivative of an edge's ending, after several nodes' gradients at it.
    case close(wire: Int)
  }

  /// Where each node's parameters begin in the flat vectors: the shared ones, those of split nodes,
  /// then each task's own.
  let places: [Int]
  /// Which nodes are shared.
  let isShared: [Bool]
  /// Where the parameters begin that several nodes have in common, by path.
  let tiedPlaces: [String: Int]
  let sharedCount: Int
  let parameterCount: Int
  /// Ranges of the shared nodes' parameters, in order.
  let sharedRanges: [Range<Int>]
  /// Ranges of the shared layers with weights on which no other such layer depends.
  let lastRanges: [Range<Int>]
  /// Nodes whose gradient at an input some pass takes.
  let passingBack: Set<Int>
  /// Those, and the ones with tied parameters: what takes something from the parameters once a step.
  let prepared: [Int]
  /// Edges that some parameter lies behind.
  let carryingWires: Set<Int>

  /// Each task's pass from its outputs through its own layers, shape [K][...]; the parameters of
  /// layers that read the border are left to `finish`.
  let ownPasses: [[Step]]
  /// Nodes with parameters whose gradient the own passes left out.
  let finish: [Step]
  /// Each task's edges from which its gradient goes over the border, shape [K][...].
  let scaledWires: [[Int]]
  /// Each task's own nodes with parameters whose gradient its own pass takes.
  let passedNodes: [[Int]]
  /// Each task's own nodes with parameters, with the part of a split one, shape [K][...].
  let ownNodes: [[(node: Int, part: Int?)]]

  /// Each task's pass over the border through the shared layers, shape [K][...].
  let taskPasses: [[Step]]
  /// The same of all tasks at once.
  let sumPass: [Step]
  /// Edges of the last shared layers and of those behind them.
  let topWires: [Int]
  /// The beginnings of `taskPasses` that end with the parameters of the last shared layers.
  let beginnings: [[Step]]
  /// What is left of `sumPass` after such a beginning.
  let continuation: [Step]

  /// The one edge that all tasks read and no shared layer, where the border is one edge.
  let representation: Int?
  /// Each task's gradient at the representation, without the derivative of its ending.
  let representationPasses: [[Step]]
  /// The way on from a gradient at the representation.
  let fromRepresentation: [Step]

  /// - Parameters:
  ///   - graph: The network.
  ///   - sharedPaths: What is shared, by path, instead of by the number of tasks that depend on it.
  init(_ graph: NetworkGraph, sharedPaths: Set<String>? = nil) {
    let planner = Planner(graph, sharedPaths: sharedPaths)
    let tasks = graph.outputs.indices
    isShared = planner.isShared
    (places, tiedPlaces, sharedCount, parameterCount) = planner.places()
    let sharedNodes = graph.nodes.indices.filter { node in
      planner.isShared[node] && planner.hasParameters(node)
    }
    let (places, tiedPlaces) = (places, tiedPlaces)
    func range(_ node: Int) -> Range<Int> {
      places[node]..<places[node] + graph.nodes[node].parameterCount
    }
    func range(_ tied: TiedPart) -> Range<Int> {
      let place = tiedPlaces[tied.path] ?? 0
      return place..<place + tied.parameterCount
    }
    sharedRanges = sharedNodes.map { range($0) } + planner.tiedParts.map { range($0) }
    let lastTied = planner.tiedParts.filter { planner.isLast($0) }
    lastRanges =
      sharedNodes.filter { planner.isTop($0) && planner.isWeighted($0) }.map { range($0) }
      + lastTied.map { range($0) }
    carryingWires = planner.carryingWires

    ownPasses = tasks.map { planner.ownPass($0) }
    finish = planner.deferredNodes.filter { planner.hasParameters($0) }
      .map { .parameters(node: $0) }
    scaledWires = tasks.map { task in
      graph.nodes.indices.filter {
        planner.deferredNodes.contains($0) || graph.nodes[$0].tied != nil
      }
      .compactMap { planner.output(of: $0, task: task) }
    }
    ownNodes = tasks.map { planner.ownNodes($0) }
    passedNodes = ownNodes.map { nodes in
      nodes.map { $0.node }.filter { !planner.deferredNodes.contains($0) }
    }

    let sum = planner.sharedPass(of: nil)
    let tied = planner.tiedParts
    taskPasses = tasks.map { task in
      planner.gradients(of: tied, task: task) + planner.sharedPass(of: task).flatMap { $0.steps }
    }
    sumPass = planner.gradients(of: tied, task: nil) + sum.flatMap { $0.steps }
    let isTop = planner.isTop
    topWires = sum.filter { isTop($0.node) }.map { graph.nodes[$0.node].outputs[0] }
    let norms = sharedNodes.filter { isTop($0) && !planner.isWeighted($0) }
    beginnings = tasks.map { task in
      planner.gradients(of: lastTied, task: task)
        + planner.sharedPass(of: task).filter { isTop($0.node) }.flatMap { $0.steps }
        .filter { step in !norms.contains { step == .parameters(node: $0) } }
    }
    continuation =
      planner.gradients(of: tied.filter { !planner.isLast($0) }, task: nil)
      + norms.map { .parameters(node: $0) }
      + sum.filter { !isTop($0.node) }.flatMap { $0.steps }

    let representation = planner.representation()
    self.representation = representation
    representationPasses =
      representation.map { wire in
        tasks.map { planner.gradient(at: wire, of: $0, isClosed: false) }
      } ?? []
    fromRepresentation =
      representation.map { wire in
        let known = Set(planner.gradient(at: wire, of: nil))
        return [.close(wire: wire)] + sum.flatMap { $0.steps }.filter { !known.contains($0) }
      } ?? []

    var passing: Set<Int> = []
    for step in ownPasses.flatMap({ $0 }) + taskPasses.flatMap({ $0 }) + sumPass {
      switch step {
      case .input(let node, _, _), .part(let node, _, _): passing.insert(node)
      case .parameters, .tied, .close: break
      }
    }
    passingBack = passing
    prepared = graph.nodes.indices.filter { passing.contains($0) || graph.nodes[$0].tied != nil }
  }
}

/// Works out the parts of a plan.
private struct Planner {
  private let graph: NetworkGraph
  /// The edges that each task's outputs depend on, shape [K].
  private let reached: [Set<Int>]
  /// Nodes that read each edge, with the number of the input.
  private let readers: [[(node: Int, input: Int)]]
  let isShared: [Bool]
  let carryingWires: Set<Int>
  /// Own nodes that read the border, and split ones.
  let deferredNodes: [Int]

  init(_ graph: NetworkGraph, sharedPaths: Set<String>?) {
    self.graph = graph
    let reached = graph.outputs.map { graph.wires(behind: $0) }
    self.reached = reached
    let isShared = graph.nodes.map { node in
      if let sharedPaths { return sharedPaths.contains(node.path) }
      return !node.isSplit && reached.count { $0.contains(node.outputs[0]) } > 1
    }
    self.isShared = isShared
    var readers: [[(node: Int, input: Int)]] = graph.wires.map { _ in [] }
    var carrying: Set<Int> = []
    for (index, node) in graph.nodes.enumerated() {
      for (input, wire) in node.inputs.enumerated() { readers[wire].append((index, input)) }
      if node.parameterCount > 0 || node.inputs.contains(where: { carrying.contains($0) }) {
        carrying.formUnion(node.outputs)
      }
    }
    self.readers = readers
    carryingWires = carrying
    deferredNodes = graph.nodes.indices.filter { index in
      let readsBorder = graph.nodes[index].inputs.contains { wire in
        graph.wires[wire].maker.map { isShared[$0] && carrying.contains(wire) } ?? false
      }
      return !isShared[index] && (readsBorder || graph.nodes[index].isSplit)
    }
  }

  func hasParameters(_ node: Int) -> Bool { graph.nodes[node].parameterCount > 0 }

  /// A node's output that a task depends on.
  func output(of node: Int, task: Int) -> Int? {
    graph.nodes[node].outputs.first { reached[task].contains($0) }
  }

  func ownNodes(_ task: Int) -> [(node: Int, part: Int?)] {
    graph.nodes.indices.compactMap { index in
      guard !isShared[index], hasParameters(index), let wire = output(of: index, task: task) else {
        return nil
      }
      let node = graph.nodes[index]
      return (index, node.isSplit ? node.outputs.firstIndex(of: wire) : nil)
    }
  }

  /// The parameters that several nodes have in common, each once.
  var tiedParts: [TiedPart] {
    var found: [TiedPart] = []
    for node in graph.nodes {
      guard let part = node.tied, !found.contains(where: { $0.path == part.path }) else { continue }
      found.append(part)
    }
    return found
  }

  private func nodes(with part: TiedPart) -> [Int] {
    graph.nodes.indices.filter { graph.nodes[$0].tied?.path == part.path }
  }

  /// Whether no node with tied parameters depends on the nodes with some of them.
  func isLast(_ part: TiedPart) -> Bool {
    func leadsOn(_ node: Int) -> Bool {
      graph.nodes[node].outputs.contains { wire in
        readers[wire].contains { graph.nodes[$0.node].tied != nil || leadsOn($0.node) }
      }
    }
    return !nodes(with: part).contains { leadsOn($0) }
  }

  /// The gradients of tied parameters, of one task's nodes or of all.
  func gradients(of parts: [TiedPart], task: Int?) -> [NetworkPlan.Step] {
    parts.flatMap { part in
      nodes(with: part).filter { node in task.map { output(of: node, task: $0) != nil } ?? true }
        .enumerated().map { .tied(node: $1, isFirst: $0 == 0) }
    }
  }

  func places() -> (
    places: [Int], tiedPlaces: [String: Int], sharedCount: Int, parameterCount: Int
  ) {
    var places = graph.nodes.map { _ in 0 }
    var end = 0
    func place(_ node: Int) {
      places[node] = end
      end += graph.nodes[node].parameterCount
    }
    for node in graph.nodes.indices where isShared[node] { place(node) }
    var tiedPlaces: [String: Int] = [:]
    for part in tiedParts {
      tiedPlaces[part.path] = end
      end += part.parameterCount
    }
    let sharedCount = end
    for node in graph.nodes.indices where graph.nodes[node].isSplit { place(node) }
    for task in graph.outputs.indices {
      for (node, part) in ownNodes(task) where part == nil { place(node) }
    }
    return (places, tiedPlaces, sharedCount, end)
  }

  /// Whether a node is a layer with weights, and not a normalization behind one.
  func isWeighted(_ node: Int) -> Bool { hasParameters(node) && !graph.nodes[node].isNorm }

  /// Whether no shared layer with weights depends on a node.
  func isTop(_ node: Int) -> Bool {
    graph.nodes[node].outputs.allSatisfy { wire in
      readers[wire].allSatisfy { reader in
        !isShared[reader.node] || !isWeighted(reader.node) && isTop(reader.node)
      }
    }
  }

  /// The gradient at an edge by its readers.
  ///
  /// - Parameters:
  ///   - wire: The edge.
  ///   - task: Whose loss; nil for the sum.
  ///   - isClosed: Whether the derivative of the edge's ending is multiplied in.
  /// - Returns: The work, in the order of the readers.
  func gradient(at wire: Int, of task: Int?, isClosed: Bool = true) -> [NetworkPlan.Step] {
    let taking = readers[wire].filter { reader in
      guard let task else { return true }
      return output(of: reader.node, task: task) != nil
    }
    var steps: [NetworkPlan.Step] = taking.enumerated().map { position, reader in
      let isOnly = taking.count == 1 && isClosed
      let end: GradientEnd = isOnly ? .only : (position == 0 ? .first : .more)
      let node = graph.nodes[reader.node]
      if node.isSplit, let task, let part = output(of: reader.node, task: task) {
        return .part(node: reader.node, part: part - node.outputs[0], end)
      }
      return .input(node: reader.node, input: reader.input, end)
    }
    if taking.count > 1 && isClosed { steps.append(.close(wire: wire)) }
    return steps
  }

  /// One task's way back from its outputs to the border.
  func ownPass(_ task: Int) -> [NetworkPlan.Step] {
    graph.nodes.indices.reversed().flatMap { node -> [NetworkPlan.Step] in
      guard !isShared[node], let wire = output(of: node, task: task) else { return [] }
      var steps: [NetworkPlan.Step] = []
      if wire != graph.outputs[task], carryingWires.contains(wire) {
        steps = gradient(at: wire, of: task)
      }
      if hasParameters(node) && !deferredNodes.contains(node) {
        steps.append(.parameters(node: node))
      }
      return steps
    }
  }

  /// The way back through the shared nodes, node by node.
  func sharedPass(of task: Int?) -> [(node: Int, steps: [NetworkPlan.Step])] {
    graph.nodes.indices.reversed().compactMap { node in
      let wire = graph.nodes[node].outputs[0]
      guard isShared[node], carryingWires.contains(wire) else { return nil }
      if let task, !reached[task].contains(wire) { return nil }
      let end: [NetworkPlan.Step] = hasParameters(node) ? [.parameters(node: node)] : []
      return (node, gradient(at: wire, of: task) + end)
    }
  }

  /// The border, where it is one edge that every task's head reads.
  func representation() -> Int? {
    let border = graph.wires.indices.filter { wire in
      guard let maker = graph.wires[wire].maker, isShared[maker] else { return false }
      return carryingWires.contains(wire) && readers[wire].contains { !isShared[$0.node] }
    }
    guard border.count == 1, readers[border[0]].allSatisfy({ !isShared[$0.node] }),
      graph.representations.allSatisfy({ $0 == border[0] })
    else { return nil }
    return border[0]
  }
}

extension NetworkPlan {
  /// Paths of the shared nodes.
  func sharedPaths(in graph: NetworkGraph) -> Set<String> {
    Set(graph.nodes.indices.filter { isShared[$0] }.map { graph.nodes[$0].path })
  }
}
