/// A network's backward passes as lists of calls of its layers.
struct NetworkPasses {
  /// One piece of work of a backward pass.
  enum Work {
    case input(any Layer, Int, GradientEnd, place: Int)
    case part(any SplitLayer, Int, GradientEnd)
    case parameters(any Layer, place: Int)
    case tied(any TiedLayer, isFirst: Bool, place: Int)
    case close(Edge)
  }

  /// Layers in order, with the place of their parameters.
  let layers: [(layer: any Layer, place: Int)]
  /// Layers whose gradient at an input some pass takes.
  let prepared: [(layer: any Layer, place: Int)]
  /// Back from the outputs through the tasks' own layers.
  let own: [Work]
  let finish: [Work]
  /// Shape [K][...].
  let task: [[Work]]
  let sum: [Work]
  let beginnings: [[Work]]
  let continuation: [Work]
  let representation: [[Work]]
  let fromRepresentation: [Work]
  /// Edges from which each task's gradient goes over the border, shape [K][...].
  let scaled: [[Edge]]
  /// Where each task's own parameters lie, shape [K][...].
  let ownParts: [[OwnPart]]
  /// Those whose gradient `own` takes.
  let passedParts: [[OwnPart]]

  /// Own parameters as a window on a flat vector.
  struct OwnPart {
    let offset: Int
    let rows: Int
    let columns: Int
    let stride: Int
  }

  init(_ graph: NetworkGraph, _ plan: NetworkPlan, _ space: NetworkSpace) {
    let layers = zip(space.layers, plan.places).map { (layer: $0, place: $1) }
    func work(_ step: NetworkPlan.Step) -> Work {
      switch step {
      case .input(let node, let input, let end):
        return .input(layers[node].layer, input, end, place: layers[node].place)
      case .part(let node, let part, let end):
        guard let layer = layers[node].layer as? any SplitLayer else {
          preconditionFailure("layer '\(graph.nodes[node].path)' has parts and is not split")
        }
        return .part(layer, part, end)
      case .parameters(let node):
        return .parameters(layers[node].layer, place: layers[node].place)
      case .tied(let node, let isFirst):
        guard let layer = layers[node].layer as? any TiedLayer else {
          preconditionFailure("layer '\(graph.nodes[node].path)' has tied parameters")
        }
        return .tied(layer, isFirst: isFirst, place: layers[node].place + layer.tiedOffset)
      case .close(let wire): return .close(space.edges[wire])
      }
    }
    self.layers = layers
    prepared = plan.prepared.map { layers[$0] }
    own = plan.ownPasses.joined().map { work($0) }
    finish = plan.finish.map { work($0) }
    task = plan.taskPasses.map { $0.map { work($0) } }
    sum = plan.sumPass.map { work($0) }
    beginnings = plan.beginnings.map { $0.map { work($0) } }
    continuation = plan.continuation.map { work($0) }
    representation = plan.representationPasses.map { $0.map { work($0) } }
    fromRepresentation = plan.fromRepresentation.map { work($0) }
    scaled = plan.scaledWires.map { $0.map { space.edges[$0] } }

    func part(_ node: Int, _ part: Int?) -> OwnPart {
      let place = plan.places[node]
      let value = graph.nodes[node]
      guard let part else {
        let count = value.parameterCount
        return OwnPart(offset: place, rows: 1, columns: count, stride: count)
      }
      let columns = value.columns[part]
      let stride = value.parts[part].tensors[0].stride
      return OwnPart(
        offset: place + columns.lowerBound,
        rows: value.parameterCount / stride,
        columns: columns.count,
        stride: stride
      )
    }
    ownParts = plan.ownNodes.map { $0.map { part($0.node, $0.part) } }
    passedParts = zip(plan.ownNodes, plan.passedNodes).map { nodes, passed in
      nodes.filter { passed.contains($0.node) }.map { part($0.node, $0.part) }
    }
  }
}
