internal import Kernels

/// How large the difference of two methods is, for results that share no seeds.
///
/// Cliff's `delta = (#{x > y} - #{x < y}) / (nx ny)`, from -1 to 1, and `A12 = (delta + 1) / 2`, the
/// chance that a random `x` is larger than a random `y`, ties counting half. Customary marks of
/// `|delta|` are .147 small, .33 medium, .474 large. Nan when either list is empty.
///
/// Sources: Cliff, "Dominance statistics", Psychological Bulletin 114, 1993; Vargha and Delaney, "A
/// critique and improvement of the CL common language effect size statistics", JEBS 25, 2000.
package struct UnpairedEffect: Hashable, Sendable {
  /// Cliff's delta; positive when `x` tends to be larger.
  package let cliffDelta: Double
  /// Vargha and Delaney's A12.
  package var probabilityOfSuperiority: Double { (cliffDelta + 1) / 2 }

  /// Effect of `x` against `y`.
  package init(_ x: [Double], _ y: [Double]) {
    var balance = 0
    for a in x {
      for b in y {
        if Ties.isLarger(a, b) { balance += 1 } else if Ties.isLarger(b, a) { balance -= 1 }
      }
    }
    cliffDelta = Double(balance) / (Double(x.count) * Double(y.count))
  }
}

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
