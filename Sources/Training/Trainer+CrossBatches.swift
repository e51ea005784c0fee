internal import Kernels
internal import Networks
internal import Weighting

extension Trainer {
  /// Task gradients on two further batches: their cross Gramian and their heads' gradients.
  func gatherCrossGramian(_ batches: StepBatches, _ headFactors: [Double]) -> StepFailure? {
    guard let first = unsafe batches.first, let second = unsafe batches.second else {
      preconditionFailure("the method needs three batches and got one")
    }
    unsafe space.ownSum.start.update(repeating: 0, count: space.ownSum.count)
    if let failure = unsafe take(first, into: space.firstRows, headFactors[0]) { return failure }
    if let failure = unsafe take(second, into: space.secondRows, headFactors[1]) { return failure }
    kernels.crossGramian(
      space.firstRows.view,
      space.secondRows.view,
      into: &statistics.crossGramian
    )
    return nil
  }

  private func take(
    _ batch: UnsafePointer<Int32>,
    into target: Matrix,
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
      to: space.ownSum.start,
      count: space.ownSum.count
    )
    return nil
  }

  /// Completes the heads' gradients of a step with three batches.
  func addOwnGradients(_ headFactors: [Double]) {
    let own = unsafe network.gradient.start + network.sharedCount
    let factor = Float(headFactors[2])
    for index in 0..<space.ownSum.count {
      unsafe own[index] = own[index] * factor + space.ownSum.start[index]
    }
  }
}
