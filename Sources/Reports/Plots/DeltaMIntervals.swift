internal import Statistics
internal import Store

/// Δm of every method with its interval, one panel a problem and one over all.
package enum DeltaMIntervals: Plot {
  package static let name = "delta-m"
  package static let summary = "Δm of every method with 95 % intervals, by problem and over all"
  package static let scope = ReportScope.suite

  private static let mostColumns = 4

  package static func figure(of results: SuiteResults) throws(PlotError) -> Figure {
    let overview = Overview(results)
    let panels = panels(overview)
    guard panels.contains(where: { !$0.rows.isEmpty }) else {
      throw .notApplicable(plot: name, reason: "no method has a Δm yet")
    }
    let rows = MethodRows(overview.lines.map(\.record.label))
    let grid = rows.grid(panelCount: panels.count, columnCount: mostColumns, panelWidth: 190)
    let styles = MethodStyle.all(results.methods)
    var figure = Figure(
      title: "Δm against single-task training, suite \(results.suite.name), mean and 95 % interval "
        + "over seeds; lower is better",
      width: grid.width,
      height: grid.height
    )
    figure.commands = ["set multiplot", "set key off", "unset grid"]
    for (index, panel) in panels.enumerated() {
      let block = "panel\(index)"
      figure.commands += [
        grid.place(index),
        "set title \(GnuplotText.quoted(panel.title)) noenhanced offset 0,-0.6",
        grid.isLowest(index, of: panels.count)
          ? "set xlabel 'Δm (%), ← better' offset 0,0.4" : "unset xlabel",
        rows.axis(isLabelled: grid.isLeftmost(index)),
        "unset label; unset arrow",
        "set grid xtics linecolor rgb '#e4e4e4' linetype 1 linewidth 0.6",
        panel.range,
      ]
      figure.commands += panel.failures.map { row, text in
        "set label \(GnuplotText.quoted(text)) at graph 0.5, first \(row) center font ',9' "
          + "textcolor rgb '#888888'"
      }
      figure.commands += panel.farRows.map { row, text, isRight in
        "set label \(GnuplotText.quoted(text)) at graph \(isRight ? 0.98 : 0.02), first \(row) "
          + "\(isRight ? "right" : "left") font ',9' textcolor rgb '#444444'"
      }
      let near = panel.nearRows
      figure.blocks.append(DataBlock(block, rows: near))
      let parts = near.indices.map { row in
        let label = overview.lines[Int(near[row][0])].record.label
        let style = styles[label] ?? .faint
        return "$\(block) using 2:1:3:4 every ::\(row)::\(row) with xerrorbars \(style.marks) "
          + "pointsize 0.7 linewidth 1.4"
      }
      figure.commands.append(
        "plot " + (panel.guides + parts).joined(separator: ", ")
      )
    }
    return figure
  }

  /// One problem, or all of them.
  private struct Panel {
    let title: String
    /// Row of the method, mean, lower and upper end.
    var rows: [[Double]]
    /// Rows without a mean, and why.
    var failures: [(Int, String)]
    /// Mean of the tuned static weights.
    var control: Double?
    let methodCount: Int

    /// Where the means are, apart from those far away; 0 and tuned static weights are in sight.
    private var sight: RobustRange {
      RobustRange(rows.map { $0[1] }, keeping: [0] + (control.map { [$0] } ?? []))
    }

    /// Rows whose mean is in the frame.
    var nearRows: [[Double]] { rows.filter { !sight.isFar($0[1]) } }

    /// Rows whose mean is outside the frame: position, number and side.
    var farRows: [(row: Int, text: String, isRight: Bool)] {
      rows.filter { sight.isFar($0[1]) }.map { row in
        let number = NumberText.signed(row[1], row[1].magnitude < 100 ? 1 : 0)
        let isRight = row[1] > 0
        return (Int(row[0]), isRight ? number + " →" : "← " + number, isRight)
      }
    }

    var range: String {
      let ends: [Double] = nearRows.flatMap { Array($0[2...3]) }
      let means = sight.range ?? 0...0
      let frame = RobustRange(ends, keeping: [means.lowerBound, means.upperBound])
        .widened(toward: [], room: 0.06, leastLength: 0.5)
      let spacing = StepTics.spacing(frame.upperBound - frame.lowerBound)
      return "set xrange [\(NumberText.significant(frame.lowerBound, 4)):"
        + "\(NumberText.significant(frame.upperBound, 4))]; set xtics \(NumberText.exact(spacing))"
    }

    /// Lines at 0 and at the tuned static weights.
    var guides: [String] {
      let places = [(0.0, "#808080", 1)] + (control.map { [($0, "#D55E00", 3)] } ?? [])
      return places.map { place, color, dash in
        let x = NumberText.significant(place, 6)
        return "'+' using (\(x)):(-0.5):(0):(\(methodCount)) every ::0::0 with vectors nohead "
          + "linecolor rgb '\(color)' dashtype \(dash) linewidth 1"
      }
    }
  }

  private static func panels(_ overview: Overview) -> [Panel] {
    var panels = overview.problems.indices.map { problem in
      var panel = Panel(
        title: overview.problems[problem],
        rows: [],
        failures: [],
        methodCount: overview.lines.count
      )
      for (row, line) in overview.lines.enumerated() {
        guard let result = line.results[problem] else { continue }
        guard result.failedCount == 0, let summary = result.deltaMSummary, summary.count > 0 else {
          let total = result.finishedCount + result.failedCount
          if result.failedCount > 0 {
            panel.failures.append((row, "† \(result.finishedCount)/\(total) runs"))
          } else if result.deltaMScore.isUndefined {
            panel.failures.append((row, "Δm undefined"))
          }
          continue
        }
        guard summary.mean.isDrawable else { continue }
        let hasInterval =
          summary.interval.lower.isDrawable && summary.interval.upper.isDrawable
        panel.rows.append([
          Double(row), summary.mean, hasInterval ? summary.interval.lower : summary.mean,
          hasInterval ? summary.interval.upper : summary.mean,
        ])
        if line.record.label == overview.rival.label { panel.control = summary.mean }
      }
      return panel
    }
    if overview.problems.count > 1 { panels.append(overall(overview)) }
    return panels
  }

  /// Half width of a normal 95 % interval in standard errors; the mean over problems has many
  /// degrees of freedom.
  private static let normalQuantile = 1.959964

  private static func overall(_ overview: Overview) -> Panel {
    var panel = Panel(
      title: "geometric mean",
      rows: [],
      failures: [],
      methodCount: overview.lines.count
    )
    for (row, line) in overview.lines.enumerated() {
      guard let mean = line.meanDelta else {
        if line.results.contains(where: { ($0?.failedCount ?? 0) > 0 }) {
          panel.failures.append((row, "† failed runs"))
        }
        continue
      }
      let half = normalQuantile * (line.error ?? 0)
      panel.rows.append([Double(row), mean, mean - half, mean + half])
      if line.record.label == overview.rival.label { panel.control = mean }
    }
    return panel
  }
}
