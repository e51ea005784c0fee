/// A method as tuning leaves it: a few finalists, each with its criterion on the tuning seeds and its
/// result on the evaluation seeds.
package struct TunedContender: Hashable, Sendable {
  /// Validation criterion of each finalist at each tuning seed, lower is better, shape
  /// [finalistCount][tuningSeedCount].
  package var criteria: [[Score]]
  /// Test result of each finalist at each evaluation seed, lower is better, shape
  /// [finalistCount][evaluationSeedCount].
  package var results: [[Score]]

  /// A method with its finalists.
  ///
  /// - Precondition: as many rows of both, at least one, of the same length in each.
  package init(criteria: [[Score]], results: [[Score]]) {
    precondition(
      !criteria.isEmpty && criteria.count == results.count
        && criteria.allSatisfy { $0.count == criteria[0].count }
        && results.allSatisfy { $0.count == results[0].count },
      "\(criteria.map { $0.count }) criteria with \(results.map { $0.count }) results"
    )
    self.criteria = criteria
    self.results = results
  }

  /// How many tuning seeds there are.
  package var tuningSeedCount: Int { criteria[0].count }

  /// The finalist with the lowest mean criterion over some tuning seeds, which may be listed more than
  /// once; the first of exact ties, nil when all are disqualified.
  ///
  /// A failed seed disqualifies a finalist; undefined and missing ones are left out of its mean.
  package func choice(_ tuningSeeds: [Int]) -> Int? {
    var best: Int?
    var lowest = Double.infinity
    for finalist in criteria.indices {
      guard let mean = mean(of: finalist, over: tuningSeeds), mean < lowest else { continue }
      (best, lowest) = (finalist, mean)
    }
    return best
  }

  /// Nil for a finalist that is disqualified, or has no criterion at any of the seeds.
  private func mean(of finalist: Int, over seeds: [Int]) -> Double? {
    var (sum, count) = (0.0, 0.0)
    for seed in seeds {
      switch criteria[finalist][seed] {
      case .value(let value):
        sum += value
        count += 1
      case .failed: return nil
      case .undefined, .missing: continue
      }
    }
    return count == 0 ? nil : sum / count
  }

  /// What the choice costs: the mean result of the chosen finalist minus that of the best one, over the
  /// evaluation seeds at which all have a result; nil without a choice or such a seed.
  ///
  /// The best is picked by looking at the results, so that the regret is never negative and somewhat
  /// too large.
  package var regret: Double? {
    guard let chosen = choice(Array(0..<tuningSeedCount)) else { return nil }
    let shared = results[0].indices.filter { seed in results.allSatisfy { $0[seed].value != nil } }
    guard !shared.isEmpty else { return nil }
    let means = results.map { row in CompensatedSum.mean(shared.map { row[$0].number }) }
    return means[chosen] - (means.min() ?? means[chosen])
  }
}
