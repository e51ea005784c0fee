/// The bias-corrected and accelerated bootstrap interval.
///
/// `z0 = Phi^-1((#{theta* < estimate} + #{theta* = estimate}/2) / B)`, and from the leave-one-out
/// values `theta(i)` with mean `m`, `a = sum((m - theta(i))^3) / (6 (sum((m - theta(i))^2))^(3/2))`.
/// The interval's ends are the quantiles at `Phi(z0 + (z0 + z) / (1 - a (z0 + z)))` for `z` the normal
/// quantiles at `(1 - level)/2` and `(1 + level)/2`. "=" is up to a relative 1e-12, else the order of
/// summation would decide. With `z0` infinite or all leave-one-out values equal it is undefined, and
/// the percentile interval stands in.
///
/// Source: Efron, "Better bootstrap confidence intervals", JASA 82, 1987.
package struct BCa: Hashable, Sendable {
  /// The interval.
  package let interval: Interval
  /// Bias correction `z0`; nil when the percentile interval stands in.
  package let biasCorrection: Double?
  /// Acceleration `a`; nil when the percentile interval stands in.
  package let acceleration: Double?

  /// Whether the percentile interval stands in.
  package var isPercentile: Bool { biasCorrection == nil }

  /// Interval of a bootstrap distribution.
  package init(_ bootstrap: Bootstrap, level: Double = 0.95) {
    let z0 = NormalDistribution.quantile(BCa.shareBelow(bootstrap))
    guard z0.isFinite, let a = BCa.acceleration(bootstrap.leaveOneOut) else {
      interval = bootstrap.percentile(level: level)
      (biasCorrection, acceleration) = (nil, nil)
      return
    }
    let levels = [(1 - level) / 2, (1 + level) / 2].map { p in
      let shifted = z0 + NormalDistribution.quantile(p)
      return NormalDistribution.cumulative(z0 + shifted / (1 - a * shifted))
    }
    interval = bootstrap.quantiles(lower: levels[0], upper: levels[1])
    (biasCorrection, acceleration) = (z0, a)
  }

  /// Share of the distribution below the estimate, ties counting half.
  private static func shareBelow(_ bootstrap: Bootstrap) -> Double {
    var halves = 0
    for value in bootstrap.sortedDistribution {
      if Ties.areTied(value, bootstrap.estimate) {
        halves += 1
      } else if value < bootstrap.estimate {
        halves += 2
      }
    }
    return Double(halves) / Double(2 * bootstrap.sortedDistribution.count)
  }

  private static func acceleration(_ leaveOneOut: [Double]) -> Double? {
    guard let first = leaveOneOut.first,
      !leaveOneOut.allSatisfy({ Ties.areTied($0, first) })
    else { return nil }
    let mean = CompensatedSum.mean(leaveOneOut)
    let deviations = leaveOneOut.map { mean - $0 }
    let squares = CompensatedSum.of(deviations.map { $0 * $0 })
    let cubes = CompensatedSum.of(deviations.map { $0 * $0 * $0 })
    return cubes / (6 * squares * squares.squareRoot())
  }
}
