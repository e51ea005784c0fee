internal import Settings

/// One setting of a contender that tuning tries.
package struct Candidate: Hashable, Sendable {
  package let learningRate: Double
  /// The method's name and all its settings.
  let method: CanonicalTable
  /// Training settings without the learning rate.
  let training: CanonicalTable
  /// What was searched beside the learning rate; empty for nothing.
  let searched: CanonicalTable
  /// Fixed weights as training uses them, summing to K, shape [K]; nil for other methods.
  let weights: [Double]?
  /// Exponents of the units of the weights on the sweep's grid; nil where they are not on it.
  let exponents: [Int]?
  /// Weights times single-task losses, summing to 1, shape [K]; nil for other methods.
  let units: [Double]?

  init(
    learningRate: Double,
    method: CanonicalTable,
    training: CanonicalTable,
    searched: CanonicalTable,
    weights: [Double]? = nil,
    exponents: [Int]? = nil,
    units: [Double]? = nil
  ) {
    self.learningRate = learningRate
    self.method = method
    self.training = training
    self.searched = searched
    self.weights = weights
    self.exponents = exponents
    self.units = units
  }

  /// The same candidate as one of a method of fixed weights.
  func weighing(_ weights: [Double], units: [Double]) -> Candidate {
    Candidate(
      learningRate: learningRate,
      method: method,
      training: training,
      searched: searched,
      weights: weights,
      units: units
    )
  }
}
