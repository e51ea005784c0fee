internal import Glibc
internal import Statistics
internal import Store

/// Expected validation Δm of the best of n tuning trials, one line a method.
///
/// Trials are drawn without replacement from those that were made. Tuned static weights have the
/// trials of all points of the sweep, thus a longer line: what a method reaches with a few trials can
/// be held against what the sweep needs for the same.
package enum ExpectedValidationCurves: Plot {
  package static let name = "expected-validation"
  package static let summary = "expected validation Δm of the best of n tuning trials, by method"
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
    let shown = ShownMethods(problem, request)
    let styles = MethodStyle.distinct(
      shown.colored.map(\.record.label),
      in: MethodStyle.all(results.methods)
    )
    let lines = (shown.faint + shown.colored).enumerated().compactMap { index, method -> Line? in
      let rows = rows(sensitivity.trialMeans(of: method))
      guard !rows.isEmpty else { return nil }
      return Line(
        label: method.record.label,
        rows: rows,
        style: index < shown.faint.count ? nil : styles[method.record.label] ?? .faint
      )
    }
    guard !lines.isEmpty else {
      throw .notApplicable(plot: name, reason: "no tuning runs with a Δm are stored")
    }
    return figure(problem, lines, request.canvas)
  }

  /// One method's line; without a style it is one of the grey ones.
  private struct Line {
    let label: String
    let rows: [[Double]]
    let style: MethodStyle?

    /// Marks of more budgets than this would hide their line.
    private static let mostMarks = 12

    var look: String {
      guard let style else { return "lines \(MethodStyle.faint.line) linewidth 0.8" }
      let line = "\(style.line) linewidth 1.5"
      return rows.count > Self.mostMarks
        ? "lines \(line)" : "linespoints \(line) pointtype \(style.point) pointsize 0.6"
    }

    /// The number of trials and the expectation at its end.
    var end: (x: Double, y: Double) { (rows[rows.count - 1][0], rows[rows.count - 1][1]) }
  }

  /// Rows of the number of trials and the expected Δm of the best; a number of trials that may all
  /// have failed has no row.
  private static func rows(_ trials: [Double]) -> [[Double]] {
    guard !trials.isEmpty else { return [] }
    let budgets = Array(1...trials.count)
    let expected = ExpectedValidation(trials.map { -$0 }, budgets: budgets).withoutReplacement
    return zip(budgets, expected).filter { $1.isDrawable }.map { [Double($0), -$1] }
  }

  private static func figure(
    _ problem: ProblemResults,
    _ lines: [Line],
    _ canvas: Canvas
  ) -> Figure {
    let named = lines.filter { $0.style != nil }
    let faintCount = lines.count - named.count
    let names = named.map(\.label) + (faintCount > 0 ? ["\(faintCount) others"] : [])
    let labelWidth = (names.map(PanelGrid.textWidth).max() ?? 0) + leader
    let grid = PanelGrid(
      count: 1,
      mostColumns: 1,
      panel: PanelGrid.Size(least: 240, most: 420 + labelWidth, height: 280),
      padding: PanelGrid.Padding(left: 58, right: labelWidth, top: 12, bottom: 42),
      on: canvas
    )
    var figure = Figure(
      title: "Expected validation Δm of the best of n tuning trials, problem "
        + "\(problem.problem.label), trials in random order, without replacement; lower is better; "
        + "the vertical axis is even near the lowest value and logarithmic above"
        + ShownMethods.note(faintCount: faintCount),
      grid,
      on: canvas
    )
    figure.blocks = lines.enumerated().map { DataBlock("method\($0)", rows: $1.rows) }
    let budgets = 1...max(2, lines.compactMap { $0.rows.last?.first }.max() ?? 2)
    let axis = StretchedAxis(
      lines.flatMap { $0.rows.map { $0[1] } },
      best: lines.map(\.end.y)
    )
    let right = budgets.upperBound * margin
    figure.commands =
      [
        "set multiplot", "set key off", grid.place(0), "set logscale x",
        "set xrange [\(NumberText.exact(budgets.lowerBound / margin)):\(NumberText.exact(right))]",
        StepTics.logarithmic("x", in: budgets, factors: factors(grid, budgets)),
      ] + axis.commands(ticCount: 8) + [
        "set xlabel 'tuning trials' offset 0,0.4",
        "set ylabel 'expected validation Δm of the best (%)' offset 0.5,0",
      ]
    figure.commands += endLabels(named, faintCount: faintCount, lines, axis, grid)
    let parts = lines.enumerated().map {
      Element.named($1.label, "$method\($0) using 1:2 with \($1.look)")
    }
    figure.commands.append("plot " + parts.joined(separator: ", "))
    return figure
  }

  /// Factors of the powers of ten for which the axis has room.
  private static func factors(_ grid: PanelGrid, _ range: ClosedRange<Double>) -> [Double] {
    let (leastDecade, roomyDecade) = (100.0, 160.0)
    let decade = grid.frameWidth / max(0.3, log10(range.upperBound / range.lowerBound))
    return decade > roomyDecade ? [1, 2, 3, 5, 7] : decade > leastDecade ? [1, 2, 5] : [1, 3]
  }

  /// Units between the frame and the names.
  private static let leader = 26.0

  /// Names of the lines on the right, in the order of their ends and tied to them.
  private static func endLabels(
    _ named: [Line],
    faintCount: Int,
    _ lines: [Line],
    _ axis: StretchedAxis,
    _ grid: PanelGrid
  ) -> [String] {
    var ends = named.map { (label: $0.label, color: $0.style?.color ?? "#000000", end: $0.end) }
    let faint = lines.filter { $0.style == nil }.map(\.end).sorted { $0.y < $1.y }
    if !faint.isEmpty {
      ends.append(
        (NumberText.counted(faintCount, "other"), "#808080", faint[faint.count / 2])
      )
    }
    let step = 13 / grid.frameHeight
    let heights = LabelPlacement.spread(
      ends.map { axis.share(of: $0.end.y) },
      step: step,
      in: 0...1
    )
    return zip(ends, heights).enumerated().flatMap { index, pair in
      let (end, height) = pair
      let y = NumberText.fixed(height, 4)
      let edge = NumberText.fixed(1 + (leader - 6) / grid.frameWidth, 4)
      let text = NumberText.fixed(1 + (leader - 3) / grid.frameWidth, 4)
      return [
        "set arrow \(index + 1) from first \(NumberText.exact(end.end.x)),first "
          + "\(NumberText.significant(end.end.y, 7)) to graph \(edge),graph \(y) nohead "
          + "linecolor rgb '\(end.color)' dashtype 3 linewidth 0.7",
        "set label \(index + 1) \(GnuplotText.quoted(end.label)) at graph \(text),graph \(y) left "
          + "noenhanced textcolor rgb '\(end.color)'",
      ]
    }
  }

  /// Room at both ends of the logarithmic axis, as a factor.
  private static let margin = 1.08
}
