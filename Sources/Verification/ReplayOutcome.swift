/// How one reference case came out.
package struct ReplayOutcome: Hashable, Sendable {
  package let method: String
  package let caseID: String
  /// Largest error over everything compared, divided by its tolerance; at most 1 passes.
  package let errorOverTolerance: Double
  /// The largest error itself, in the measure of its tolerance.
  package let worstError: Double
  package let tolerance: Double
  /// Whether the case names nothing to compare with.
  package let expectsNothing: Bool
  /// Why the case was not replayed; nil when it was.
  package let skipReason: String?

  package var isSkipped: Bool { skipReason != nil }
  package var passed: Bool { skipReason == nil && errorOverTolerance <= 1 }

  /// A case that was replayed; one that expects nothing is missed.
  package init(method: String, caseID: String, comparison: Comparison) {
    self.method = method
    self.caseID = caseID
    expectsNothing = comparison.isEmpty
    errorOverTolerance = comparison.isEmpty ? .infinity : comparison.errorOverTolerance
    worstError = comparison.isEmpty ? .infinity : comparison.worstError
    tolerance = comparison.tolerance
    skipReason = nil
  }

  /// A case that this build cannot replay.
  package init(method: String, caseID: String, skipped reason: String) {
    self.method = method
    self.caseID = caseID
    expectsNothing = false
    errorOverTolerance = 0
    worstError = 0
    tolerance = 0
    skipReason = reason
  }
}

/// Keeps the comparison that came closest to its tolerance, or furthest beyond it.
package struct Comparison: Sendable {
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
