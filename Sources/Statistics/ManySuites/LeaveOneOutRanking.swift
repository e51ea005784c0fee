/// How much a ranking by a mean over suites rests on one of them.
///
/// Methods are ranked by the mean of their values, and again with each suite left out. A ranking that
/// one suite makes alone has a low Kendall `tau` without it, and perhaps another first.
package struct LeaveOneOutRanking: Hashable, Sendable {
  /// The ranking without one suite.
  package struct Without: Hashable, Sendable {
    /// Position of the suite that is left out.
    package let suite: Int
    /// Positions of the methods with the lowest mean; more than one where they are tied.
    package let first: [Int]
    /// Kendall's tau with the ranking over all suites; nan where either is one tie.
    package let tau: Double
  }

  /// Mean of each method over all suites, lower is better.
  package let means: [Double]
  /// Positions of the methods with the lowest mean.
  package let first: [Int]
  /// The ranking without each suite; empty for a single suite.
  package let without: [Without]

  /// The lowest tau that is defined, and which suite makes it; nil without one.
  package var weakest: Without? {
    without.filter { !$0.tau.isNaN }.min { $0.tau < $1.tau }
  }

  /// Whether the same methods are first whichever suite is left out.
  package var isFirstStable: Bool { without.allSatisfy { $0.first == first } }

  /// Ranking of `values`, shape [suite][method], lower is better.
  ///
  /// - Precondition: rows of equal length.
  package init(_ values: [[Double]]) {
    let means = Columns.means(of: values)
    self.means = means
    first = LeaveOneOutRanking.lowest(means)
    guard values.count > 1 else {
      without = []
      return
    }
    without = values.indices.map { left in
      let rest = Columns.means(of: values.indices.filter { $0 != left }.map { values[$0] })
      return Without(
        suite: left,
        first: LeaveOneOutRanking.lowest(rest),
        tau: KendallTau.of(means, rest)
      )
    }
  }

  private static func lowest(_ means: [Double]) -> [Int] {
    let lowest = means.min() ?? .nan
    return means.indices.filter { Ties.areTied(means[$0], lowest) }
  }
}
