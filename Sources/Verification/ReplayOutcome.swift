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
  package init(method: String, caseID: String, comparison: ReplayComparison) {
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
