/// Wilcoxon tests of pairs of methods over suites, Holm-adjusted: the default over suites.
///
/// Every pair (or every method against one control) is compared by the exact signed-rank test with
/// Pratt's zeros on its values per suite. Apart from Holm's count the verdict on a pair does not
/// depend on the other methods. With `N` suites and `C` pairs significance at `alpha` is impossible
/// unless `N >= 1 + log2(C / alpha)`. A failed value (nan) loses by more than any finite one.
///
/// Source: Benavoli, Corani and Mangili, "Should we really use post-hoc tests based on mean-ranks?",
/// JMLR 17, 2016; García and Herrera, JMLR 9, 2008.
package struct WilcoxonHolm: Hashable, Sendable {
  /// Mean rank of each method, shape [methodCount].
  package let meanRanks: [Double]
  /// The pairs compared: all, or the control with every other method.
  package let pairs: [IndexPair]
  /// p of each pair.
  package let p: [Double]
  /// p of each pair after Holm's adjustment.
  package let adjustedP: [Double]
  /// The pairs whose adjusted p is above `alpha`.
  package let notSignificant: [IndexPair]
  /// Maximal sets of two or more methods no two of which differ, in rank order; empty with a control.
  package let cliques: [[Int]]

  /// Comparison on `values`, shape [suite][method]; with `control` only against that method.
  ///
  /// - Precondition: rows of equal length.
  package init(
    _ values: [[Double]],
    higherIsBetter: Bool,
    control: Int? = nil,
    alpha: Double = 0.05
  ) {
    let methodCount = Columns.count(of: values)
    let worst = higherIsBetter ? -Double.infinity : Double.infinity
    let columns = (0..<methodCount).map { method in
      values.map { $0[method].isNaN ? worst : $0[method] }
    }
    let allPairs = IndexPair.all(count: methodCount)
    let pairs =
      control.map { control in
        (0..<methodCount).filter { $0 != control }.map { IndexPair(control, $0) }
      } ?? allPairs
    let p = pairs.map { pair in
      let differences = SnappedDifferences.of(columns[pair.first], columns[pair.second])
      return WilcoxonSignedRank(differences: differences).twoSided
    }
    let adjusted = Holm.adjusted(p).map { $0 ?? 1 }
    let notSignificant = zip(pairs, adjusted).filter { $0.1 > alpha }.map { $0.0 }
    self.pairs = pairs
    self.p = p
    adjustedP = adjusted
    self.notSignificant = notSignificant
    meanRanks = Columns.means(
      of: values.map { Ranking.ranks($0, higherIsBetter: higherIsBetter) }
    )
    cliques =
      control == nil
      ? Cliques(notSignificant: notSignificant, meanRanks: meanRanks).groups : []
  }
}
