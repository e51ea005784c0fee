/// What `mtlbench verify` prints of one file.
package enum VerificationText {
  /// One line per method: cases, misses, skipped cases, the worst error and its tolerance.
  ///
  /// - Parameters:
  ///   - outcomes: Of one file.
  ///   - namesCases: Whether cases that missed or were skipped are named too.
  /// - Returns: Lines for a terminal, the last one ended.
  package static func text(_ outcomes: [ReplayOutcome], namesCases: Bool) -> String {
    var methods: [String] = []
    for outcome in outcomes where !methods.contains(outcome.method) {
      methods.append(outcome.method)
    }
    let width = max(6, methods.map { $0.count }.max() ?? 0)
    var text = line("method", "cases", "missed", "skipped", "worst error", "tolerance", width)
    for method in methods {
      text += row(method, outcomes.filter { $0.method == method }, width)
    }
    let replayed = outcomes.filter { !$0.isSkipped }
    let missed = replayed.count { !$0.passed }
    text += "\(replayed.count) cases replayed, \(missed) missed, "
    text += "\(outcomes.count - replayed.count) skipped\n"
    guard namesCases else { return text }
    for outcome in outcomes where !outcome.passed {
      let what = outcome.skipReason.map { "skipped: \($0)" }
      let missed =
        outcome.expectsNothing ? "expects nothing, so nothing holds" : "error \(outcome.worstError)"
      text += "  \(outcome.caseID): \(what ?? missed)\n"
    }
    return text
  }

  private static func row(_ method: String, _ outcomes: [ReplayOutcome], _ width: Int) -> String {
    let replayed = outcomes.filter { !$0.isSkipped }
    let missed = replayed.count { !$0.passed }
    let skipped = outcomes.count - replayed.count
    let worst = replayed.max { $0.errorOverTolerance < $1.errorOverTolerance }
    return line(
      method,
      "\(replayed.count)",
      "\(missed)",
      "\(skipped)",
      worst.map { short($0.worstError) } ?? "–",
      worst.map { short($0.tolerance) } ?? "–",
      width
    )
  }

  private static func line(
    _ method: String,
    _ cases: String,
    _ missed: String,
    _ skipped: String,
    _ worst: String,
    _ tolerance: String,
    _ width: Int
  ) -> String {
    "  " + method + String(repeating: " ", count: width - method.count)
      + padded(cases, 7) + padded(missed, 8) + padded(skipped, 9) + padded(worst, 13)
      + padded(tolerance, 11) + "\n"
  }

  private static func padded(_ text: String, _ width: Int) -> String {
    String(repeating: " ", count: max(1, width - text.count)) + text
  }

  /// Two significant digits with a power of ten.
  static func short(_ value: Double) -> String {
    guard value > 0, value.isFinite else { return value == 0 ? "0" : "\(value)" }
    var exponent = 0
    var digits = value
    while digits >= 9.95 {
      digits /= 10
      exponent += 1
    }
    while digits < 0.995 {
      digits *= 10
      exponent -= 1
    }
    return "\((digits * 10).rounded() / 10)e\(exponent)"
  }
}
