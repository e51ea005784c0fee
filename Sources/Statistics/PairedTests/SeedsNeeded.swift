internal import Kernels

/// How many seeds a comparison needs.
///
/// Power of the two-sided paired t test with `n` pairs and a true mean difference of `dz` standard
/// deviations: `P(|T| > c)` for `T` noncentral t with `n - 1 = nu` degrees of freedom and
/// noncentrality `dz sqrt(n)`, as the integral over `s = sqrt(chi2(nu) / nu)` of
/// `Phi(dz sqrt(n) - c s) + Phi(-dz sqrt(n) - c s)`, by the trapezoid rule in `ln s`. The level is
/// `alpha / comparisons`, that of Holm's first and hardest step.
///
/// Source: Cohen, "Statistical Power Analysis for the Behavioral Sciences", 1988.
package enum SeedsNeeded {
  /// No plan runs more seeds than this.
  private static let seedLimit = 1_000_000
  private static let pointCount = 400
  /// The integrand is followed down to `exp(-40)` of its peak.
  private static let depth = 40.0

  /// Smallest number of seeds at which the paired t test finds an effect of `dz` with the given
  /// power; nil for an effect of 0 or too small for a million seeds.
  package static func byTTest(
    effect dz: Double,
    comparisons: Int = 1,
    alpha: Double = 0.05,
    power: Double = 0.8
  ) -> Int? {
    guard dz.isFinite, dz != 0 else { return nil }
    let level = alpha / Double(comparisons)
    var enough = 2
    while tTestPower(effect: dz, seedCount: enough, alpha: level) < power {
      enough *= 2
      if enough > seedLimit { return nil }
    }
    var tooFew = enough / 2
    while enough - tooFew > 1 {
      let middle = (enough + tooFew) / 2
      if tTestPower(effect: dz, seedCount: middle, alpha: level) < power {
        tooFew = middle
      } else {
        enough = middle
      }
    }
    return enough
  }

  /// Smallest number of seeds, or suites, at which an exact Wilcoxon or sign-flip test can be
  /// significant after Holm: the smallest `n` with `comparisons * 2^(1-n) <= alpha`.
  package static func bySignTest(comparisons: Int = 1, alpha: Double = 0.05) -> Int {
    var count = 1
    while Double(comparisons) * SignFlipTest.smallestP(count: count) > alpha { count += 1 }
    return count
  }

  /// Chance that the paired t test at level `alpha` is significant.
  package static func tTestPower(effect dz: Double, seedCount: Int, alpha: Double) -> Double {
    guard seedCount > 1 else { return 0 }
    let nu = Double(seedCount - 1)
    let shift = dz * Double(seedCount).squareRoot()
    let critical = StudentT.quantile(1 - alpha / 2, degreesOfFreedom: nu)
    // Density of ln s: 2 (nu/2)^(nu/2) / gamma(nu/2) * exp(nu (x - exp(2x) / 2)).
    let logScale =
      Portable.log(2) + nu / 2 * Portable.log(nu / 2) - LogGamma.value(nu / 2) - nu / 2
    let width = (depth / nu).squareRoot()
    let start = -(width + depth / nu)
    let step = (width - start) / Double(pointCount)
    var power = 0.0
    for point in 0...pointCount {
      let x = start + Double(point) * step
      let s = Portable.exp(x)
      let density = Portable.exp(logScale + nu * (x + 0.5 - s * s / 2))
      let rejected =
        NormalDistribution.cumulative(shift - critical * s)
        + NormalDistribution.cumulative(-shift - critical * s)
      power += step * density * rejected
    }
    return min(1, power)
  }
}
