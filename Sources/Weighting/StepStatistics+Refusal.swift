extension StepStatistics {
  /// The first task with a loss or an inner product that is not finite; nil when all are.
  func nonFiniteTask() -> StepWeights.Refusal? {
    for k in 0..<taskCount {
      if !losses[k].isFinite { return .init(task: k, reason: .nonFinite) }
      for j in 0...k where !gramian[k * taskCount + j].isFinite {
        // An infinite inner product is blamed on the gradient that is itself infinite, if any.
        let isOther = gramian[k * taskCount + k].isFinite && !gramian[j * taskCount + j].isFinite
        return .init(task: isOther ? j : k, reason: .nonFinite)
      }
    }
    return nil
  }
}

extension StepWeights {
  /// Sets all shared weights and all head factors, in place.
  mutating func fill(shared sharedValue: Double, heads headValue: Double) {
    for k in shared.indices {
      shared[k] = sharedValue
      heads[k] = headValue
    }
  }
}
