internal import Statistics
internal import Store

/// Validation Δm against the learning rate, one panel a method.
package enum LearningRates: Plot {
  package static let name = "learning-rates"
  package static let summary = "validation Δm at every learning rate of the tuning grid, by method"
  package static let scope = ReportScope.problem
  package static let topic = ReportTopic.tuning

  package static func figure(
    of results: SuiteResults,
    _ request: PlotRequest
  ) throws(PlotError) -> Figure {
    guard let problem = results.problems.first else {
      throw .notApplicable(plot: name, reason: "the suite has no problem")
    }
    let sensitivity = TuningSensitivity(problem)
    let keyTitles = ["mean over tuning seeds", "chosen", "a seed diverged"]
    let tuned = problem.methods.filter { method in
      request.shows(method.record.label) && !sensitivity.curve(of: method).isEmpty
    }
    let methods = SmallPanels.fitting(tuned, keyTitles: keyTitles, on: request.canvas)
    let curves = methods.map { sensitivity.curve(of: $0) }
    let points = curves.joined().filter { $0.mean?.isDrawable ?? false }
    guard !points.isEmpty else {
      throw .notApplicable(plot: name, reason: "no tuning runs with a Δm are stored")
    }
    let axis = StretchedAxis(
      points.flatMap { [$0.lowest, $0.highest] },
      best: curves.compactMap { $0.compactMap(\.mean).filter(\.isDrawable).min() }
    )
    let grid = SmallPanels.grid(count: methods.count, keyTitles: keyTitles, on: request.canvas)
    var figure = Figure(
      title:
        "Validation Δm at every learning rate, problem \(problem.problem.label), mean and range "
        + "over tuning seeds; the vertical axis is even near the lowest value and logarithmic above"
        + SmallPanels.note(left: tuned.count - methods.count),
      grid,
      on: request.canvas
    )
    let rates = curves.joined().map(\.rate)
    let ends = (rates.min() ?? 1) * 0.7...(rates.max() ?? 1) * 1.4
    figure.commands =
      [
        "set multiplot", "set key off", "set logscale x", "set format x '10^{%T}'",
        "set xtics \(decades(ends)) enhanced", minorTics(ends),
        "set xrange [\(NumberText.exact(ends.lowerBound)):\(NumberText.exact(ends.upperBound))]",
      ] + axis.commands(ticCount: 5)
    for (index, method) in methods.enumerated() {
      figure.commands += SmallPanels.open(
        grid,
        index,
        of: methods.count,
        title: method.record.label,
        ylabel: "Δm (%)",
        xlabel: "learning rate"
      )
      let parts = draw(
        curves[index],
        number: index,
        chosen: sensitivity.chosenRate(of: method),
        top: axis.range.upperBound,
        label: method.record.label,
        &figure
      )
      figure.commands.append("plot " + parts.joined(separator: ", "))
    }
    let looks = [
      "with linespoints \(curveLook) pointtype 7 pointsize 0.5",
      "with points pointtype 6 pointsize 1.4 linewidth 1.5 linecolor rgb '#D55E00'",
      "with points pointtype 2 pointsize 0.8 linecolor rgb '#444444'",
    ]
    figure.commands += grid.key(zip(keyTitles, looks).map { Element.named($0, $1) })
    return figure
  }

  private static let curveLook = "linecolor rgb '#0072B2' linewidth 1.5"

  /// A tic at every decade, or every other one of many, as a factor.
  private static func decades(_ ends: ClosedRange<Double>) -> Int {
    let fewDecades = 1e4
    return ends.upperBound / ends.lowerBound > fewDecades ? 100 : 10
  }

  /// Unmarked tics tell nothing between decades that have numbers, but much where there is only one.
  private static func minorTics(_ ends: ClosedRange<Double>) -> String {
    ends.upperBound / ends.lowerBound > 100 ? "unset mxtics" : "set mxtics"
  }

  private static func draw(
    _ curve: [TuningSensitivity.Point],
    number: Int,
    chosen: Double?,
    top: Double,
    label: String,
    _ figure: inout Figure
  ) -> [String] {
    let finished = curve.compactMap { point in
      point.mean.map { [point.rate, $0, point.lowest, point.highest] }
    }
    let diverged = curve.filter { $0.score == .failed }.map { [$0.rate] }
    let ring = finished.filter { $0[0] == chosen }
    var parts: [String] = []
    if !finished.isEmpty {
      figure.blocks.append(DataBlock("method\(number)", rows: finished))
      parts += [
        Element.named(
          "\(label), range over tuning seeds",
          "$method\(number) using 1:3:4 with filledcurves linecolor rgb '#0072B2'"
        ),
        Element.named(
          label,
          "$method\(number) using 1:2 with linespoints \(curveLook) pointtype 7 pointsize 0.4"
        ),
      ]
    }
    if !ring.isEmpty {
      figure.blocks.append(DataBlock("chosen\(number)", rows: ring))
      parts.append(
        Element.named(
          "\(label), chosen",
          "$chosen\(number) using 1:2 with points pointtype 6 pointsize 1.4 linewidth 1.5 "
            + "linecolor rgb '#D55E00'"
        )
      )
    }
    if !diverged.isEmpty {
      figure.blocks.append(DataBlock("diverged\(number)", rows: diverged))
      parts.append(
        Element.named(
          "\(label), a seed diverged",
          "$diverged\(number) using 1:(\(NumberText.significant(top, 4))) "
            + "with points pointtype 2 pointsize 0.8 linecolor rgb '#444444'"
        )
      )
    }
    return parts
  }
}
