extension StepWeights {
  /// Ends a loss weighting whose weights are constants in the backward pass: heads take the shared
  /// weights, and the objective is `sum over k of shared[k] * l_k`.
  mutating func useSharedAsObjective(of step: borrowing StepStatistics) {
    objective = 0
    for k in shared.indices {
      heads[k] = shared[k]
      guard step.isPresent[k] else { continue }
      objective += shared[k] * step.losses[k]
    }
  }
}
