internal import Glibc
internal import Statistics
internal import Store

/// Seconds of a step relative to equal weights, one row a method.
package enum CostPerStep: Plot {
  package static let name = "cost"
  package static let summary = "seconds of a training step relative to equal weights, by method"
  package static let scope = ReportScope.problem
  package static let topic = ReportTopic.cost

  package static func figure(
    of results: SuiteResults,
    _ request: PlotRequest
  ) throws(PlotError) -> Figure {
    guard let problem = results.problems.first, let unit = problem.equal?.secondsPerStep,
      unit > 0, unit.isDrawable
    else {
      throw .notApplicable(plot: name, reason: "equal weights, the unit of cost, have no run yet")
    }
    let all = [problem.reference].compactMap { $0 } + problem.methods
    let methods = all.filter { method in
      guard request.shows(method.record.label) || method.record.group == .singleTask else {
        return false
      }
      let ends = range(method, unit: unit)
      return method.secondsPerStep != nil && ends.lowerBound > 0 && ends.upperBound.isDrawable
    }
    guard !methods.isEmpty else {
      throw .notApplicable(plot: name, reason: "no method has a time of a step")
    }
    let styles = MethodStyle.all(results.methods)
    let ratios = methods.map { ($0.secondsPerStep ?? unit) / unit }
    let rows = MethodRows(zip(methods, ratios).map { ($0.record, $1) }, on: request.canvas)
    let grid = rows.grid(panelCount: 1, columnCount: 1, panelWidth: 380, on: request.canvas)
    var figure = Figure(
      title: "Seconds of a training step relative to equal weights, problem "
        + "\(problem.problem.label), median and range over seeds; with equal weights a step takes "
        + "\(milliseconds(unit)) ms",
      grid,
      on: request.canvas
    )
    let ranges = methods.map { range($0, unit: unit) }
    figure.blocks = [
      DataBlock(
        "cost",
        rows: methods.indices.map {
          [Double(rows.places[$0]), ratios[$0], ranges[$0].lowerBound, ranges[$0].upperBound]
        }
      )
    ]
    let lowest = min(0.9, (ranges.map(\.lowerBound).min() ?? 1) * 0.92)
    let highest = max(1.5, (ranges.map(\.upperBound).max() ?? 1) * 1.18)
    let parts = methods.indices.map { row in
      let label = methods[row].record.label
      return Element.named(
        label,
        "$cost using 2:1:3:4 every ::\(row)::\(row) with xerrorbars "
          + "\((styles[label] ?? .faint).marks) pointsize 0.8 linewidth 1.4"
      )
    }
    figure.commands =
      [
        "set key off", grid.place(0), rows.axis(isLabelled: true), "unset grid",
      ] + rows.heads(isLabelled: true) + [
        "set grid xtics linecolor rgb '#e4e4e4' linetype 1 linewidth 0.6",
        "set logscale x; set format x '%g'",
        StepTics.logarithmic("x", in: lowest...highest, factors: factors(grid, lowest...highest)),
        "set xrange [\(NumberText.significant(lowest, 3)):\(NumberText.significant(highest, 3))]",
        "set xlabel 'step time, × equal weights' offset 0,0.4",
        "plot "
          + ([
            Element.line(
              "equal weights",
              from: (1, -0.5),
              to: (1, Double(rows.count) - 0.5),
              "linecolor rgb '#808080' dashtype 1"
            )
          ] + parts).joined(separator: ", "),
      ]
    return figure
  }

  /// Factors of the powers of ten for which the axis has room.
  private static func factors(_ grid: PanelGrid, _ range: ClosedRange<Double>) -> [Double] {
    let roomyDecade = 330.0
    let decades = max(0.3, log10(range.upperBound / range.lowerBound))
    return grid.frameWidth / decades > roomyDecade ? [1, 1.5, 2, 3, 5, 7] : [1, 2, 5]
  }

  private static func milliseconds(_ seconds: Double) -> String {
    NumberText.significant(seconds * 1000, 3)
  }

  /// Lowest and highest ratio of a finished seed.
  private static func range(_ method: MethodResults, unit: Double) -> ClosedRange<Double> {
    let ratios = zip(method.outcomes, method.runs).compactMap { outcome, runs -> Double? in
      let steps = runs.map(\.end.stepCount).max() ?? 0
      guard outcome == .finished, steps > 0 else { return nil }
      let ratio = runs.reduce(0) { $0 + $1.end.trainSeconds } / Double(steps) / unit
      return ratio.isNaN ? nil : ratio
    }
    return (ratios.min() ?? 1)...(ratios.max() ?? 1)
  }
}
