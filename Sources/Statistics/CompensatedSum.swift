/// Sums, means and spreads that keep what rounding would lose.
///
/// Source: Neumaier, "Rundungsfehleranalyse einiger Verfahren zur Summation endlicher Summen",
/// ZAMM 54, 1974, algorithm IV.
package enum CompensatedSum {
  /// Sum of `values` with a running correction; 0 for none, and whatever plain addition gives when
  /// a value is not finite.
  package static func of(_ values: some Sequence<Double>) -> Double {
    var sum = 0.0
    var correction = 0.0
    for value in values {
      let next = sum + value
      correction += abs(sum) >= abs(value) ? (sum - next) + value : (value - next) + sum
      sum = next
    }
    return sum.isFinite ? sum + correction : sum
  }

  /// Mean of `values`; exactly the common value when all are equal, nan for none.
  package static func mean(_ values: [Double]) -> Double {
    guard let first = values.first else { return .nan }
    if values.allSatisfy({ $0 == first }) { return first }
    return of(values) / Double(values.count)
  }

  /// Sample standard deviation, `sqrt(sum((x - mean)^2) / (n - 1))`, in two passes; exactly 0 when
  /// all values are equal, nan for fewer than two.
  package static func standardDeviation(_ values: [Double]) -> Double {
    guard values.count > 1 else { return .nan }
    let mean = mean(values)
    let squares = of(values.map { ($0 - mean) * ($0 - mean) })
    return (squares / Double(values.count - 1)).squareRoot()
  }
}
