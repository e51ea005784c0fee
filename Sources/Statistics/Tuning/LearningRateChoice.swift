/// The learning rate that tuning chooses for a method.
///
/// The criterion is the mean over tuning seeds of the validation Δm (drop), lower is better. A failed
/// seed disqualifies its rate. Of rates whose means differ by at most 1e-12 the smaller wins.
package struct LearningRateChoice: Hashable, Sendable {
  /// Means closer than this, in points, are tied; the criterion may well be 0, hence no relative one.
  private static let tieTolerance = 1e-12

  /// Mean drop at each rate, shape [rateCount]; nil where a seed failed or none was run.
  package let means: [Double?]
  /// Position of the chosen rate; nil when all are disqualified.
  package let index: Int?
  /// The chosen rate; nil when all are disqualified.
  package let learningRate: Double?
  /// Whether the chosen rate is the smallest or largest of the grid, so that a better one may lie
  /// outside.
  package let isAtEdge: Bool

  /// Choice among `rates` by `drops`, shape [rate][seed], nan for a failed run, nil for one not made.
  ///
  /// - Precondition: as many rows of drops as rates.
  package init(rates: [Double], drops: [[Double?]]) {
    precondition(
      rates.count == drops.count,
      "\(rates.count) learning rates with \(drops.count) rows of drops"
    )
    let means = drops.map { row -> Double? in
      let made = row.compactMap { $0 }
      guard !made.isEmpty, made.allSatisfy({ $0.isFinite }) else { return nil }
      return CompensatedSum.mean(made)
    }
    let lowest = means.compactMap { $0 }.min() ?? .nan
    let best = rates.indices.filter { index in
      means[index].map { $0 - lowest <= LearningRateChoice.tieTolerance } ?? false
    }
    self.means = means
    index = best.min { rates[$0] < rates[$1] }
    learningRate = index.map { rates[$0] }
    isAtEdge = learningRate.map { $0 == rates.min() || $0 == rates.max() } ?? false
  }
}
