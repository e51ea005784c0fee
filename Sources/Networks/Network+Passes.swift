package import Kernels

extension Network {
  /// Where the caller puts a batch, shape [batchRows][inputCount].
  package var input: MatrixView { space.edges[0].values }

  /// Outputs of one task's head after `forward`, shape [batchRows][outputCounts[task]].
  package func outputs(of task: Int) -> MatrixView { space.edges[graph.outputs[task]].values }

  /// Where the caller puts the gradient of the task's loss at its outputs, same shape.
  package func outputGradient(of task: Int) -> MatrixView {
    space.edges[graph.outputs[task]].gradient
  }

  /// What the task's head reads after `forward`, shape [batchRows][...].
  package func representation(of task: Int) -> MatrixView {
    space.edges[graph.representations[task]].values
  }

  /// Whether a training step has random draws of the network's own.
  package var draws: Bool { !drawing.isEmpty }

  /// Makes the draws of a training step, which hold for all its passes.
  ///
  /// - Parameters:
  ///   - step: The step's number, on which the draws depend with the seed of `initialize`.
  ///   - scripted: Draws to be used instead, in the order of the layers.
  package func draw(atStep step: Int, scripted: [Double] = []) {
    guard draws else { return }
    var source = DrawSource(seed: seed, step: step, scripted: scripted)
    for (layer, place) in drawing { unsafe layer.draw(parameters.start + place, from: &source) }
  }

  /// Whether there are terms of the objective that belong to no task.
  package var hasPenalty: Bool { !penalties.isEmpty }

  /// The terms of the objective that belong to no task.
  package var penalty: Double { penalties.reduce(0) { $0 + $1.value() } }

  /// Adds the gradient of `penalty` to the own gradients in `gradient`, after the last pass of a
  /// step.
  package func addPenaltyGradient() {
    for penalty in penalties { penalty.addGradient() }
  }

  package func forward() {
    let values = unsafe parameters.start
    for (layer, place) in passes.layers { unsafe layer.forward(values + place) }
  }

  /// Lets layers that keep something of their batches take the last forward pass into account; once
  /// for every training step, whatever passes a method adds.
  package func keepStatistics() {
    for layer in stateful { layer.keepStatistics() }
  }

  /// Takes the output gradients back through the tasks' own layers, unscaled, as far as the border
  /// needs; the first of the backward passes.
  package func backwardOwn() {
    let values = unsafe parameters.start
    for (layer, place) in passes.prepared { unsafe layer.prepare(values + place) }
    unsafe run(passes.own, into: gradient.start)
  }

  /// Multiplies one task's part of the gradient that goes over the border by `factor`.
  ///
  /// - Parameters:
  ///   - task: The task.
  ///   - factor: The factor.
  ///   - includesOwn: Whether own gradients that `backwardOwn` left in `gradient` are multiplied
  ///     too, so that `finishOwn` completes those of the scaled loss.
  package func scale(_ task: Int, by factor: Float, includesOwn: Bool) {
    for edge in passes.scaled[task] { kernels.scale(edge.gradient, by: factor) }
    if includesOwn { scale(passes.passedParts[task], by: factor) }
  }

  /// Completes the gradients of all own parameters in `gradient`, of the scaled or unscaled losses.
  package func finishOwn() {
    unsafe run(passes.finish, into: gradient.start)
  }

  /// Multiplies one task's own gradients in `gradient` by `factor`.
  package func scaleOwnGradient(of task: Int, by factor: Float) {
    scale(passes.ownParts[task], by: factor)
  }

  private func scale(_ parts: [NetworkPasses.OwnPart], by factor: Float) {
    for part in parts {
      let window = unsafe MatrixView(
        start: gradient.start + part.offset,
        rows: part.rows,
        columns: part.columns,
        stride: part.stride
      )
      kernels.scale(window, by: factor)
    }
  }

  /// Gradient of the sum over the tasks' (scaled) parts at the shared parameters.
  ///
  /// - Parameter target: Receives `sharedCount` floats.
  package func sharedGradient(into target: UnsafeMutablePointer<Float>) {
    unsafe run(passes.sum, into: target)
  }

  /// Gradient of one task's part at the shared parameters.
  ///
  /// - Parameters:
  ///   - task: The task.
  ///   - target: Of `sharedCount` floats; those of layers that the task does not reach are left as
  ///     they are.
  package func sharedGradient(of task: Int, into target: UnsafeMutablePointer<Float>) {
    unsafe run(passes.task[task], into: target)
  }

  /// Gradients of every task at the last shared layers alone, into their ranges of `rows`.
  ///
  /// - Parameter rows: Shape [K][sharedCount]; other columns are left as they are.
  package func lastLayerGradients(into rows: MatrixView) {
    for task in 0..<shape.taskCount {
      for (wire, kept) in zip(plan.topWires, topGradients) {
        let first = task * kept.rows / shape.taskCount
        unsafe space.moveGradient(of: wire, to: kept.buffer.start + first * kept.stride)
      }
      unsafe run(passes.beginnings[task], into: rows.start + task * rows.stride)
    }
    for wire in plan.topWires { space.restoreGradient(of: wire) }
  }

  /// Gradient of the weighted sum at all shared parameters, continuing `lastLayerGradients`.
  ///
  /// - Parameters:
  ///   - rows: As left by `lastLayerGradients`.
  ///   - weights: Shape [K], by which the tasks have been scaled.
  ///   - target: Receives `sharedCount` floats.
  package func sharedGradient(
    continuing rows: MatrixView,
    weights: UnsafePointer<Float>,
    into target: UnsafeMutablePointer<Float>
  ) {
    for range in lastSharedLayers {
      unsafe kernels.combine(
        rows.columns(range),
        weights: weights,
        into: target + range.lowerBound
      )
    }
    guard !passes.continuation.isEmpty else { return }
    for (wire, kept) in zip(plan.topWires, topGradients) {
      let length = kept.rows / shape.taskCount * kept.stride
      let tasks = unsafe MatrixView(
        start: kept.buffer.start,
        rows: shape.taskCount,
        columns: length,
        stride: length
      )
      unsafe kernels.combine(tasks, weights: weights, into: space.edges[wire].gradient.start)
    }
    unsafe run(passes.continuation, into: target)
  }

  /// The representation that all tasks share after `forward`, shape [batchRows][...]; nil where they
  /// have no single one.
  package var representation: MatrixView? {
    plan.representation.map { space.edges[$0].values }
  }

  /// Columns of the representation that all tasks share; 0 where they have no single one.
  package var representationWidth: Int { plan.representation.map { graph.wires[$0].width } ?? 0 }

  /// Gradient of one task's part at the representation, of its shape and stride.
  package func representationGradient(of task: Int, into target: MatrixView) {
    guard let wire = plan.representation else { return }
    unsafe space.moveGradient(of: wire, to: target.start)
    unsafe run(passes.representation[task], into: gradient.start)
    space.restoreGradient(of: wire)
  }

  /// Gradient at the shared parameters for a given gradient at the representation.
  package func sharedGradient(
    fromRepresentation gradient: MatrixView,
    into target: UnsafeMutablePointer<Float>
  ) {
    guard let wire = plan.representation else { return }
    let above = space.edges[wire].gradient
    for row in 0..<gradient.rows {
      for column in 0..<gradient.columns {
        let value = unsafe gradient.start[row * gradient.stride + column]
        unsafe above.start[row * above.stride + column] = value
      }
    }
    unsafe run(passes.fromRepresentation, into: target)
  }

  private func run(_ pass: [NetworkPasses.Work], into target: UnsafeMutablePointer<Float>) {
    let values = unsafe parameters.start
    for work in pass {
      switch work {
      case .input(let layer, let input, let end, let place):
        unsafe layer.inputGradient(input, values + place, end)
      case .part(let layer, let part, let end):
        layer.inputGradient(ofPart: part, end)
      case .parameters(let layer, let place):
        unsafe layer.parameterGradient(into: target + place)
      case .tied(let layer, let isFirst, let place):
        unsafe layer.tiedGradient(into: target + place, isFirst: isFirst)
      case .close(let edge): edge.close(kernels)
      }
    }
  }
}
