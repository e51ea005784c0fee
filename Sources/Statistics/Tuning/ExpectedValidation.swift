/// Expected best validation value of a tuner that stops after `n` of the `T` trials made.
///
/// With the values ascending, `v(1) <= ... <= v(T)`, higher better (pass minus Δm):
///
/// - without replacement (unbiased, the default): `sum of v(i) C(i - 1, n - 1) / C(T, n)`, for `n <= T`;
/// - with replacement: `sum of v(i) ((i/T)^n - ((i-1)/T)^n)`, and its spread from the same weights;
/// - test of selected: the weights without replacement on test values in the order of the validation
///   values, tied trials sharing theirs: what the tuner would have reported.
///
/// Curves of two methods that cross say "better only with a larger budget". A failed trial (nan) is
/// worse than all others; while it has weight the expectation is nan.
///
/// Sources: Dodge, Gururangan, Card, Schwartz and Smith, "Show Your Work", EMNLP 2019; Tang, Lee, Xin,
/// Liu, Yu and Lin, "Showing Your Work Doesn't Always Work", ACL 2020.
package struct ExpectedValidation: Hashable, Sendable {
  /// Expectation at each budget when trials are drawn with replacement.
  package let withReplacement: [Double]
  /// Standard deviation of the same.
  package let withReplacementDeviation: [Double]
  /// Expectation at each budget when trials are drawn without replacement; nan beyond `T`.
  package let withoutReplacement: [Double]
  /// Expected test value of the selected trial; nil without test values.
  package let testOfSelected: [Double]?

  /// Curves at `budgets`, numbers of trials of at least 1.
  ///
  /// - Precondition: as many test values as validation values.
  package init(_ values: [Double], budgets: [Int], test: [Double]? = nil) {
    precondition(
      test.map { $0.count == values.count } ?? true,
      "\(test?.count ?? 0) test values for \(values.count) trials"
    )
    let order = Ranking.order(of: values.map { $0.isNaN ? -.infinity : $0 })
    let sorted = order.map { values[$0] }
    let sortedTest = test.map { test in
      ExpectedValidation.sharedByTies(order.map { test[$0] }, of: sorted)
    }
    let drawn = budgets.map { ExpectedValidation.drawnWeights($0, of: values.count) }
    let chosen = budgets.map { ExpectedValidation.chosenWeights($0, of: values.count) }
    withReplacement = drawn.map { ExpectedValidation.mean(sorted, $0) }
    withReplacementDeviation = drawn.map { ExpectedValidation.deviation(sorted, $0) }
    withoutReplacement = chosen.map { $0.map { ExpectedValidation.mean(sorted, $0) } ?? .nan }
    testOfSelected = sortedTest.map { sortedTest in
      chosen.map { $0.map { ExpectedValidation.mean(sortedTest, $0) } ?? .nan }
    }
  }

  /// `(i/T)^n - ((i-1)/T)^n` for `i` from 1 to `T`.
  private static func drawnWeights(_ n: Int, of trialCount: Int) -> [Double] {
    let powers = (0...trialCount).map { i in
      (0..<n).reduce(1.0) { power, _ in power * Double(i) / Double(trialCount) }
    }
    return zip(powers.dropFirst(), powers).map { $0 - $1 }
  }

  /// `C(i - 1, n - 1) / C(T, n)` for `i` from 1 to `T`; nil for `n > T`.
  private static func chosenWeights(_ n: Int, of trialCount: Int) -> [Double]? {
    guard n <= trialCount else { return nil }
    return (0..<trialCount).map { below in
      (0..<(n - 1)).reduce(Double(n) / Double(trialCount)) { weight, j in
        weight * Double(max(0, below - j)) / Double(trialCount - 1 - j)
      }
    }
  }

  private static func mean(_ values: [Double], _ weights: [Double]) -> Double {
    CompensatedSum.of(zip(values, weights).map { $1 == 0 ? 0 : $0 * $1 })
  }

  private static func deviation(_ values: [Double], _ weights: [Double]) -> Double {
    let center = mean(values, weights)
    return mean(values.map { ($0 - center) * ($0 - center) }, weights).squareRoot()
  }

  /// Test values of trials with tied validation values replaced by their mean.
  private static func sharedByTies(_ test: [Double], of sorted: [Double]) -> [Double] {
    var shared = test
    var start = 0
    while start < sorted.count {
      var end = start + 1
      while end < sorted.count, Ties.areTied(sorted[start], sorted[end]) { end += 1 }
      let mean = CompensatedSum.mean(Array(test[start..<end]))
      for index in start..<end { shared[index] = mean }
      start = end
    }
    return shared
  }
}
