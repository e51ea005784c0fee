internal import Kernels
internal import Networks
internal import Weighting

extension Trainer {
  /// Fills `statistics.lookAheadSlopes` and leaves the parameters as they were.
  ///
  /// `theta' = theta - lr (momentum * buffer + gradient of sum lambda_i l_i + decay * theta)`,
  /// `v` = gradient of the followed tasks' losses on the look-ahead batch at `theta'`, and the
  /// slope of task i is `(l_i(theta + e v) - l_i(theta - e v)) / (2 e)` on the step's batch with
  /// `e = difference / |v|`.
  ///
  /// Source: Liu, James, Davison and Johns, "Auto-Lambda: Disentangling Dynamic Task
  /// Relationships", TMLR 2022, section 4.
  func gatherLookAheadSlopes(
    _ batches: StepBatches,
    _ lookAhead: StepNeeds.LookAhead
  ) -> StepFailure? {
    let count = network.parameterCount
    let theta = unsafe network.parameters.start
    unsafe space.saved.start.update(from: theta, count: count)
    defer { unsafe theta.update(from: space.saved.start, count: count) }

    unsafe load(batches.main, prefetching: nil)
    if let failure = forwardAndLosses() { return failure }
    passBack { lookAhead.weights[$0] }
    let learningRate = Float(statistics.learningRate)
    let gradient = unsafe network.gradient.start
    unsafe kernels.add(
      firstMoment.start,
      times: -learningRate * Float(optimizer.lookAheadMomentum),
      to: theta,
      count: count
    )
    unsafe kernels.add(
      space.saved.start,
      times: -learningRate * Float(optimizer.gradientDecay),
      to: theta,
      count: count
    )
    unsafe kernels.add(gradient, times: -learningRate, to: theta, count: count)

    guard let batch = unsafe batches.lookAhead else {
      preconditionFailure("the method needs a look-ahead batch and got none")
    }
    unsafe load(batch, prefetching: nil)
    if let failure = forwardAndLosses() { return failure }
    passBack { lookAhead.tasks.contains($0) ? 1 : 0 }
    unsafe space.ahead.start.update(from: gradient, count: count)
    return unsafe differences(of: lookAhead.difference, batch: batches.main)
  }

  private func differences(
    of length: Double,
    batch: UnsafePointer<Int32>
  ) -> StepFailure? {
    let count = network.parameterCount
    let theta = unsafe network.parameters.start
    let square = unsafe kernels.squaredNorm(space.ahead.start, count: count)
    guard square > 0 else {
      for task in 0..<tasks.count { statistics.lookAheadSlopes[task] = 0 }
      return nil
    }
    let epsilon = length / square.squareRoot()
    for task in 0..<tasks.count { statistics.lookAheadSlopes[task] = 0 }
    for sign in stride(from: 1.0, through: -1, by: -2) {
      unsafe theta.update(from: space.saved.start, count: count)
      unsafe kernels.add(
        space.ahead.start,
        times: Float(sign * epsilon),
        to: theta,
        count: count
      )
      unsafe load(batch, prefetching: nil)
      if let failure = forwardAndLosses() { return failure }
      for task in 0..<tasks.count {
        statistics.lookAheadSlopes[task] += sign * statistics.losses[task] / (2 * epsilon)
      }
    }
    return nil
  }

  /// Gradient of `sum over k of factor(k) * l_k` at all parameters, into `network.gradient`.
  private func passBack(_ factor: (Int) -> Double) {
    network.backwardOwn()
    for task in 0..<tasks.count where factor(task) != 1 {
      network.scale(task, by: Float(factor(task)), includesOwn: true)
    }
    network.finishOwn()
    unsafe network.sharedGradient(into: network.gradient.start)
    cost.backwardPasses += 1
  }
}
