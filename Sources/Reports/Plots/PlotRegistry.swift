/// A plot that can be made of a suite's results.
package protocol Plot: SendableMetatype {
  /// Lower-case letters and hyphens; names files and is what the command is asked for.
  static var name: String { get }
  /// One line of what it shows.
  static var summary: String { get }
  /// Whether there is one for every problem or one for the suite.
  static var scope: ReportScope { get }
  /// Where it stands in the report.
  static var topic: ReportTopic { get }
  /// Whether it has anything to show of a suite; where it has not, nobody misses it.
  static func applies(to results: SuiteResults) -> Bool
  /// Data and commands; where `scope` is a problem, `results` holds that problem alone, with its
  /// losses and diagnostics over training.
  ///
  /// - Throws: `PlotError.notApplicable` when the results hold nothing it could show.
  static func figure(of results: SuiteResults, _ request: PlotRequest) throws(PlotError) -> Figure
}

extension Plot {
  package static var topic: ReportTopic { .results }
  package static func applies(to results: SuiteResults) -> Bool { true }

  /// The figure for a screen, of all methods.
  package static func figure(of results: SuiteResults) throws(PlotError) -> Figure {
    try figure(of: results, PlotRequest())
  }
}

/// The plots there are, one line each.
package enum PlotRegistry {
  package static let all: [any Plot.Type] = [
    LearningCurves.self,
    TaskWeights.self,
    GradientCosine.self,
    StaticFront.self,
    LearningRates.self,
    ExpectedValidationCurves.self,
    CostPerStep.self,
    DeltaMIntervals.self,
    HeatMap.self,
    NetworkMap.self,
    PerformanceProfiles.self,
    CriticalDifference.self,
  ]
}
