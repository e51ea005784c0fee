internal import Kernels
internal import Networks
internal import Weighting

extension Trainer {
  /// Moves all parameters as the method's answer says, each at its rate.
  func update(_ needs: StepNeeds) {
    rateFactors.remember(network.parameters)
    move(needs)
    rateFactors.stretch(network.parameters)
  }

  private func move(_ needs: StepNeeds) {
    switch weights.update {
    case .combination where hasRows:
      updateOwn(needs)
      writeWeights()
      unsafe optimizer.apply(
        combining: rows.view,
        weights: floatWeights.start,
        to: sharedSlices,
        scratch: network.gradient.start,
        kernels
      )
      network.addPenaltyGradient()
      unsafe optimizer.apply(
        network.gradient.start + network.sharedCount,
        to: ownSlices,
        kernels
      )
    case .combination:
      updateByOnePass(needs)
    case .groupCombinations:
      updateOwn(needs)
      combineGroups(needs.parameterGroups)
      moveAll()
    case .direction:
      updateOwn(needs)
      for index in 0..<network.sharedCount {
        let value = unsafe weights.direction[index] * weights.sharedFactor
        unsafe network.gradient.start[index] = Float(value)
      }
      moveAll()
    case .representationDirection:
      updateOwn(needs)
      narrowRepresentationDirection()
      moveAll()
    }
  }

  /// One backward pass of the weighted sum, for methods that never saw whole task gradients.
  private func updateByOnePass(_ needs: StepNeeds) {
    let areHeadsWeighted = (0..<tasks.count).allSatisfy {
      weights.heads[$0] == weights.shared[$0] * weights.sharedFactor
    }
    writeWeights()
    if !areHeadsWeighted { updateOwn(needs) }
    for task in 0..<tasks.count {
      let factor = unsafe floatWeights.start[task]
      if factor != 1 {
        network.scale(task, by: factor, includesOwn: areHeadsWeighted)
      }
    }
    if areHeadsWeighted { network.finishOwn() }
    if needs.contains(.lastLayerNorms) {
      unsafe network.sharedGradient(
        continuing: rows.view,
        weights: floatWeights.start,
        into: network.gradient.start
      )
    } else {
      unsafe network.sharedGradient(into: network.gradient.start)
    }
    cost.backwardPasses += 1
    moveAll()
  }

  /// Moves all parameters along `network.gradient` and what belongs to no task.
  private func moveAll() {
    network.addPenaltyGradient()
    unsafe optimizer.apply(network.gradient.start, to: allSlices, kernels)
  }

  /// Own gradients of every head times the method's head factors, into `network.gradient`.
  private func updateOwn(_ needs: StepNeeds) {
    network.finishOwn()
    if needs.contains(.crossGramian) { addOwnGradients(needs.headBatchFactors) }
    for task in 0..<tasks.count where weights.heads[task] != 1 {
      network.scaleOwnGradient(of: task, by: Float(weights.heads[task]))
    }
  }

  private func writeWeights() {
    for task in 0..<tasks.count {
      unsafe floatWeights.start[task] = Float(weights.shared[task] * weights.sharedFactor)
    }
  }

  private func combineGroups(_ groups: [Range<Int>]) {
    for (group, range) in groups.enumerated() {
      for task in 0..<tasks.count {
        let weight = weights.groupShared[group * tasks.count + task] * weights.sharedFactor
        unsafe floatWeights.start[task] = Float(weight)
      }
      unsafe kernels.combine(
        rows.view.columns(range),
        weights: floatWeights.start,
        into: network.gradient.start + range.lowerBound
      )
    }
  }

  /// Gradient at the shared parameters for the method's direction at the representation.
  private func narrowRepresentationDirection() {
    let gradient = space.representationGradient
    for row in 0..<gradient.rows {
      for column in 0..<gradient.columns {
        let value = unsafe weights.representationDirection[row * gradient.columns + column]
        gradient[row, column] = Float(value * weights.sharedFactor)
      }
    }
    unsafe network.sharedGradient(
      fromRepresentation: gradient.view,
      into: network.gradient.start
    )
    cost.backwardPasses += 1
  }

  private var sharedSlices: ParameterSlices { slices(0..<network.sharedCount) }
  private var ownSlices: ParameterSlices { slices(network.sharedCount..<network.parameterCount) }
  private var allSlices: ParameterSlices { slices(0..<network.parameterCount) }

  private func slices(_ range: Range<Int>) -> ParameterSlices {
    unsafe ParameterSlices(
      count: range.count,
      values: network.parameters.start + range.lowerBound,
      firstMoment: firstMoment.start + range.lowerBound,
      secondMoment: secondMoment.start + range.lowerBound
    )
  }
}
