/// Which methods of a table column are bold: all that are not significantly worse than the best.
///
/// 1. A method is eligible when no run of it failed and it has at least two values; undefined and
///    missing ones are left out.
/// 2. Best is the eligible method with the best mean, the first of exact ties.
/// 3. Every other eligible method gets a two-sided paired p against the best on their common seeds,
///    Holm-adjusted over the column; p is nil with fewer than two common seeds.
/// 4. Bold: the best, exact ties with it, and every method with adjusted p above `alpha`.
/// 5. Second: the best mean among the eligible that are not bold, with all exact ties.
/// 6. Underpowered: the smallest p the rank or sign-flip test can reach, times the number of
///    comparisons, is above `alpha`; the seeds cannot separate the methods, and all are bold.
///
/// A "best mean" in bold is mostly noise: with 12 methods and 3 seeds it is the wrong one in three
/// tables out of four. The tests are two-sided although the best was picked by looking: the picking
/// uses up the other tail.
package struct BestMarks: Hashable, Sendable {
  /// The paired test behind the marks.
  package enum Test: String, Hashable, Sendable {
    /// `PairedTTest`.
    case tTest = "ttest"
    /// `SignFlipTest`.
    case signFlip = "signflip"
    /// Exact `WilcoxonSignedRank`, zeros by Pratt.
    case wilcoxon
  }

  /// Position of the best method; nil when none is eligible.
  package let best: Int?
  /// p of each method against the best, shape [methodCount]; nil for the best itself and where there
  /// is no test.
  package let p: [Double?]
  /// The same after Holm's adjustment.
  package let adjustedP: [Double?]
  /// Number of seeds each method has in common with the best, shape [methodCount].
  package let commonCounts: [Int]
  /// Whether each method is bold, shape [methodCount].
  package let bold: [Bool]
  /// Positions of the second best, ascending.
  package let second: [Int]
  /// Whether the test cannot reach significance with these seeds.
  package let isUnderpowered: Bool

  /// Marks of `scores`, shape [method][seed].
  package init(
    _ scores: [[Score]],
    higherIsBetter: Bool,
    alpha: Double = 0.05,
    test: Test = .tTest
  ) {
    let means = scores.map { BestMarks.eligibleMean($0).map { higherIsBetter ? -$0 : $0 } }
    let leading = BestMarks.lowest(means)
    let best = leading.first
    let pairs = scores.indices.map { method in
      best.map { Score.pairs(scores[method], scores[$0]) } ?? ([], [])
    }
    let p = scores.indices.map { method in
      method == best || means[method] == nil
        ? nil : BestMarks.twoSidedP(pairs[method].0, pairs[method].1, test)
    }
    let adjustedP = Holm.adjusted(p)
    let bold = scores.indices.map { method in
      leading.contains(method) || (adjustedP[method] ?? 0) > alpha
    }
    self.best = best
    self.p = p
    self.adjustedP = adjustedP
    self.bold = bold
    commonCounts = pairs.map { $0.0.count }
    second = BestMarks.lowest(zip(means, bold).map { $1 ? nil : $0 })
    let compared = pairs.indices.filter { p[$0] != nil }
    let largestCount = compared.map { pairs[$0].0.count }.max() ?? 0
    isUnderpowered =
      test != .tTest && !compared.isEmpty
      && SignFlipTest.smallestP(count: largestCount) * Double(compared.count) > alpha
  }

  /// Mean over the values; nil for a method that is not eligible.
  private static func eligibleMean(_ scores: [Score]) -> Double? {
    let values = scores.compactMap(\.value)
    guard values.count >= 2, !scores.contains(.failed) else { return nil }
    return Score(CompensatedSum.mean(values)).value
  }

  /// Positions of the lowest mean and all exact ties with it; empty without any.
  private static func lowest(_ means: [Double?]) -> [Int] {
    guard let lowest = means.compactMap({ $0 }).min() else { return [] }
    return means.indices.filter { position in
      means[position].map { Ties.areTied($0, lowest) } ?? false
    }
  }

  private static func twoSidedP(_ x: [Double], _ y: [Double], _ test: Test) -> Double? {
    guard x.count >= 2 else { return nil }
    switch test {
    case .tTest: return PairedTTest(x, y).twoSided
    case .signFlip: return SignFlipTest(differences: zip(x, y).map { $0 - $1 }).twoSided
    case .wilcoxon:
      let differences = SnappedDifferences.of(x, y)
      return WilcoxonSignedRank(differences: differences).twoSided
    }
  }
}
