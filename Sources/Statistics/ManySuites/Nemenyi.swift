/// Nemenyi's comparison of all pairs of methods by their mean ranks over suites.
///
/// Methods differ when their mean ranks are at least `CD = q / sqrt(2) * sqrt(k (k + 1) / (6 N))`
/// apart, with `q` the upper `alpha` quantile of the studentized range of `k` groups. The p of a pair
/// is `P(Q > |R(i) - R(j)| / sqrt(k (k + 1) / (12 N)))`. It depends on the pool: two methods can
/// change their verdict when a third joins. Kept for comparison with older work; the default is
/// `WilcoxonHolm`.
///
/// Sources: Nemenyi, "Distribution-free multiple comparisons", 1963; Demšar, "Statistical comparisons
/// of classifiers over multiple data sets", JMLR 7, 2006, section 3.2.2.
package struct Nemenyi: Hashable, Sendable {
  /// Mean rank of each method, shape [methodCount].
  package let meanRanks: [Double]
  /// Quantile of the studentized range, not divided by the root of 2.
  package let q: Double
  /// Critical difference of mean ranks.
  package let criticalDifference: Double
  /// p of each pair, shape [methodCount][methodCount], 1 on the diagonal.
  package let p: [[Double]]
  /// Maximal runs of the rank order that are shorter than the critical difference and have two or
  /// more members, best first.
  package let groups: [[Int]]

  /// Comparison on `values`, shape [suite][method], nan for a failed run, which takes the worst rank.
  ///
  /// - Precondition: at least one suite, rows of equal length with two or more methods.
  package init(_ values: [[Double]], higherIsBetter: Bool, alpha: Double = 0.05) {
    let methodCount = Columns.count(of: values)
    precondition(methodCount > 1, "\(methodCount) methods on \(values.count) suites")
    let ranks = values.map { Ranking.ranks($0, higherIsBetter: higherIsBetter) }
    let means = Columns.means(of: ranks)
    let k = Double(methodCount)
    let unit = (k * (k + 1) / (12 * Double(values.count))).squareRoot()
    meanRanks = means
    q = StudentizedRange.quantile(1 - alpha, groupCount: methodCount)
    criticalDifference = q * unit
    p = means.map { first in
      means.map { second in
        StudentizedRange.upperTail(abs(first - second) / unit, groupCount: methodCount)
      }
    }
    groups = Nemenyi.groups(means, criticalDifference: criticalDifference)
  }

  private static func groups(_ means: [Double], criticalDifference: Double) -> [[Int]] {
    let order = Ranking.order(of: means)
    var groups: [[Int]] = []
    var reached = 0
    for start in order.indices {
      let end = order.indices.last { means[order[$0]] - means[order[start]] < criticalDifference }
      guard let end, end > start, end > reached else { continue }
      groups.append(Array(order[start...end]))
      reached = end
    }
    return groups
  }
}
