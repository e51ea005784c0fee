internal import Store

/// Share of each task in the weights over training, one panel a method.
package enum TaskWeights: Plot {
  package static let name = "task-weights"
  package static let summary = "each task's share of the weights over training, by method"
  package static let scope = ReportScope.problem

  package static func figure(
    of results: SuiteResults,
    _ request: PlotRequest
  ) throws(PlotError) -> Figure {
    guard let problem = results.problems.first else {
      throw .notApplicable(plot: name, reason: "the suite has no problem")
    }
    let tasks = problem.problem.ownTasks
    let all = problem.methods.enumerated().compactMap { index, method -> (MethodResults, Panel)? in
      guard request.shows(method.record.label), method.record.method != MethodLabel.equal
      else { return nil }
      return Panel(problem, method, number: index, tasks).map { (method, $0) }
    }
    let fitting = SmallPanels.fitting(
      all.map { $0.0 },
      keyTitles: tasks.map(\.name),
      on: request.canvas
    ).map(\.record.label)
    let panels = all.filter { fitting.contains($0.0.record.label) }.map { $0.1 }
    guard !panels.isEmpty else {
      throw .notApplicable(plot: name, reason: "no weights over training are stored")
    }
    let grid = SmallPanels.grid(
      count: panels.count,
      keyTitles: tasks.map(\.name),
      on: request.canvas
    )
    var figure = Figure(
      title: "Share of each task in the weights, problem \(problem.problem.label), median and "
        + "10 to 90 % range over seeds" + SmallPanels.note(left: all.count - panels.count),
      grid,
      on: request.canvas
    )
    figure.commands = ["set multiplot", "set key off", "set yrange [0:1]", "set ytics 0.5"]
    for (index, panel) in panels.enumerated() {
      figure.blocks += panel.blocks
      figure.commands += SmallPanels.open(
        grid,
        index,
        of: panels.count,
        title: panel.title,
        ylabel: "share"
      )
      figure.commands.append(StepTics.command(last: panel.lastStep, count: 3))
      let even = NumberText.fixed(1 / Double(tasks.count), 4)
      figure.commands.append(
        "plot "
          + ([
            Element.named(
              "equal weights",
              "\(even) with lines linecolor rgb '#bbbbbb' dashtype 3 linewidth 1"
            )
          ] + panel.parts).joined(separator: ", ")
      )
    }
    figure.commands += grid.key(
      tasks.map { task in
        let style = MethodStyle.task(task.index ?? 0)
        return Element.named(task.name, "with lines \(style.line) linewidth 2")
      }
    )
    return figure
  }

  /// One method's panel.
  private struct Panel {
    let title: String
    let lastStep: Double
    var blocks: [DataBlock] = []
    var parts: [String] = []

    /// Nil when the method has no weights.
    init?(_ problem: ProblemResults, _ method: MethodResults, number: Int, _ tasks: [TaskRecord]) {
      title = ShownMethods.title(method)
      let series = problem.taskSeries.filter { $0.method == method.runLabel }
      let shares = Self.shares(series, taskCount: tasks.count)
      guard let last = shares.compactMap(\.steps.last).max() else { return nil }
      lastStep = Double(last)
      var bands: [String] = []
      var lines: [String] = []
      for (task, share) in shares.enumerated() {
        let block = "method\(number)_task\(task)"
        let style = MethodStyle.task(task)
        blocks.append(DataBlock(block, rows: share.medianWithRange))
        let label = "\(title), \(tasks[task].name)"
        bands.append(
          Element.named(
            "\(label), range",
            "$\(block) using 1:3:4 with filledcurves linecolor rgb '\(style.color)'"
          )
        )
        lines.append(
          Element.named(label, "$\(block) using 1:2 with lines \(style.line) linewidth 1.6")
        )
      }
      parts = bands + lines
    }

    /// Weight divided by the sum of weights at the same step and seed, for each task.
    private static func shares(_ series: [TaskSeries], taskCount: Int) -> [SeedSeries] {
      let bySeed = Dictionary(grouping: series) { $0.seed }
      var shares = [[(steps: [Int], values: [Double])]](repeating: [], count: taskCount)
      for seed in bySeed.keys.sorted() {
        let tasks = (bySeed[seed] ?? []).sorted { $0.task < $1.task }
        guard tasks.count == taskCount, let steps = tasks.first?.steps,
          tasks.allSatisfy({ $0.steps == steps })
        else { continue }
        for task in 0..<taskCount {
          let values = steps.indices.map { step in
            let sum = tasks.reduce(0) { $0 + ($1.weights[step] ?? .nan) }
            return (tasks[task].weights[step] ?? .nan) / sum
          }
          if values.contains(where: \.isFinite) { shares[task].append((steps, values)) }
        }
      }
      return shares.map { SeedSeries($0) }
    }
  }
}
