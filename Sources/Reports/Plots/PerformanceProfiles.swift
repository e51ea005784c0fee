internal import Statistics
internal import Store

/// Share of runs with a score above each threshold, one line a method: the whole distribution of what
/// the interquartile mean sums up.
package enum PerformanceProfiles: Plot {
  package static let name = "performance-profiles"
  package static let summary =
    "share of runs whose score is above each threshold, by method, with 95 % bands"
  package static let scope = ReportScope.suite

  package static func figure(
    of results: SuiteResults,
    _ request: PlotRequest
  ) throws(PlotError) -> Figure {
    let overview = Overview(results)
    let scores = SuiteScores(overview)
    guard scores.values.joined().joined().contains(where: \.isDrawable) else {
      throw .notApplicable(plot: name, reason: "no method has a Δm on every problem yet")
    }
    guard scores.values.contains(where: { $0.joined().count > 1 }) else {
      throw .notApplicable(plot: name, reason: "it needs two runs of a method")
    }
    let finite = scores.values.joined().joined().filter(\.isFinite)
    guard finite.min() != finite.max() else {
      throw .notApplicable(plot: name, reason: "all runs have the same score")
    }
    let lines = scores.methods.map { overview.lines[$0] }
    let drawn = lines.indices.filter { request.shows(lines[$0].record.label) }
    let chosen = Set(
      ShownMethods.chosen(drawn.map { (lines[$0].record, lines[$0].meanDelta) }).map { drawn[$0] }
    )
    let styles = MethodStyle.distinct(
      lines.indices.filter { chosen.contains($0) }.map { lines[$0].record.label },
      in: MethodStyle.all(results.methods)
    )
    let panels = grids(scores.values.joined().joined().filter(\.isDrawable)).enumerated().map {
      Panel(
        number: $0,
        thresholds: $1,
        scores,
        lines,
        drawn: drawn,
        chosen: chosen,
        styles: styles
      )
    }
    var key = [("single-task", "lines \(MethodStyle.singleTask.line)")]
    for (index, line) in lines.enumerated() where chosen.contains(index) {
      key.append((line.record.label, look(styles[line.record.label] ?? .faint)))
    }
    let faintCount = drawn.count - chosen.count
    if faintCount > 0 { key.append((NumberText.counted(faintCount, "other"), faintLook)) }
    return draw(panels, key: key, scores, results, faintCount: faintCount, request.canvas)
  }

  /// The thresholds of each panel: of all scores and, where the best three quarters of them would
  /// share less than half of that axis, of these once more.
  private static func grids(_ scores: [Double]) -> [[Double]] {
    let all = PerformanceProfile.grid(for: scores)
    let finite = scores.filter(\.isFinite)
    let quarter = SampleQuantile.of(finite, at: 0.25)
    guard let first = all.first, let last = all.last, quarter > (first + last) / 2 else {
      return [all]
    }
    return [all, PerformanceProfile.grid(for: finite.filter { $0 >= quarter })]
  }

  /// The shortest axis of scores, relative to their size.
  private static let leastLength = 0.001

  private static let faintLook = "lines \(MethodStyle.faint.line) linewidth 0.8"
  private static func look(_ style: MethodStyle) -> String { "lines \(style.line) linewidth 1.6" }

  /// All curves at the same thresholds.
  private struct Panel {
    let thresholds: [Double]
    var blocks: [DataBlock] = []
    /// Bands first, then the faint lines, then the others.
    let parts: [String]

    init(
      number: Int,
      thresholds: [Double],
      _ scores: SuiteScores,
      _ lines: [Overview.Line],
      drawn: [Int],
      chosen: Set<Int>,
      styles: [String: MethodStyle]
    ) {
      self.thresholds = thresholds
      var bands: [String] = []
      var faint = [
        Element.line("single-task", from: (1, 0), to: (1, 1), MethodStyle.singleTask.line)
      ]
      var colored: [String] = []
      for index in drawn where !chosen.contains(index) {
        let profile = PerformanceProfile(scores.values[index], thresholds: thresholds)
        let block = "panel\(number)_method\(index)"
        blocks.append(DataBlock(block, rows: zip(thresholds, profile.runs).map { [$0, $1] }))
        faint.append(
          Element.named(
            lines[index].record.label,
            "$\(block) using 1:2 with \(PerformanceProfiles.faintLook)"
          )
        )
      }
      let told = drawn.filter { chosen.contains($0) }
      let curves = PerformanceProfileBand.all(
        told.map { scores.values[$0] },
        thresholds: thresholds
      )
      for (index, curve) in zip(told, curves) {
        let block = "panel\(number)_method\(index)"
        blocks.append(DataBlock(block, rows: PerformanceProfiles.rows(curve)))
        let label = lines[index].record.label
        let style = styles[label] ?? .faint
        if curve.intervals != nil {
          bands.append(
            Element.named(
              "\(label), 95 % band",
              "$\(block) using 1:3:4 with filledcurves linecolor rgb '\(style.color)'"
            )
          )
        }
        colored.append(
          Element.named(label, "$\(block) using 1:2 with \(PerformanceProfiles.look(style))")
        )
      }
      parts = bands + faint + colored
    }

    var axis: String {
      var (first, last) = (thresholds.first ?? 0, thresholds.last ?? 1)
      // All runs alike: their score in the middle of an axis that has a length.
      let least = PerformanceProfiles.leastLength * max(1, first.magnitude, last.magnitude)
      if last - first < least { (first, last) = (first - least / 2, last + least / 2) }
      return "set xrange [\(NumberText.significant(first, 6)):\(NumberText.significant(last, 6))]; "
        + "set xtics \(NumberText.exact(StepTics.spacing(last - first)))"
    }
  }

  /// Rows of the threshold, the share and the ends of its interval.
  private static func rows(_ curve: PerformanceProfileBand) -> [[Double]] {
    zip(curve.profile.thresholds, curve.profile.runs).enumerated().map { index, point in
      let interval = curve.intervals?[index]
      return [point.0, point.1, interval?.lower ?? point.1, interval?.upper ?? point.1]
    }
  }

  private static func draw(
    _ panels: [Panel],
    key: [(title: String, look: String)],
    _ scores: SuiteScores,
    _ results: SuiteResults,
    faintCount: Int,
    _ canvas: Canvas
  ) -> Figure {
    let grid = PanelGrid(
      count: panels.count,
      mostColumns: panels.count,
      panel: PanelGrid.Size(least: 210, most: 300, height: 250),
      padding: PanelGrid.Padding(left: 40, right: 14, top: 12, bottom: 42),
      left: 22,
      key: key.map(\.title),
      on: canvas
    )
    var figure = Figure(
      title: "Share of runs with a score above τ, suite \(results.suite.name): "
        + "\(NumberText.counted(scores.seedCount, "seed")) on each of \(results.problems.count) problems, score 1 − Δm/100"
        + (panels.count > 1 ? ", on the right the best three quarters of the scores" : "")
        + "; higher is better; 95 % bands by stratified bootstrap over seeds, for each τ alone"
        + ShownMethods.note(faintCount: faintCount),
      grid,
      on: canvas
    )
    figure.blocks = panels.flatMap(\.blocks)
    figure.commands = [
      "set multiplot", "set key off", "set yrange [0:1]; set ytics 0.2",
      "set xlabel 'score τ; single-task is 1' offset 0,0.4",
    ]
    for (index, panel) in panels.enumerated() {
      figure.commands += [
        grid.place(index), panel.axis,
        grid.isLeftmost(index)
          ? "set ylabel 'share of runs above τ' offset 0.5,0" : "unset ylabel",
        "plot " + panel.parts.joined(separator: ", "),
      ]
    }
    figure.commands += grid.key(key.map { Element.named($0.title, "with \($0.look)") })
    return figure
  }
}
