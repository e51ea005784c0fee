internal import Kernels

/// How unequal the tasks' gradients are in length.
package enum NormRatio {
  /// Geometric mean over steps of the largest norm over the smallest: 1 or more, 1 for one task.
  ///
  /// A geometric mean, so that a ratio and its inverse weigh alike and one step where a gradient
  /// nearly vanishes decides nothing. Steps with a norm that is 0 or not finite are left out; nan
  /// where none is left.
  ///
  /// The norms have the shape [steps][K], K at least 1.
  package static func value(_ norms: [[Double]]) -> Double {
    let logarithms = norms.compactMap { step -> Double? in
      guard let largest = step.max(), let smallest = step.min(),
        step.allSatisfy({ $0.isFinite }), smallest > 0
      else { return nil }
      return Portable.log(largest / smallest)
    }
    return Portable.exp(CompensatedSum.mean(logarithms))
  }
}
