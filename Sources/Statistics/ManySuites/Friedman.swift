/// Friedman's test, and Iman and Davenport's F, of whether methods differ over suites.
///
/// In each of `N` blocks (suites, or families of suites: never seeds) the `k` methods are ranked, 1
/// best; `R(j)` are the mean ranks.
///
/// `chi2 = 12 N / (k (k + 1)) * sum((R(j) - (k + 1)/2)^2)`, divided by
/// `1 - sum(t^3 - t) / (N k (k^2 - 1))` for ties of size `t`, which is the share of the untied ranks'
/// variance that is left; `F = (N - 1) chi2 / (N (k - 1) - chi2)` with `k - 1` and `(k - 1)(N - 1)`
/// degrees of freedom; Kendall's `W = chi2 / (N (k - 1))`.
///
/// Perfect agreement gives `F` infinite and p 0; all blocks fully tied give chi2 and `F` 0 and p 1.
/// One block has no `F`. Use `F`: chi2 is conservative for few blocks.
///
/// Sources: Friedman, "The use of ranks to avoid the assumption of normality", JASA 32, 1937; Iman
/// and Davenport, "Approximations of the critical region of the Friedman statistic", Communications
/// in Statistics A 9, 1980; Demšar, JMLR 7, 2006.
package struct Friedman: Hashable, Sendable {
  /// Mean rank of each method, shape [methodCount].
  package let meanRanks: [Double]
  /// Number of blocks, `N`.
  package let blockCount: Int
  /// Friedman's statistic with the correction for ties.
  package let chiSquared: Double
  /// Friedman's statistic without it, as older programs print it.
  package let chiSquaredUncorrected: Double
  /// p of `chiSquared`.
  package let p: Double
  /// Iman and Davenport's statistic.
  package let f: Double
  /// p of `f`.
  package let fP: Double
  /// Kendall's coefficient of concordance, from 0 to 1.
  package let kendallW: Double
  /// Whether every block is one tie.
  package let isAllTied: Bool

  /// First degrees of freedom of `f`, and those of `chiSquared`.
  package var degreesOfFreedom1: Int { meanRanks.count - 1 }
  /// Second degrees of freedom of `f`.
  package var degreesOfFreedom2: Int { (meanRanks.count - 1) * (blockCount - 1) }

  /// Test of `values`, shape [suite][method], nan for a failed run, which takes the worst rank.
  ///
  /// - Precondition: at least one suite, rows of equal length.
  package init(_ values: [[Double]], higherIsBetter: Bool) {
    precondition(!values.isEmpty, "no suites")
    let ranks = values.map { Ranking.ranks($0, higherIsBetter: higherIsBetter) }
    let blocks = Double(values.count)
    let k = Double(Columns.count(of: values))
    let center = (k + 1) / 2
    meanRanks = Columns.means(of: ranks)
    blockCount = values.count
    let spread = CompensatedSum.of(ranks.joined().map { ($0 - center) * ($0 - center) })
    let untiedSpread = blocks * k * (k * k - 1) / 12
    let distance = CompensatedSum.of(meanRanks.map { ($0 - center) * ($0 - center) })
    isAllTied = spread == 0
    guard spread > 0 else {
      (chiSquared, chiSquaredUncorrected, f, kendallW) = (0, 0, 0, 0)
      (p, fP) = (1, 1)
      return
    }
    chiSquaredUncorrected = 12 * blocks / (k * (k + 1)) * distance
    chiSquared = chiSquaredUncorrected * untiedSpread / spread
    p = ChiSquared.upperTail(chiSquared, degreesOfFreedom: k - 1)
    let largest = blocks * (k - 1)
    kendallW = chiSquared / largest
    if values.count == 1 {
      (f, fP) = (.nan, .nan)
    } else if Ties.areTied(chiSquared, largest) {
      (f, fP) = (.infinity, 0)
    } else {
      f = (blocks - 1) * chiSquared / (largest - chiSquared)
      fP = FDistribution.upperTail(f, k - 1, (k - 1) * (blocks - 1))
    }
  }
}
