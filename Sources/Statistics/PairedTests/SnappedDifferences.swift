/// Paired differences on a grid on which equal differences are equal numbers.
///
/// Accuracies are counts divided by a test size, so ties and zeros are real, and floating point
/// breaks them: `0.3 - 0.2` is not `0.4 - 0.3`. With `u = 2^(floor(log2(max |x|, |y|)) - 40)` over all
/// pairs, each difference becomes `floor(d / u + 1/2) u`: a relative 1e-12 for ties that hold. Ranks,
/// zeros and "all differences are equal" use these; means and t use the plain differences.
package enum SnappedDifferences {
  /// Binary digits kept below the leading digit of the largest value.
  private static let keptDigits = 40

  /// `x - y` on the grid.
  ///
  /// A pair of which only one is infinite keeps its infinite difference, and a pair of equal
  /// infinities has difference 0; a nan stays nan.
  ///
  /// - Precondition: as many `x` as `y`.
  package static func of(_ x: [Double], _ y: [Double]) -> [Double] {
    precondition(x.count == y.count, "\(x.count) values against \(y.count)")
    let largest = (x + y).lazy.filter { $0.isFinite }.map { abs($0) }.max() ?? 0
    let unit = Double(
      sign: .plus,
      exponent: Int(largest.exponent(orZero: 0)) - keptDigits,
      significand: 1
    )
    return zip(x, y).map { a, b in
      if a == b { return 0 }
      let difference = a - b
      guard difference.isFinite else { return difference }
      return (difference / unit + 0.5).rounded(.down) * unit
    }
  }
}

extension Double {
  /// Exponent of the leading binary digit, `replacement` for 0.
  fileprivate func exponent(orZero replacement: Int) -> Int {
    self == 0 ? replacement : Int(exponent)
  }
}
