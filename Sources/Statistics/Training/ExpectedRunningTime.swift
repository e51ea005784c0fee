/// Steps to target over seeds, censored runs included.
///
/// The median takes a run that never got there as infinite. `ERT = (steps spent in all runs) /
/// (successes)`, where a censored run spends its whole budget. The mean of the successful runs alone
/// would reward giving up.
///
/// Source: Auger and Hansen, "Performance evaluation of an advanced local search evolutionary
/// algorithm", CEC 2005; Hansen, Auger, Finck and Ros, "Real-parameter black-box optimization
/// benchmarking", 2009.
package struct ExpectedRunningTime: Hashable, Sendable {
  /// Share of the runs that reached the target; nan without runs.
  package let successRate: Double
  /// Median steps to target; infinite when it falls on a censored run.
  package let median: Double
  /// Steps spent per success; infinite without any.
  package let steps: Double

  /// Summary of the `hits`, nil for a censored run, each with the budget of its run.
  ///
  /// - Precondition: as many hits as budgets.
  package init(hits: [Double?], budgets: [Double]) {
    precondition(hits.count == budgets.count, "\(hits.count) hits, \(budgets.count) budgets")
    let successes = Double(hits.count { $0 != nil })
    successRate = successes / Double(hits.count)
    median = SampleQuantile.median(hits.map { $0 ?? .infinity })
    let spent = CompensatedSum.of(zip(hits, budgets).map { $0 ?? $1 })
    steps = spent / successes
  }
}
