/// Δm of a method over paired seeds, each against single-task training of the same seed.
///
/// The per-seed values are what tests, intervals and marks use. `ratioOfMeans` averages metrics over
/// seeds first, as published tables do; `perSeedFixedBase` holds each seed against the mean
/// single-task value, which leaves the base's own error out of the interval. A noisy base makes the
/// mean of the per-seed values too large by about `100 c^2 (1 - rho)` points for a base with
/// coefficient of variation `c` and correlation `rho` with the method; see `isBaseNoisy`.
///
/// A failed run, or a base of 0, makes that seed nan, and Δm of the suite undefined.
package struct DeltaMOverSeeds: Hashable, Sendable {
  /// One metric of a task over seeds.
  package struct Metric: Hashable, Sendable {
    /// The method's value at each seed, shape [seedCount]; nan for a failed run.
    package var values: [Double]
    /// Single-task training's value at the same seeds, shape [seedCount].
    package var bases: [Double]
    /// Whether larger values are better.
    package var higherIsBetter: Bool

    /// A metric with both values at each seed and its direction.
    ///
    /// - Precondition: as many values as bases.
    package init(values: [Double], bases: [Double], higherIsBetter: Bool) {
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
  /// Summary of the drops of the finished seeds.
  package let summary: SeedSummary
  /// Summary of the drops that average all metrics at once.
  package let summaryFlat: SeedSummary
  /// Δm of the metrics averaged over seeds.
  package let ratioOfMeans: DeltaM
  /// Drop of each seed against single-task values averaged over seeds, shape [seedCount].
  package let perSeedFixedBase: [Double]

  /// Drop at each seed, shape [seedCount]; nan where it is undefined.
  package var perSeed: [Double] { seeds.map { $0.drop } }
  /// Mean drop; nan when any seed failed.
  package var mean: Double { isDefined ? summary.mean : .nan }
  /// Whether every seed has a Δm.
  package var isDefined: Bool { summary.failedCount == 0 }
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
    seeds = (0..<seedCount).map { seed in
      DeltaMOverSeeds.deltaM(tasks) { ($0.values[seed], $0.bases[seed]) }
    }
    summary = SeedSummary(seeds.map { $0.drop }, level: level)
    summaryFlat = SeedSummary(seeds.map { $0.dropFlat }, level: level)
    ratioOfMeans = DeltaMOverSeeds.deltaM(tasks) {
      (CompensatedSum.mean($0.values), CompensatedSum.mean($0.bases))
    }
    perSeedFixedBase = (0..<seedCount).map { seed in
      DeltaMOverSeeds.deltaM(tasks) { ($0.values[seed], CompensatedSum.mean($0.bases)) }.drop
    }
  }

  private static func deltaM(
    _ tasks: [[Metric]],
    taking: (Metric) -> (value: Double, base: Double)
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
