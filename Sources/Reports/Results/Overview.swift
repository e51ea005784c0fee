package import Statistics
package import Store

/// Each method over all problems of a suite.
///
/// Problems of one family are averaged first, so that a family counts once. What is said of a mean
/// holds for other seeds on the same problems, not for new problems.
package struct Overview: Sendable {
  /// One method over all problems.
  package struct Line: Sendable {
    /// The method.
    package let record: MethodRecord
    /// Its results by problem, in the suite's order; nil where it has none.
    package let results: [MethodResults?]
    /// Mean Δm over the families in percent; nil where a problem has none, or runs failed.
    package let meanDeltaM: Double?
    /// Standard error of `meanDeltaM` over seeds; nil as above, or with a single seed.
    package let error: Double?
    /// Mean over the problems of the rank of its Δm; failed ones share the worst ranks.
    package let meanRank: Double?
    /// Against the tuned static weights, problem by problem; nil for these themselves.
    package let duels: WinTieLoss?
  }

  /// The problems' labels, in the suite's order.
  package let problems: [String]
  /// How many families the problems belong to.
  package let familyCount: Int
  /// One line for each compared method, in the suite's order.
  package let lines: [Line]

  package init(_ results: SuiteResults) {
    problems = results.problems.map(\.problem.label)
    let families = results.problems.map(\.problem.family)
    familyCount = Set(families).count
    let weights = families.map { family in
      1 / Double(Set(families).count * families.count { $0 == family })
    }
    let records = Self.comparedMethods(results)
    let byMethod = records.map { record in
      results.problems.map { problem in
        problem.methods.first { $0.record.label == record.label }
      }
    }
    let ranks = Self.meanRanks(byMethod)
    lines = records.indices.map { index in
      let own = byMethod[index]
      let (mean, error) = Self.meanDeltaM(own, weights: weights)
      return Line(
        record: records[index],
        results: own,
        meanDeltaM: mean,
        error: error,
        meanRank: ranks[index],
        duels: Self.duels(records[index], results.problems)
      )
    }
  }

  /// Every method that is compared on some problem, in table order.
  private static func comparedMethods(_ results: SuiteResults) -> [MethodRecord] {
    var records: [MethodRecord] = []
    for problem in results.problems {
      for method in problem.methods
      where !records.contains(where: { $0.label == method.record.label }) {
        records.append(method.record)
      }
    }
    let groups = ["fixed", "loss", "gradient"]
    return records.sorted {
      (groups.firstIndex(of: $0.group) ?? groups.count, $0.order, $0.label)
        < (groups.firstIndex(of: $1.group) ?? groups.count, $1.order, $1.label)
    }
  }

  private static func meanDeltaM(
    _ results: [MethodResults?],
    weights: [Double]
  ) -> (mean: Double?, error: Double?) {
    var mean = 0.0
    var variance = 0.0
    for (result, weight) in zip(results, weights) {
      guard let result, result.failedCount == 0, let summary = result.deltaMSummary,
        summary.count > 0
      else { return (nil, nil) }
      mean += weight * summary.mean
      variance += weight * weight * summary.standardError * summary.standardError
    }
    return (mean, variance.isFinite ? variance.squareRoot() : nil)
  }

  private static func meanRanks(_ byMethod: [[MethodResults?]]) -> [Double?] {
    let values = byMethod.map { results in
      results.map { result -> Double? in
        guard let result else { return nil }
        if result.failedCount > 0 { return .nan }
        return result.deltaMSummary.flatMap { $0.count > 0 ? $0.mean : nil }
      }
    }
    let columnCount = byMethod.first?.count ?? 0
    let ranks = MeanRank(values, higherIsBetter: [Bool](repeating: false, count: columnCount))
    return ranks.meanRanks.map { $0.isFinite ? $0 : nil }
  }

  private static func duels(_ record: MethodRecord, _ problems: [ProblemResults]) -> WinTieLoss? {
    guard record.label != MethodResults.tunedStaticLabel else { return nil }
    return WinTieLoss(
      problems.map { problem in
        let missing = [Double?](repeating: nil, count: problem.seeds.count)
        return WinTieLoss.Suite(
          method: problem.methods.first { $0.record.label == record.label }?.deltaMBySeed
            ?? missing,
          control: problem.control?.deltaMBySeed ?? missing,
          higherIsBetter: false
        )
      },
      alpha: Comparison.alpha
    )
  }
}
