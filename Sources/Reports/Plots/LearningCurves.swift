internal import Statistics
internal import Store

/// Validation loss of each task against the step, one panel a task, one line a method.
///
/// Tables report a run at its checkpoint; the marks are there: the mean over seeds of the step that the
/// suite's rule takes and of the loss at it, for single-task training too, whose level is drawn across.
package enum LearningCurves: Plot {
  package static let name = "learning-curves"
  package static let summary =
    "validation loss of each task over training, with 95 % intervals and the checkpoints"
  package static let scope = ReportScope.problem

  private static let mostColumns = 3
  /// Losses that span a larger ratio are drawn on a logarithmic axis.
  private static let linearRatio = 8.0

  package static func figure(
    of results: SuiteResults,
    _ request: PlotRequest
  ) throws(PlotError) -> Figure {
    guard let problem = results.problems.first, let losses = Losses(problem) else {
      throw .notApplicable(plot: name, reason: "no losses over training are stored")
    }
    let shown = ShownMethods(problem, request)
    let styles = MethodStyle.distinct(
      shown.colored.map(\.record.label),
      in: MethodStyle.all(results.methods)
    )
    let panels = problem.problem.ownTasks.map { task in
      (task: task, panel: Panel(problem, losses, task: task, shown: shown, styles: styles))
    }.filter { !$0.panel.blocks.isEmpty }
    guard !panels.isEmpty else {
      throw .notApplicable(plot: name, reason: "no run with losses over training has finished")
    }
    let entries = keyEntries(shown, problem, styles: styles)
    let grid = PanelGrid(
      count: panels.count,
      mostColumns: max(mostColumns, PanelGrid.squareColumns(panels.count)),
      panel: PanelGrid.Size(least: 190, most: 270, height: 200),
      padding: PanelGrid.Padding(left: 46, right: 16, bottom: 30),
      left: 20,
      bottom: 16,
      key: entries.map(\.title),
      on: request.canvas
    )
    var figure = Figure(
      title: "Validation loss over training, problem \(problem.problem.label), mean over seeds "
        + "with 95 % t interval\(shown.colored.count > mostBands ? " of the rivals" : ""); points: the checkpoints that tables report (\(losses.ruleText)), "
        + "mean over seeds" + ShownMethods.note(faintCount: shown.faint.count),
      grid,
      on: request.canvas
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
    figure.commands += grid.key(entries.map { Element.named($0.title, "with \($0.look)") })
    return figure
  }

  /// More bands than this hide each other: then the rivals alone have theirs.
  private static let mostBands = 5

  private static func hasBand(_ method: MethodResults, _ shown: ShownMethods) -> Bool {
    shown.colored.count <= mostBands || method.record.method == MethodLabel.equal
      || method.record.label == MethodLabel.tunedStatic
  }

  private static let reference = "\(MethodStyle.singleTask.line) linewidth 1.5"

  private static func keyEntries(
    _ shown: ShownMethods,
    _ problem: ProblemResults,
    styles: [String: MethodStyle]
  ) -> [(title: String, look: String)] {
    var entries: [(title: String, look: String)] = []
    if let single = problem.reference, single.finishedCount > 0 {
      entries.append(("single-task", "linespoints \(reference) pointtype 2 pointsize 0.9"))
    }
    entries += shown.colored.map { method in
      let style = styles[method.record.label] ?? .faint
      return (
        ShownMethods.title(method),
        "linespoints \(style.line) linewidth 1.8 pointtype \(style.point) pointsize 0.9"
      )
    }
    if !shown.faint.isEmpty {
      entries.append(
        (
          NumberText.counted(shown.faint.count, "other"),
          "lines \(MethodStyle.faint.line) linewidth 1"
        )
      )
    }
    return entries
  }

  /// The losses of a problem's runs, ready to be looked up by method and task.
  private struct Losses {
    private struct Key: Hashable {
      let method: String
      let task: Int
    }

    private let curves: [Key: [LearningCurve]]
    private let reported: ValidationCurves
    private let problem: ProblemResults

    /// Nil without losses over training.
    init?(_ problem: ProblemResults) {
      guard let reported = ValidationCurves(problem) else { return nil }
      self.reported = reported
      self.problem = problem
      curves = Dictionary(grouping: problem.curves.filter { $0.part == .validation }) {
        Key(method: $0.method, task: $0.task)
      }
    }

    /// What decides which evaluation is reported.
    var ruleText: String { reported.ruleText }

    /// Mean and interval over the finished seeds of a method.
    func rows(of method: MethodResults, task: Int) -> [[Double]] {
      let finished = Set(
        zip(problem.seeds, method.outcomes).compactMap { $1 == .finished ? $0 : nil }
      )
      let own = (curves[Key(method: method.runLabel, task: task)] ?? []).filter {
        finished.contains($0.seed)
      }
      return SeedSeries(own.map { ($0.steps, $0.losses) }).meanWithInterval.filter {
        $0[1].isDrawable
      }
    }

    /// Mean step and mean loss of a task at the checkpoints of a method's finished runs; nil without
    /// one.
    func checkpoint(of method: MethodResults, task: Int) -> [Double]? {
      let all = problem.problem.ownTasks.compactMap(\.index)
      let points = zip(method.outcomes, method.runs).compactMap { outcome, runs -> [Double]? in
        guard outcome == .finished,
          let run = runs.first(where: { ($0.taskIndex ?? task) == task }),
          let taken = reported.taken(of: run, tasks: run.taskIndex.map { [$0] } ?? all),
          let loss = taken.losses[task], loss.isDrawable
        else { return nil }
        return [Double(taken.step), loss]
      }
      guard !points.isEmpty else { return nil }
      return [0, 1].map { axis in CompensatedSum.mean(points.map { $0[axis] }) }
    }
  }

  /// One task's panel.
  private struct Panel {
    var blocks: [DataBlock] = []
    var commands: [String] = []

    /// The last step of any curve.
    var lastStep: Double { blocks.compactMap { $0.rows.last?.first }.max() ?? 0 }

    init(
      _ problem: ProblemResults,
      _ losses: Losses,
      task: TaskRecord,
      shown: ShownMethods,
      styles: [String: MethodStyle]
    ) {
      var bands: [String] = []
      var lines: [String] = []
      var points: [String] = []
      for (index, method) in (shown.faint + shown.colored).enumerated() {
        let rows = losses.rows(of: method, task: task.index ?? 0)
        guard !rows.isEmpty else { continue }
        let label = method.record.label
        let block = "task\(task.index ?? 0)_method\(index)"
        blocks.append(DataBlock(block, rows: rows))
        guard index >= shown.faint.count else {
          lines.append(
            Element.named(
              label,
              "$\(block) using 1:2 with lines \(MethodStyle.faint.line) linewidth 0.7"
            )
          )
          continue
        }
        let style = styles[label] ?? .faint
        if LearningCurves.hasBand(method, shown) {
          bands.append(
            Element.named(
              "\(label), 95 %",
              "$\(block) using 1:3:4 with filledcurves linecolor rgb '\(style.color)'"
            )
          )
        }
        lines.append(
          Element.named(label, "$\(block) using 1:2 with lines \(style.line) linewidth 1.6")
        )
        if let checkpoint = losses.checkpoint(of: method, task: task.index ?? 0) {
          points.append(
            Element.point(
              "\(label), checkpoint",
              x: checkpoint[0],
              y: checkpoint[1],
              "linecolor rgb '\(style.color)' pointtype \(style.point) pointsize 0.9"
            )
          )
        }
      }
      var shownValues = blocks.flatMap { $0.rows.map { $0[1] } }
      if !blocks.isEmpty, let single = problem.reference {
        addReference(single, losses, task: task, &lines, &points, &shownValues)
      }
      setScale(shownValues)
      commands.append("plot " + (bands + lines + points).joined(separator: ", "))
    }

    /// Single-task training: its curve, its checkpoint, and the level of the checkpoint.
    private mutating func addReference(
      _ single: MethodResults,
      _ losses: Losses,
      task: TaskRecord,
      _ lines: inout [String],
      _ points: inout [String],
      _ values: inout [Double]
    ) {
      let rows = losses.rows(of: single, task: task.index ?? 0)
      guard !rows.isEmpty else { return }
      let block = "task\(task.index ?? 0)_single"
      blocks.append(DataBlock(block, rows: rows))
      values += rows.map { $0[1] }
      lines.append(
        Element.named("single-task", "$\(block) using 1:2 with lines \(LearningCurves.reference)")
      )
      guard let checkpoint = losses.checkpoint(of: single, task: task.index ?? 0) else { return }
      lines.append(
        Element.named(
          "single-task at its checkpoint",
          "\(NumberText.significant(checkpoint[1], 7)) with lines linecolor rgb '#808080' "
            + "dashtype 3 linewidth 0.8"
        )
      )
      points.append(
        Element.point(
          "single-task, checkpoint",
          x: checkpoint[0],
          y: checkpoint[1],
          "linecolor rgb '#505050' pointtype 2 pointsize 0.9 linewidth 1.6"
        )
      )
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
        let length = highest - lowest
        commands.append(
          "unset logscale y; set format y '%g'; set yrange [*:*]; set ytics "
            + (length > 0
              ? NumberText.exact(StepTics.spacing(length, count: 5)) : "autofreq")
        )
      }
    }
  }
}
