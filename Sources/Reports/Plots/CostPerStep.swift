internal import Statistics
internal import Store

/// Seconds of a step relative to equal weights, one row a method.
package enum CostPerStep: Plot {
  package static let name = "cost"
  package static let summary = "seconds of a training step relative to equal weights, by method"
  package static let scope = ReportScope.problem
  package static let topic = ReportTopic.cost

  package static func figure(of results: SuiteResults) throws(PlotError) -> Figure {
    guard let problem = results.problems.first, let unit = problem.equal?.secondsPerStep,
      unit > 0, unit.isDrawable
    else {
      throw .notApplicable(plot: name, reason: "equal weights, the unit of cost, have no run yet")
    }
    let methods = ([problem.reference].compactMap { $0 } + problem.methods).filter { method in
      let ends = range(method, unit: unit)
      return method.secondsPerStep != nil && ends.lowerBound > 0 && ends.upperBound.isDrawable
    }
    guard !methods.isEmpty else {
      throw .notApplicable(plot: name, reason: "no method has a time of a step")
    }
    let styles = MethodStyle.all(results.methods)
    let rows = MethodRows(methods.map(\.record.label))
    let grid = rows.grid(panelCount: 1, columnCount: 1, panelWidth: 380)
    let ratios = methods.map { ($0.secondsPerStep ?? unit) / unit }
    var figure = Figure(
      title: "Seconds of a training step relative to equal weights, problem "
        + "\(problem.problem.label), median and range over seeds",
      width: grid.width,
      height: grid.height
    )
    let ranges = methods.map { range($0, unit: unit) }
    figure.blocks = [
      DataBlock(
        "cost",
        rows: methods.indices.map {
          [Double($0), ratios[$0], ranges[$0].lowerBound, ranges[$0].upperBound]
        }
      )
    ]
    let lowest = min(0.9, (ranges.map(\.lowerBound).min() ?? 1) * 0.92)
    let highest = max(1.5, (ranges.map(\.upperBound).max() ?? 1) * 1.18)
    let parts = methods.indices.map { row in
      let style = styles[methods[row].record.label] ?? .faint
      return "$cost using 2:1:3:4 every ::\(row)::\(row) with xerrorbars \(style.marks) "
        + "pointsize 0.8 linewidth 1.4"
    }
    figure.commands = [
      "set key off", grid.place(0), rows.axis(isLabelled: true), "unset grid",
      "set grid xtics linecolor rgb '#e4e4e4' linetype 1 linewidth 0.6",
      "set logscale x; set format x '%g'",
      "set xtics (0.5, 0.7, 1, 1.5, 2, 3, 5, 7, 10, 15, 20, 30, 50, 100)",
      "set xrange [\(NumberText.significant(lowest, 3)):\(NumberText.significant(highest, 3))]",
      "set xlabel 'time of a step relative to equal weights (\(milliseconds(unit)) ms)' offset 0,0.4",
      "plot '+' using (1):(-0.5):(0):(\(methods.count)) every ::0::0 with vectors nohead "
        + "linecolor rgb '#808080' dashtype 1, " + parts.joined(separator: ", "),
    ]
    return figure
  }

  private static func milliseconds(_ seconds: Double) -> String {
    NumberText.significant(seconds * 1000, 3)
  }

  /// Lowest and highest ratio of a finished seed.
  private static func range(_ method: MethodResults, unit: Double) -> ClosedRange<Double> {
    let ratios = zip(method.outcomes, method.runs).compactMap { outcome, runs -> Double? in
      let steps = runs.map(\.stepCount).max() ?? 0
      guard outcome == .finished, steps > 0 else { return nil }
      let ratio = runs.reduce(0) { $0 + $1.trainSeconds } / Double(steps) / unit
      return ratio.isNaN ? nil : ratio
    }
    return (ratios.min() ?? 1)...(ratios.max() ?? 1)
  }
}
