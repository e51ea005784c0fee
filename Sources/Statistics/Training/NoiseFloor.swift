/// How much of a task cannot be learnt.
package enum NoiseFloor {
  /// Test loss of single-task training over that of predicting the training mean, of means over seeds.
  ///
  /// An upper bound of the noise's share: a better network could lie below it.
  ///
  /// - Parameters:
  ///   - testLosses: Test loss of the single-task network of each seed.
  ///   - meanLosses: Test loss of predicting the training mean (class shares), same seeds.
  /// - Returns: 0 for a task that is learnt perfectly, about 1 for one of pure noise, above 1 where
  ///   training does harm; nan without a seed.
  /// - Precondition: as many of both.
  package static func value(testLosses: [Double], meanLosses: [Double]) -> Double {
    precondition(
      testLosses.count == meanLosses.count,
      "\(testLosses.count) test losses with \(meanLosses.count) of the mean"
    )
    return CompensatedSum.mean(testLosses) / CompensatedSum.mean(meanLosses)
  }
}
