internal import Kernels

/// Geometric relative performance against single-task training (STL).
///
/// For metric `j` of task `t` with value `m` and single-task value `b`, both positive:
/// `r = mean over t of mean over j of ln(m / b)`, with `ln(b / m)` where higher is better, and
/// `Δ = 100 (exp(r) - 1)` in percent: positive is worse, as for `DeltaM`. Halving an error then weighs
/// as much as doubling it, where the arithmetic mean counts +50 against -100, so that one problem on a
/// large scale does not make up a mean over problems. A value or base that is not positive has no
/// logarithm and leaves it undefined.
///
/// Tests and means work on `r`; only what is printed is turned into percent.
///
/// Source: Fleming and Wallace, "How not to lie with statistics: the correct way to summarize
/// benchmark results", CACM 29, 1986.
package enum GeometricDelta {
  /// `r` of tasks given as lists of their metrics.
  package static func logRatio(_ tasks: [[DeltaM.Metric]]) -> Score {
    Score.mean(tasks.map { metrics in Score.mean(metrics.map(logRatio)) })
  }

  /// `100 (exp(r) - 1)`.
  package static func percent(ofLogRatio ratio: Double) -> Double {
    100 * (Portable.exp(ratio) - 1)
  }

  private static func logRatio(_ metric: DeltaM.Metric) -> Score {
    let gain = metric.score
    guard case .value(let value) = metric.value, case .value(let base) = metric.base,
      gain != .undefined(.zeroBase)
    else { return gain }
    guard value > 0, base > 0 else { return .undefined(.notPositive) }
    let ratio = Portable.log(value) - Portable.log(base)
    return Score(metric.higherIsBetter ? -ratio : ratio)
  }
}
