/// Quantiles of a sample by linear interpolation.
///
/// `x[j] + (h - j) (x[j+1] - x[j])` of the sorted values, with `h = (n - 1) p` and `j = floor(h)`.
///
/// Source: Hyndman and Fan, "Sample quantiles in statistical packages", The American Statistician
/// 50, 1996, definition 7.
package enum SampleQuantile {
  /// The `p` quantile of `values` in any order; nan for none or when one is nan.
  package static func of(_ values: [Double], at p: Double) -> Double {
    if values.contains(where: { $0.isNaN }) { return .nan }
    return ofSorted(values.sorted(), at: p)
  }

  /// The `p` quantile, `p` from 0 to 1, of ascending values; nan for none.
  package static func ofSorted(_ sorted: [Double], at p: Double) -> Double {
    guard let last = sorted.last, p >= 0, p <= 1 else { return .nan }
    let position = Double(sorted.count - 1) * p
    let index = Int(position)
    let fraction = position - Double(index)
    guard fraction > 0, index + 1 < sorted.count else {
      return index < sorted.count ? sorted[index] : last
    }
    let lower = sorted[index]
    let upper = sorted[index + 1]
    if lower == upper { return lower }
    let step = upper - lower
    // An infinite value, a failed run, drags along every quantile that touches it.
    return step.isFinite ? lower + fraction * step : (1 - fraction) * lower + fraction * upper
  }

  /// The median of `values`; nan for none or when one is nan.
  package static func median(_ values: [Double]) -> Double { of(values, at: 0.5) }
}
