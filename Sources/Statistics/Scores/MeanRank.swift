/// Mean rank of each method over the metrics of a suite (MR).
///
/// In each column methods are ranked (1 is best, ties averaged, failed ones share the worst ranks,
/// undefined and missing ones have none); `MR(m)` is the mean over the columns in which it has one. It has no unit of effect and depends on the pool: the same
/// row has another MR in another table. Single-task training is not ranked.
package struct MeanRank: Hashable, Sendable {
  /// Rank of each method in each column, [method][metric]; nil where it has none.
  package let ranks: [[Double?]]
  /// Mean over the columns in which a method has a rank; nan for none.
  package let meanRanks: [Double]

  /// Ranks of `values`, shape [method][metric].
  ///
  /// - Precondition: every row has one value per entry of `higherIsBetter`.
  package init(_ values: [[Score]], higherIsBetter: [Bool]) {
    precondition(
      values.allSatisfy { $0.count == higherIsBetter.count },
      "rows of \(values.map { $0.count }) values for \(higherIsBetter.count) metrics"
    )
    let columns = higherIsBetter.indices.map { column in
      Ranking.ranks(of: values.map { $0[column] }, higherIsBetter: higherIsBetter[column])
    }
    ranks = values.indices.map { method in columns.map { $0[method] } }
    meanRanks = ranks.map { CompensatedSum.mean($0.compactMap { $0 }) }
  }
}
