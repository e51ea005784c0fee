/// Keeps the comparison that came closest to its tolerance, or furthest beyond it.
package struct ReplayComparison: Sendable {
  package private(set) var errorOverTolerance = 0.0
  package private(set) var worstError = 0.0
  package private(set) var tolerance = 0.0
  /// Whether nothing was compared at all.
  package private(set) var isEmpty = true

  package init() {}

  /// Takes in one error; one that is not a number, or has no tolerance, counts as infinitely far out.
  package mutating func add(error: Double, tolerance: Double) {
    isEmpty = false
    let quotient = error == 0 ? 0 : error / tolerance
    let ratio = quotient.isNaN ? .infinity : quotient
    guard ratio >= errorOverTolerance else { return }
    errorOverTolerance = ratio
    worstError = error.isNaN ? .infinity : error
    self.tolerance = tolerance
  }

  /// Largest absolute difference of two vectors against an absolute tolerance; different lengths
  /// count as infinitely far out.
  package mutating func add(_ found: [Double], expected: [Double], absolute: Double) {
    guard found.count == expected.count else {
      add(error: .infinity, tolerance: absolute)
      return
    }
    for (x, e) in zip(found, expected) { add(error: abs(x - e), tolerance: absolute) }
  }

  /// Differences against `relative * max(1e-12, max |e|)` of the whole vector.
  package mutating func add(_ found: [Double], expected: [Double], relative: Double) {
    let scale = max(1e-12, expected.map { abs($0) }.max() ?? 0)
    guard found.count == expected.count else {
      add(error: .infinity, tolerance: relative)
      return
    }
    for (x, e) in zip(found, expected) { add(error: abs(x - e) / scale, tolerance: relative) }
  }
}
