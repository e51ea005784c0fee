/// Δm of a method over paired seeds, each against single-task training of the same seed.
///
/// The per-seed values are what tests, intervals and marks use. `ratioOfMeans` averages metrics over
/// seeds first, as published tables do; `perSeedFixedBase` holds each seed against the mean
/// single-task value, which leaves the base's own error out of the interval. A noisy base makes the
/// mean of the per-seed values too large by about `100 c^2 (1 - rho)` points for a base with
/// coefficient of variation `c` and correlation `rho` with the method; see `isBaseNoisy`.
///
/// A failed run makes its seed failed, and the mean over seeds undefined; a seed that is undefined (a
/// base of 0) or missing is left out of it, and counted.
package struct DeltaMOverSeeds: Hashable, Sendable {
  /// One metric of a task over seeds.
  package struct Metric: Hashable, Sendable {
    /// The method's value at each seed, shape [seedCount].
    package var values: [Score]
    /// Single-task training's value at the same seeds, shape [seedCount].
    package var bases: [Score]
    /// Whether larger values are better.
    package var higherIsBetter: Bool

    /// A metric with both values at each seed and its direction.
    ///
    /// - Precondition: as many values as bases.
    package init(values: [Score], bases: [Score], higherIsBetter: Bool) {
      precondition(
        values.count == bases.count,
        "\(values.count) values against \(bases.count) single-task values"
      )
      self.values = values
      self.bases = bases
      self.higherIsBetter = higherIsBetter
    }
  }

  /// Everything of Δm at each seed, shape [seedCount].
  package let seeds: [DeltaM]
  /// Summary of the drops of the seeds that have one.
  package let summary: SeedSummary
  /// Summary of the drops that average all metrics at once.
  package let summaryFlat: SeedSummary
  /// Δm of the metrics averaged over the seeds that have a drop; failed where a seed failed.
  package let ratioOfMeans: DeltaM
  /// Drop of each seed against single-task values averaged over seeds, shape [seedCount].
  package let perSeedFixedBase: [Score]

  /// Drop at each seed, shape [seedCount].
  package var perSeed: [Score] { seeds.map { $0.score } }
  /// Mean drop; nan when a seed failed or none has one.
  package var mean: Double { isDefined ? summary.mean : .nan }
  /// Whether a seed has a Δm and none failed.
  package var isDefined: Bool { summary.failedCount == 0 && summary.count > 0 }
  /// Whether noise in the base matters: the mean drop and that of the ratio of means differ by more
  /// than a quarter of the interval's half width.
  package var isBaseNoisy: Bool {
    !Ties.areTied(summary.mean, ratioOfMeans.drop)
      && abs(summary.mean - ratioOfMeans.drop) > summary.interval.halfWidth / 4
  }

  /// Δm of tasks given as lists of their metrics; `level` is that of the interval.
  ///
  /// - Precondition: all metrics have the same number of seeds.
  package init(_ tasks: [[Metric]], level: Double = 0.95) {
    let seedCount = tasks.first?.first?.values.count ?? 0
    precondition(
      tasks.allSatisfy { $0.allSatisfy { $0.values.count == seedCount } },
      "metrics with different numbers of seeds"
    )
    let seeds = (0..<seedCount).map { seed in
      DeltaMOverSeeds.deltaM(tasks) { ($0.values[seed], $0.bases[seed]) }
    }
    let counted = (0..<seedCount).filter {
      seeds[$0].score.value != nil || seeds[$0].score == .failed
    }
    self.seeds = seeds
    summary = SeedSummary(seeds.map { $0.score }, level: level)
    summaryFlat = SeedSummary(seeds.map { $0.scoreFlat }, level: level)
    let mean = { (scores: [Score]) in Score.mean(counted.map { scores[$0] }) }
    ratioOfMeans = DeltaMOverSeeds.deltaM(tasks) { (mean($0.values), mean($0.bases)) }
    let fixed = tasks.map { metrics in
      metrics.map { metric in
        var metric = metric
        metric.bases = Array(repeating: mean(metric.bases), count: seedCount)
        return metric
      }
    }
    perSeedFixedBase = DeltaMOverSeeds.drops(fixed)
  }

  /// Difference from single-task training at each seed, in percent of the single-task values averaged over
  /// all seeds, in the way of Δm, shape [seedCount]; its mean is Δm of the averaged metrics.
  ///
  /// It is defined where a single-task value is 0, as long as that is not so at every seed. The mean base
  /// is taken as known, which does no harm to a test of whether there is a difference.
  package static func perSeedOfMeans(_ tasks: [[Metric]]) -> [Score] {
    let moved = tasks.map { metrics in
      metrics.map { metric in
        let mean = SeedSummary(metric.bases).mean
        var metric = metric
        for (seed, base) in metric.bases.enumerated() {
          guard let base = base.value else { continue }
          metric.values[seed] = metric.values[seed].map { mean + ($0 - base) }
          metric.bases[seed] = .value(mean)
        }
        return metric
      }
    }
    return drops(moved)
  }

  /// The drop at each seed.
  private static func drops(_ tasks: [[Metric]]) -> [Score] {
    (tasks.first?.first?.values ?? []).indices.map { seed in
      deltaM(tasks) { ($0.values[seed], $0.bases[seed]) }.score
    }
  }

  private static func deltaM(
    _ tasks: [[Metric]],
    taking: (Metric) -> (value: Score, base: Score)
  ) -> DeltaM {
    DeltaM(
      tasks.map { metrics in
        metrics.map { metric in
          let (value, base) = taking(metric)
          return DeltaM.Metric(value: value, base: base, higherIsBetter: metric.higherIsBetter)
        }
      }
    )
  }
}
