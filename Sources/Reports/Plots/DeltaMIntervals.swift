internal import Statistics
internal import Store

/// Δm of every method with its interval, one panel a problem and one over all.
package enum DeltaMIntervals: Plot {
  package static let name = "delta-m"
  package static let summary = "Δm of every method with 95 % intervals, by problem and over all"
  package static let scope = ReportScope.suite

  private static let mostColumns = 5

  package static func figure(
    of results: SuiteResults,
    _ request: PlotRequest
  ) throws(PlotError) -> Figure {
    let overview = Overview(results)
    let lines = overview.lines.filter { request.shows($0.record.label) }
    let all = panels(overview, lines)
    guard all.contains(where: { !$0.rows.isEmpty }) else {
      throw .notApplicable(plot: name, reason: "no method has a Δm yet")
    }
    let scored = lines.map { line in
      (
        record: line.record,
        score: line.meanDelta ?? (all.count == 1 ? line.results.first??.deltaMScore.value : nil)
      )
    }
    let (rows, grid, count) = layout(scored, panelCount: all.count, request.canvas)
    let panels = count == all.count ? all : all.suffix(1)
    let styles = MethodStyle.all(results.methods)
    var figure = Figure(
      title: "Δm against single-task training, suite \(results.suite.name), mean and 95 % interval "
        + "over seeds of each method by itself; lower is better"
        + (rows.restCount > 0
          ? "; of \(rows.restCount) others, which are neither rivals nor best or worst, the means"
          : "")
        + (count < all.count
          ? "; there is no room for the \(all.count - 1) problems: name one, or a wider picture"
          : ""),
      grid,
      on: request.canvas
    )
    figure.commands = ["set multiplot", "set key off", "unset grid"]
    for (index, panel) in panels.enumerated() {
      let isLabelled = grid.isLeftmost(index)
      figure.commands += [
        grid.place(index),
        "set title \(GnuplotText.quoted(panel.title)) noenhanced offset 0,-0.6",
        grid.isLowest(index, of: panels.count)
          ? "set xlabel '\(xlabel(grid, index))' offset 0,0.4" : "unset xlabel",
        "unset label; unset arrow", rows.axis(isLabelled: isLabelled),
      ]
      figure.commands += rows.heads(isLabelled: isLabelled)
      figure.commands += [
        "set grid xtics linecolor rgb '#e4e4e4' linetype 1 linewidth 0.6", panel.range,
      ]
      figure.commands += marks(panel, rows)
      add(panel, "panel\(index)", rows, lines.map(\.record.label), styles, &figure)
    }
    return figure
  }

  /// What the axis shows, and on the left which way is better; everywhere, where there is room.
  private static func xlabel(_ grid: PanelGrid, _ index: Int) -> String {
    let (short, long) = ("Δm (%)", "Δm (%), ← better")
    let gap = 20.0
    return grid.isLeftmost(index) || grid.panelWidth > PanelGrid.textWidth(long) + gap
      ? long : short
  }

  /// Rows and panels that fit: all methods on all problems, else the rivals, the best and the worst of
  /// them; where even these do not, the mean over the problems alone.
  private static func layout(
    _ methods: [(record: MethodRecord, score: Double?)],
    panelCount: Int,
    _ canvas: Canvas
  ) -> (rows: MethodRows, grid: PanelGrid, panelCount: Int) {
    for count in panelCount > 1 ? [panelCount, 1] : [panelCount] {
      var most = methods.count + 5
      while most >= 6 {
        let rows = MethodRows(methods, on: canvas, most: most)
        let grid = rows.grid(
          panelCount: count,
          columnCount: mostColumns,
          panelWidth: count == 1 ? 380 : 190,
          on: canvas
        )
        let isLast = count == 1 && most == 6
        if Double(grid.height) <= canvas.height || isLast { return (rows, grid, count) }
        most -= 1
      }
    }
    let rows = MethodRows(methods, on: canvas, most: 6)
    let grid = rows.grid(panelCount: 1, columnCount: 1, panelWidth: 380, on: canvas)
    return (rows, grid, 1)
  }

  /// What stands in place of a mean, and what the frame does not hold.
  private static func marks(_ panel: Panel, _ rows: MethodRows) -> [String] {
    let failures = panel.failures.filter { !rows.isRest[$0.0] }.map { method, text in
      "set label \(GnuplotText.quoted(text)) at graph 0.5, first \(rows.places[method]) center "
        + "font ',9' textcolor rgb '#777777'"
    }
    let far = panel.farRows.filter { !rows.isRest[$0.row] }.map { method, text, isRight in
      "set label \(GnuplotText.quoted(text)) at graph \(isRight ? 0.98 : 0.02), first "
        + "\(rows.places[method]) \(isRight ? "right" : "left") font ',9' textcolor rgb '#444444'"
    }
    let cut = panel.cutEnds.filter { !rows.isRest[$0.row] }.map { method, isRight in
      "set label '\(isRight ? "▸" : "◂")' at graph \(isRight ? 1 : 0), first "
        + "\(rows.places[method]) center font ',9' textcolor rgb '#444444'"
    }
    let others = panel.farRows.filter { rows.isRest[$0.row] }
    let rest =
      others.isEmpty
      ? []
      : [
        "set label \(GnuplotText.quoted("\(others.count) →")) at graph 0.98, first "
          + "\(rows.count - 1) right font ',9' textcolor rgb '#777777'"
      ]
    return failures + far + cut + rest
  }

  private static func add(
    _ panel: Panel,
    _ block: String,
    _ rows: MethodRows,
    _ labels: [String],
    _ styles: [String: MethodStyle],
    _ figure: inout Figure
  ) {
    let near = panel.nearRows.filter { !rows.isRest[Int($0[0])] }
    let rest = panel.nearRows.filter { rows.isRest[Int($0[0])] }
    let place = { (row: [Double]) in [Double(rows.places[Int(row[0])])] + row.dropFirst() }
    if !near.isEmpty { figure.blocks.append(DataBlock(block, rows: near.map(place))) }
    if !rest.isEmpty { figure.blocks.append(DataBlock(block + "_rest", rows: rest.map(place))) }
    var parts = panel.guides(rowCount: rows.count)
    if !rest.isEmpty {
      parts.append(
        Element.named(
          "others",
          "$\(block)_rest using 2:1 with points \(MethodStyle.faint.marks) pointsize 0.6"
        )
      )
    }
    parts += near.indices.map { row in
      let label = labels[Int(near[row][0])]
      return Element.named(
        label,
        "$\(block) using 2:1:3:4 every ::\(row)::\(row) with xerrorbars "
          + "\((styles[label] ?? .faint).marks) pointsize 0.7 linewidth 1.4"
      )
    }
    figure.commands.append("plot " + parts.joined(separator: ", "))
  }

  /// One problem, or all of them.
  private struct Panel {
    let title: String
    /// Position of the method, mean, lower and upper end.
    var rows: [[Double]] = []
    /// Methods without a mean, and why.
    var failures: [(Int, String)] = []
    /// Mean of the tuned static weights.
    var control: Double?

    init(title: String) { self.title = title }

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

    /// Ends of intervals that the frame does not hold, which get an arrow head at its edge.
    var cutEnds: [(row: Int, isRight: Bool)] {
      let frame = frame
      return nearRows.flatMap { row in
        (row[2] < frame.lowerBound ? [(Int(row[0]), false)] : [])
          + (row[3] > frame.upperBound ? [(Int(row[0]), true)] : [])
      }
    }

    private var frame: ClosedRange<Double> {
      let ends: [Double] = nearRows.flatMap { Array($0[2...3]) }
      let means = sight.range ?? 0...0
      return RobustRange(ends, keeping: [means.lowerBound, means.upperBound])
        .widened(toward: [], room: 0.06, leastLength: 0.5)
    }

    var range: String {
      let frame = frame
      let spacing = StepTics.spacing(in: frame)
      return "set xrange [\(NumberText.significant(frame.lowerBound, 4)):"
        + "\(NumberText.significant(frame.upperBound, 4))]; set xtics \(NumberText.exact(spacing))"
    }

    /// Lines at 0 and at the tuned static weights.
    func guides(rowCount: Int) -> [String] {
      let places =
        [("single-task", 0.0, "#808080", 1)]
        + (control.map { [(MethodLabel.tunedStatic, $0, "#D55E00", 3)] } ?? [])
      return places.map { name, place, color, dash in
        let x = Score(place).value ?? 0
        return Element.line(
          name,
          from: (x, -0.5),
          to: (x, Double(rowCount) - 0.5),
          "linecolor rgb '\(color)' dashtype \(dash) linewidth 1"
        )
      }
    }
  }

  private static func panels(_ overview: Overview, _ lines: [Overview.Line]) -> [Panel] {
    var panels = overview.problems.indices.map { problem in
      var panel = Panel(title: overview.problems[problem])
      for (row, line) in lines.enumerated() {
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
    if overview.problems.count > 1 { panels.append(overall(overview, lines)) }
    return panels
  }

  /// Half width of a normal 95 % interval in standard errors; the mean over problems has many
  /// degrees of freedom.
  private static let normalQuantile = 1.959964

  private static func overall(_ overview: Overview, _ lines: [Overview.Line]) -> Panel {
    var panel = Panel(title: "geometric mean")
    for (row, line) in lines.enumerated() {
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
