extension StepWeights {
  /// Sets all shared weights and all head factors, in place.
  mutating func fill(shared sharedValue: Double, heads headValue: Double) {
    for k in shared.indices {
      shared[k] = sharedValue
      heads[k] = headValue
    }
  }
}
