internal import Kernels

/// How large the difference of two methods on the same seeds is.
///
/// With `d = x - y`: `dz = mean(d) / sd(d)`, and without its bias for few pairs (Hedges)
/// `gz = dz J(n - 1)`, `J(f) = gamma(f/2) / (sqrt(f/2) gamma((f-1)/2))`. Both are nan when the
/// differences are all equal; `J(1) = 0`, so `gz` of two pairs says nothing. Customary marks are .2
/// small, .5 medium, .8 large, but over seeds `dz` is often 2 and more.
///
/// Sources: Cohen, "Statistical Power Analysis for the Behavioral Sciences", 1988; Hedges,
/// "Distribution theory for Glass's estimator of effect size", Journal of Educational Statistics 6,
/// 1981.
package struct PairedEffect: Hashable, Sendable {
  /// Mean of `x - y`, in the metric's unit.
  package let meanDifference: Double
  /// Mean difference in standard deviations of the differences.
  package let dz: Double
  /// `dz` without the bias of few pairs.
  package let gz: Double
  /// Share of the pairs with `x` larger, ties counting half; nan without pairs.
  package let shareLarger: Double

  /// Effect of `x` against `y`, paired by position.
  ///
  /// - Precondition: as many `x` as `y`.
  package init(_ x: [Double], _ y: [Double]) {
    let differences = zip(x, y).map { $0 - $1 }
    let snapped = SnappedDifferences.of(x, y)
    let isConstant = snapped.allSatisfy { $0 == snapped[0] }
    meanDifference = CompensatedSum.mean(differences)
    dz = isConstant ? .nan : meanDifference / CompensatedSum.standardDeviation(differences)
    gz = dz * PairedEffect.smallSampleFactor(degreesOfFreedom: Double(differences.count - 1))
    let larger = snapped.reduce(0.0) { $0 + ($1 > 0 ? 1 : $1 == 0 ? 0.5 : 0) }
    shareLarger = larger / Double(snapped.count)
  }

  /// Hedges' `J(f)`.
  private static func smallSampleFactor(degreesOfFreedom f: Double) -> Double {
    Portable.exp(LogGamma.value(f / 2) - LogGamma.value((f - 1) / 2)) / (f / 2).squareRoot()
  }
}
