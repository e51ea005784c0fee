internal import Statistics
internal import Store

/// Cosine of the task gradients on the shared parameters over training, one panel a method.
package enum GradientCosine: Plot {
  package static let name = "gradient-cosine"
  package static let summary = "cosine of the task gradients over training, by method"
  package static let scope = ReportScope.problem

  /// Evaluations in the moving mean.
  private static let window = 5
  /// More dots than this hide the line.
  static let mostDots = 24

  package static func figure(
    of results: SuiteResults,
    _ request: PlotRequest
  ) throws(PlotError) -> Figure {
    guard let problem = results.problems.first else {
      throw .notApplicable(plot: name, reason: "the suite has no problem")
    }
    let taskCount = problem.problem.ownTasks.count
    let lineTitle = taskCount > 2 ? "mean over pairs" : "moving mean"
    let keyTitles = [lineTitle, "single values", "c: conflict rate"]
    let stored = problem.methods.filter { method in
      request.shows(method.record.label) && problem.cosines[method.record.label] != nil
    }
    let methods = SmallPanels.fitting(stored, keyTitles: keyTitles, on: request.canvas)
    let panels = methods.enumerated().compactMap { index, method in
      Panel(problem, method, number: index)
    }
    guard !panels.isEmpty else {
      throw .notApplicable(plot: name, reason: "no gradient cosines are stored")
    }
    let grid = SmallPanels.grid(count: panels.count, keyTitles: keyTitles, on: request.canvas)
    var figure = Figure(
      title: "Cosine of the task gradients, problem \(problem.problem.label): moving mean over "
        + "\(window) evaluations and over seeds, and values of the first seed; c: conflict rate"
        + SmallPanels.note(left: stored.count - methods.count),
      grid,
      on: request.canvas
    )
    figure.commands = ["set multiplot", "set key off", "set yrange [-1:1]", "set ytics 0.5"]
    for (index, panel) in panels.enumerated() {
      figure.blocks += panel.blocks
      figure.commands += SmallPanels.open(
        grid,
        index,
        of: panels.count,
        title: panel.title,
        ylabel: "cosine"
      )
      figure.commands += [
        StepTics.command(last: panel.lastStep, count: 3),
        "set label 1 \(GnuplotText.quoted(panel.note)) at graph 0.97,0.1 right noenhanced "
          + "font ',9' textcolor rgb '#444444'",
        "plot "
          + ([
            Element.named("0", "0 with lines linecolor rgb '#999999' dashtype 1 linewidth 0.8")
          ] + panel.parts).joined(separator: ", "),
      ]
    }
    figure.commands += grid.key([
      "with lines linecolor rgb '\(lineColor)' linewidth 2 title '\(lineTitle)'",
      "with points pointtype 7 pointsize 0.4 linecolor rgb '\(dotColor)' title 'single values'",
      "with lines linecolor rgb 'white' title 'c: conflict rate'",
    ])
    return figure
  }

  private static let lineColor = "#0072B2"
  private static let dotColor = "#9dc3e0"

  /// One method's panel.
  private struct Panel {
    let title: String
    let note: String
    let lastStep: Double
    var blocks: [DataBlock] = []
    var parts: [String] = []

    /// Nil when the method has no cosines.
    init?(_ problem: ProblemResults, _ method: MethodResults, number: Int) {
      guard let cosines = problem.cosines[method.record.label], cosines.count > 0 else {
        return nil
      }
      title = ShownMethods.title(method)
      note =
        "c \(NumberText.fixed(100 * cosines.conflictRate, 0)) %, "
        + "|cos| \(NumberText.fixed(cosines.meanSize, 2))"
      let means = cosines.means
      lastStep = Double(means.last?.step ?? 0)
      blocks = [
        DataBlock(
          "method\(number)_dots",
          rows: cosines.samples.map { [Double($0.step), $0.cosine] }
        ),
        DataBlock(
          "method\(number)_mean",
          rows: zip(means, GradientCosine.movingMean(means.map(\.mean))).map {
            [Double($0.step), $1]
          }
        ),
      ]
      parts = [
        Element.named(
          "\(title), single values",
          "$method\(number)_dots using 1:2 with points pointtype 7 pointsize 0.3 "
            + "linecolor rgb '\(GradientCosine.dotColor)'"
        ),
        Element.named(
          title,
          "$method\(number)_mean using 1:2 with lines linecolor rgb '\(GradientCosine.lineColor)' "
            + "linewidth 1.8"
        ),
      ]
    }
  }

  /// Centred means over `window` values, fewer at the ends.
  private static func movingMean(_ values: [Double]) -> [Double] {
    values.indices.map { index in
      let first = max(0, index - window / 2)
      let last = min(values.count - 1, index + window / 2)
      return CompensatedSum.mean(Array(values[first...last]))
    }
  }
}
