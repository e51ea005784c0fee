internal import Statistics
internal import Store

/// Validation Δm against the learning rate, one panel a method.
package enum LearningRates: Plot {
  package static let name = "learning-rates"
  package static let summary = "validation Δm at every learning rate of the tuning grid, by method"
  package static let scope = ReportScope.problem
  package static let topic = ReportTopic.tuning

  /// Rates that do much worse than most would flatten all curves.
  private static let clipQuantile = 0.9

  package static func figure(of results: SuiteResults) throws(PlotError) -> Figure {
    guard let problem = results.problems.first else {
      throw .notApplicable(plot: name, reason: "the suite has no problem")
    }
    let sensitivity = TuningSensitivity(problem)
    let curves = problem.methods.map { sensitivity.curve(of: $0) }
    let points = curves.joined().filter { $0.mean != nil }
    let values = points.compactMap(\.mean).filter(\.isDrawable)
    guard !values.isEmpty else {
      throw .notApplicable(plot: name, reason: "no tuning runs with a Δm are stored")
    }
    let shown = problem.methods.indices.filter { !curves[$0].isEmpty }
    let chosen = shown.compactMap { position in
      let rate = sensitivity.chosenRate(of: problem.methods[position])
      return curves[position].first { $0.rate == rate }?.mean
    }
    let range = range(values, chosen: chosen, lowest: points.map(\.lowest))
    let grid = SmallPanels.grid(
      count: shown.count,
      keyTitles: ["mean over tuning seeds", "chosen", "a seed diverged"]
    )
    var figure = Figure(
      title:
        "Validation Δm at every learning rate, problem \(problem.problem.label), mean and range "
        + "over tuning seeds; values above the frame are cut off",
      width: grid.width,
      height: max(grid.height, 110)
    )
    let rates = curves.joined().map(\.rate)
    figure.commands = [
      "set multiplot", "set key off", "set logscale x", "set format x '10^{%T}'",
      "set xtics 10 enhanced",
      "set xrange [\(NumberText.exact((rates.min() ?? 1) * 0.7)):"
        + "\(NumberText.exact((rates.max() ?? 1) * 1.4))]",
      "set yrange [\(NumberText.significant(range.lowerBound, 4)):"
        + "\(NumberText.significant(range.upperBound, 4))]",
      "set ytics \(NumberText.exact(StepTics.spacing(range.upperBound - range.lowerBound)))",
    ]
    for (index, position) in shown.enumerated() {
      let method = problem.methods[position]
      let curve = curves[position]
      figure.commands += SmallPanels.open(
        grid,
        index,
        of: shown.count,
        title: method.record.label,
        ylabel: "Δm (%)",
        xlabel: "learning rate"
      )
      figure.commands.append(note(curve, range))
      let parts = draw(curve, number: position, chosen: sensitivity.chosenRate(of: method), &figure)
      figure.commands.append("plot " + parts.joined(separator: ", "))
    }
    figure.commands += grid.key([
      "with linespoints \(curveLook) pointtype 7 pointsize 0.5 title 'mean over tuning seeds'",
      "with points pointtype 6 pointsize 1.4 linewidth 1.5 linecolor rgb '#D55E00' title 'chosen'",
      "with points pointtype 2 pointsize 0.8 linecolor rgb '#444444' title 'a seed diverged'",
    ])
    return figure
  }

  private static let curveLook = "linecolor rgb '#0072B2' linewidth 1.5"

  /// The best values of every method, and as much above them as most rates need.
  private static func range(
    _ means: [Double],
    chosen: [Double],
    lowest: [Double]
  ) -> ClosedRange<Double> {
    let sight = RobustRange(means)
    let near = means.filter { !sight.isFar($0) }
    let bottom = RobustRange(lowest).range?.lowerBound ?? 0
    let best = chosen.filter { !sight.isFar($0) }.max() ?? bottom
    let quantile = Score(SampleQuantile.of(near, at: clipQuantile)).value ?? bottom
    let least = 1 + bottom.magnitude / 10
    let top = max(quantile, (near.min() ?? 0) + 1, best, bottom + least)
    let margin = 0.1 * (top - bottom)
    return bottom - margin...top + margin
  }

  /// Where a method has nothing in sight, its best value in words.
  private static func note(
    _ curve: [TuningSensitivity.Point],
    _ range: ClosedRange<Double>
  ) -> String {
    let means = curve.compactMap(\.mean)
    guard let best = means.filter(\.isDrawable).min(),
      !means.contains(where: { range.contains($0) })
    else {
      return "unset label 1"
    }
    let text = GnuplotText.quoted("best: \(NumberText.signed(best, 1)) %")
    return "set label 1 \(text) at graph 0.5,0.5 center font ',9' textcolor rgb '#444444'"
  }

  private static func draw(
    _ curve: [TuningSensitivity.Point],
    number: Int,
    chosen: Double?,
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
        "$method\(number) using 1:3:4 with filledcurves linecolor rgb '#0072B2'",
        "$method\(number) using 1:2 with linespoints \(curveLook) pointtype 7 pointsize 0.4",
      ]
    }
    if !ring.isEmpty {
      figure.blocks.append(DataBlock("chosen\(number)", rows: ring))
      parts.append(
        "$chosen\(number) using 1:2 with points pointtype 6 pointsize 1.4 linewidth 1.5 "
          + "linecolor rgb '#D55E00'"
      )
    }
    if !diverged.isEmpty {
      figure.blocks.append(DataBlock("diverged\(number)", rows: diverged))
      parts.append(
        "$diverged\(number) using 1:(GPVAL_Y_MAX) with points pointtype 2 pointsize 0.8 "
          + "linecolor rgb '#444444'"
      )
    }
    return parts
  }
}
