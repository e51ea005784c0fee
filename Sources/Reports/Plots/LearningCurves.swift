internal import Store

/// Validation loss of each task against the step, one panel a task, one line a method.
package enum LearningCurves: Plot {
  package static let name = "learning-curves"
  package static let summary = "validation loss of each task over training, with 95 % intervals"
  package static let scope = ReportScope.problem

  private static let mostColumns = 3
  /// Losses that span a larger ratio are drawn on a logarithmic axis.
  private static let linearRatio = 8.0

  package static func figure(of results: SuiteResults) throws(PlotError) -> Figure {
    guard let problem = results.problems.first, problem.curves.contains(where: isShown) else {
      throw .notApplicable(plot: name, reason: "no losses over training are stored")
    }
    let shown = ShownMethods(problem)
    let all = [problem.reference].compactMap { $0 } + shown.faint + shown.colored
    let curves = Dictionary(grouping: problem.curves.filter(isShown)) {
      CurveKey(method: $0.method, task: $0.task)
    }
    let tasks = problem.problem.ownTasks.filter { task in
      all.contains { !rows(of: $0, task: task.index, problem, curves).isEmpty }
    }
    guard !tasks.isEmpty else {
      throw .notApplicable(plot: name, reason: "no run finished, so there are no curves to average")
    }
    let styles = MethodStyle.distinct(
      shown.colored.map(\.record.label),
      in: MethodStyle.all(results.methods)
    )
    let panels = problem.problem.ownTasks.map { task in
      (task: task, panel: Panel(problem, curves, task: task, shown: shown, styles: styles))
    }.filter { !$0.panel.blocks.isEmpty }
    guard !panels.isEmpty else {
      throw .notApplicable(plot: name, reason: "no run with losses over training has finished")
    }
    let entries = keyEntries(shown, problem, styles: styles)
    let grid = PanelGrid(
      count: panels.count,
      columnCount: max(mostColumns, PanelGrid.squareColumns(panels.count)),
      panelWidth: 270,
      panelHeight: 230,
      padding: PanelGrid.Padding(left: 50),
      left: 20,
      bottom: 16,
      keyWidth: PanelGrid.keyWidth(entries.map(\.title))
    )
    var figure = Figure(
      title: "Validation loss over training, problem \(problem.problem.label), mean over seeds "
        + "with 95 % t interval",
      width: grid.width,
      height: max(grid.height, 30 + 20 * entries.count)
    )
    figure.commands = ["set multiplot", "set key off"]
    for (index, (task, panel)) in panels.enumerated() {
      figure.blocks += panel.blocks
      figure.commands.append(grid.place(index))
      figure.commands.append("set title \(GnuplotText.quoted(task.name)) noenhanced offset 0,-0.6")
      figure.commands.append(
        grid.isLowest(index, of: panels.count)
          ? "set xlabel 'step' offset 0,0.4" : "unset xlabel"
      )
      figure.commands.append(grid.leftLabel("validation loss", at: index))
      figure.commands.append(StepTics.command(last: panel.lastStep))
      figure.commands += panel.commands
    }
    figure.commands += grid.key(entries.map { "with lines \($0.look) title \($0.quoted)" })
    return figure
  }

  private struct KeyEntry {
    let title: String
    let look: String
    var quoted: String { GnuplotText.quoted(title) }
  }

  /// Whose losses a curve holds; there are too many curves to be looked through for each line.
  private struct CurveKey: Hashable {
    let method: String
    let task: Int?
  }

  private static func isShown(_ curve: LearningCurve) -> Bool { curve.part == .validation }

  private static func keyEntries(
    _ shown: ShownMethods,
    _ problem: ProblemResults,
    styles: [String: MethodStyle]
  ) -> [KeyEntry] {
    var entries: [KeyEntry] = []
    if let reference = problem.reference, reference.finishedCount > 0 {
      entries.append(
        KeyEntry(
          title: "single-task, at its end",
          look: "\(MethodStyle.singleTask.line) linewidth 1.5"
        )
      )
    }
    entries += shown.colored.map { method in
      KeyEntry(
        title: ShownMethods.title(method),
        look: "\((styles[method.record.label] ?? .faint).line) linewidth 1.8"
      )
    }
    if !shown.faint.isEmpty {
      entries.append(
        KeyEntry(
          title: "\(shown.faint.count) others",
          look: "\(MethodStyle.faint.line) linewidth 1"
        )
      )
    }
    return entries
  }

  /// One task's panel.
  private struct Panel {
    var blocks: [DataBlock] = []
    var commands: [String] = []

    /// The last step of any curve.
    var lastStep: Double { blocks.compactMap { $0.rows.last?.first }.max() ?? 0 }

    init(
      _ problem: ProblemResults,
      _ curves: [CurveKey: [LearningCurve]],
      task: TaskRecord,
      shown: ShownMethods,
      styles: [String: MethodStyle]
    ) {
      var bands: [String] = []
      var lines: [String] = []
      for (index, method) in (shown.faint + shown.colored).enumerated() {
        let rows = LearningCurves.rows(of: method, task: task.index, problem, curves)
        guard !rows.isEmpty else { continue }
        let block = "task\(task.index ?? 0)_method\(index)"
        blocks.append(DataBlock(block, rows: rows))
        guard index >= shown.faint.count else {
          lines.append("$\(block) using 1:2 with lines \(MethodStyle.faint.line) linewidth 0.7")
          continue
        }
        let style = styles[method.record.label] ?? .faint
        bands.append("$\(block) using 1:3:4 with filledcurves linecolor rgb '\(style.color)'")
        lines.append("$\(block) using 1:2 with lines \(style.line) linewidth 1.6")
      }
      let shownValues = blocks.flatMap { $0.rows.map { $0[1] } }
      setScale(shownValues)
      if let reference = problem.reference,
        let last = LearningCurves.rows(of: reference, task: task.index, problem, curves).last
      {
        let level = NumberText.significant(last[1], 7)
        lines.append("\(level) with lines \(MethodStyle.singleTask.line) linewidth 1.4")
      }
      commands.append("plot " + (bands + lines).joined(separator: ", "))
    }

    /// A band may reach 0 or below, which a logarithmic axis would cut off without a word; the range
    /// is that of the means.
    private mutating func setScale(_ values: [Double]) {
      let lowest = values.min() ?? 0
      let highest = values.max() ?? 1
      if lowest > 0, highest / lowest > LearningCurves.linearRatio {
        let range = lowest * 0.85...highest * 1.1
        commands.append(
          "set logscale y; set format y '%g'; set yrange "
            + "[\(NumberText.significant(range.lowerBound, 3)):"
            + "\(NumberText.significant(range.upperBound, 3))]; "
            + StepTics.logarithmic("y", in: range)
        )
      } else {
        commands.append("unset logscale y; set format y '%g'; set yrange [*:*]; set ytics autofreq")
      }
    }
  }

  /// Mean and interval over the finished seeds of a method.
  private static func rows(
    of method: MethodResults,
    task: Int?,
    _ problem: ProblemResults,
    _ curves: [CurveKey: [LearningCurve]]
  ) -> [[Double]] {
    let finished = Set(
      zip(problem.seeds, method.outcomes).compactMap { $1 == .finished ? $0 : nil }
    )
    let own = (curves[CurveKey(method: method.runLabel, task: task)] ?? []).filter {
      finished.contains($0.seed)
    }
    return SeedSeries(own.map { ($0.steps, $0.losses) }).meanWithInterval.filter {
      $0[1].isDrawable
    }
  }
}
