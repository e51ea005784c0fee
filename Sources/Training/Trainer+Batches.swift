internal import Kernels
internal import Networks
internal import Weighting

/// Buffers for methods that compare independent batches.
struct CrossSpace {
  /// Task gradients of the first and second batch, shape [K][sharedCount].
  let first: Matrix
  let second: Matrix
  /// Weighted sum of both batches' own gradients.
  let own: FloatBuffer
}

extension Trainer {
  /// Task gradients on two further batches: their cross Gramian and their heads' gradients.
  func gatherCrossGramian(_ batches: StepBatches) -> StepFailure? {
    let space =
      crossSpace
      ?? CrossSpace(
        first: Matrix(rows: tasks.count, columns: network.sharedCount),
        second: Matrix(rows: tasks.count, columns: network.sharedCount),
        own: FloatBuffer(count: network.parameterCount - network.sharedCount)
      )
    crossSpace = space
    guard let first = unsafe batches.first, let second = unsafe batches.second else {
      preconditionFailure("the method needs three batches and got one")
    }
    unsafe space.own.start.update(repeating: 0, count: space.own.count)
    let factors = method.rule.headBatchFactors
    if let failure = unsafe take(first, into: space.first, space, factors[0]) { return failure }
    if let failure = unsafe take(second, into: space.second, space, factors[1]) { return failure }
    kernels.crossGramian(space.first.view, space.second.view, into: &statistics.crossGramian)
    return nil
  }

  private func take(
    _ batch: UnsafePointer<Int32>,
    into target: Matrix,
    _ space: CrossSpace,
    _ headFactor: Double
  ) -> StepFailure? {
    unsafe load(batch, prefetching: nil)
    if let failure = forwardAndLosses() { return failure }
    network.backwardOwn()
    for task in 0..<tasks.count {
      unsafe network.sharedGradient(
        of: task,
        into: target.view.start + task * target.stride
      )
    }
    cost.backwardPasses += tasks.count
    network.finishOwn()
    unsafe kernels.add(
      network.gradient.start + network.sharedCount,
      times: Float(headFactor),
      to: space.own.start,
      count: space.own.count
    )
    return nil
  }

  /// Completes the heads' gradients of a step with three batches.
  func addOwnGradients(of space: CrossSpace) {
    let own = unsafe network.gradient.start + network.sharedCount
    let factor = Float(method.rule.headBatchFactors[2])
    for index in 0..<space.own.count {
      unsafe own[index] = own[index] * factor + space.own.start[index]
    }
  }
}
