internal import Statistics
internal import Store

/// The front of fixed weights on two tasks, with every method as a point.
package enum StaticFront: Plot {
  package static let name = "static-front"
  package static let summary = "two tasks against each other: fixed weights and every method"
  package static let scope = ReportScope.problem

  package static func figure(of results: SuiteResults) throws(PlotError) -> Figure {
    guard let problem = results.problems.first else {
      throw .notApplicable(plot: name, reason: "the suite has no problem")
    }
    let tasks = problem.problem.tasks.filter { $0.index >= 0 }
    guard tasks.count == 2 else {
      throw .notApplicable(plot: name, reason: "it needs two tasks, here are \(tasks.count)")
    }
    let axes = tasks.compactMap { task in
      problem.columns.firstIndex { $0.task.index == task.index && $0.metric.isPrimary }
    }
    guard axes.count == 2, problem.reference != nil else {
      throw .notApplicable(plot: name, reason: "it needs single-task training for comparison")
    }
    let front = problem.sweep.filter { $0.finishedCount > 0 && $0.record.sweepWeights != nil }
      .sorted { share($0) < share($1) }
    let methods = problem.methods.filter { $0.finishedCount > 0 }
    guard !methods.isEmpty else {
      throw .notApplicable(plot: name, reason: "no evaluation run has finished yet")
    }
    return draw(problem, axes: axes, front: front, methods: methods, results)
  }

  /// The first task's share of a sweep point's weights.
  private static func share(_ method: MethodResults) -> Double {
    let weights = method.record.sweepWeights ?? []
    return (weights.first ?? 0) / weights.reduce(0, +)
  }

  private static func draw(
    _ problem: ProblemResults,
    axes: [Int],
    front: [MethodResults],
    methods: [MethodResults],
    _ results: SuiteResults
  ) -> Figure {
    let styles = MethodStyle.all(results.methods)
    let points = methods.map { point($0, problem, axes: axes) }
    let frame = Frame(points, front: front.map { point($0, problem, axes: axes) })
    let titles = zip(methods, points).map { method, point in
      ShownMethods.title(method) + (frame.contains(point) ? "" : " (outside)")
    }
    // One entry takes so many points, and the plot itself needs a height of its own.
    let (entryHeight, leastHeight) = (18, 400)
    let height = max(leastHeight, 40 + entryHeight * (titles.count + 2))
    let grid = PanelGrid(
      count: 1,
      columnCount: 1,
      panelWidth: 440,
      panelHeight: Double(height),
      padding: PanelGrid.Padding(left: 66, right: 16, top: 14, bottom: 50),
      keyWidth: PanelGrid.keyWidth(titles + ["fixed weights", "single-task"])
    )
    var figure = Figure(
      title: "Change against single-task training on both tasks, problem "
        + "\(problem.problem.label), mean and standard error over seeds; lower is better",
      width: grid.width,
      height: height
    )
    if !frame.front.isEmpty { figure.blocks = [DataBlock("front", rows: frame.front)] }
    figure.blocks += points.enumerated().map { DataBlock("method\($0)", rows: [$1]) }
    figure.commands = ["set multiplot", "set key off", grid.place(0), "set grid xtics ytics"]
    figure.commands += axisLabels(problem, axes: axes) + [frame.ranges]
    figure.commands += ends(front, problem, axes: axes, frame: frame)
    figure.commands.append(
      "plot " + parts(methods, hasFront: !front.isEmpty, styles: styles).joined(separator: ", ")
    )
    let looks = methods.map { styles[$0.record.label] ?? .faint }
    figure.commands += grid.key(key(titles, looks, hasFront: !front.isEmpty))
    return figure
  }

  /// What is in sight: the methods and single-task training, and as much of the front as is near.
  private struct Frame {
    let front: [[Double]]
    private let xRange: ClosedRange<Double>
    private let yRange: ClosedRange<Double>

    init(_ points: [[Double]], front: [[Double]]) {
      self.front = front
      xRange = Self.range(points, front: front, axis: 0)
      yRange = Self.range(points, front: front, axis: 1)
    }

    /// Means and error bars of the methods, and the front where it is near them.
    private static func range(
      _ points: [[Double]],
      front: [[Double]],
      axis: Int
    ) -> ClosedRange<Double> {
      let means = RobustRange(points.map { $0[axis] }, keeping: [0])
      let bars = points.filter { !means.isFar($0[axis]) }.flatMap { point in
        [point[axis] - point[axis + 2], point[axis] + point[axis + 2]]
      }
      return RobustRange(bars, keeping: [0])
        .widened(toward: front.map { $0[axis] }, room: 0.08, leastLength: 0.5)
    }

    func contains(_ point: [Double]) -> Bool {
      xRange.contains(point[0]) && yRange.contains(point[1])
    }

    var ranges: String {
      let texts = [xRange, yRange].map { range in
        "[\(NumberText.significant(range.lowerBound, 4)):"
          + "\(NumberText.significant(range.upperBound, 4))]"
      }
      let spacings = [xRange, yRange].map { range in
        NumberText.exact(StepTics.spacing(range.upperBound - range.lowerBound, count: 6))
      }
      return "set xrange \(texts[0]); set yrange \(texts[1]); "
        + "set xtics \(spacings[0]); set ytics \(spacings[1])"
    }
  }

  /// Mean drop on both tasks in percent, and their standard errors.
  private static func point(
    _ method: MethodResults,
    _ problem: ProblemResults,
    axes: [Int]
  ) -> [Double] {
    let summaries = axes.map { axis in
      let column = problem.columns[axis]
      let base = problem.reference?.values[axis] ?? []
      let drops = zip(method.values[axis], base).compactMap { own, base -> Double? in
        guard let own, let base else { return nil }
        return -DeltaM.Metric(value: own, base: base, higherIsBetter: column.higherIsBetter).gain
      }
      return SeedSummary(drops)
    }
    let errors = summaries.map { $0.standardError.isFinite ? $0.standardError : 0 }
    return summaries.map(\.mean) + errors
  }

  private static func axisLabels(_ problem: ProblemResults, axes: [Int]) -> [String] {
    zip(["x", "y"], axes).map { axis, column in
      let task = problem.columns[column].task.name
      let metric = problem.columns[column].metric.title
      let text = GnuplotText.quoted(
        "\(task): change of \(metric) against single-task (%)"
      )
      return "set \(axis)label \(text) noenhanced"
    }
  }

  /// The weights at both ends of what is in sight of the front.
  private static func ends(
    _ front: [MethodResults],
    _ problem: ProblemResults,
    axes: [Int],
    frame: Frame
  ) -> [String] {
    let near = front.filter { frame.contains(point($0, problem, axes: axes)) }
    guard near.count > 1, let first = near.first, let last = near.last else { return [] }
    // One above and one below its point: the ends may lie on each other.
    return [(first, "0.9"), (last, "-1.0")].map { method, offset in
      let place = point(method, problem, axes: axes)
      let weights = (method.record.sweepWeights ?? []).map { NumberText.fixed($0, 2) }
      let text = GnuplotText.quoted("w = " + weights.joined(separator: ", "))
      let (x, y) = (NumberText.significant(place[0], 6), NumberText.significant(place[1], 6))
      return "set label \(text) at \(x),\(y) center offset 0,\(offset) font ',9' "
        + "textcolor rgb '#777777'"
    }
  }

  private static func parts(
    _ methods: [MethodResults],
    hasFront: Bool,
    styles: [String: MethodStyle]
  ) -> [String] {
    var parts: [String] = []
    if hasFront {
      parts += [
        "$front using 1:2 with lines linecolor rgb '#999999' linewidth 1.2",
        "$front using 1:2:3:4 with xyerrorbars \(MethodStyle.faint.marks) pointsize 0.5",
      ]
    }
    parts.append("'+' using (0):(0) every ::0::0 with points \(MethodStyle.singleTask.marks)")
    for (index, method) in methods.enumerated() {
      let style = styles[method.record.label] ?? .faint
      parts.append("$method\(index) using 1:2:3:4 with xyerrorbars \(style.marks) pointsize 0.9")
    }
    return parts
  }

  private static func key(
    _ titles: [String],
    _ looks: [MethodStyle],
    hasFront: Bool
  ) -> [String] {
    var entries = ["with points \(MethodStyle.singleTask.marks) title 'single-task'"]
    if hasFront {
      entries.append("with linespoints \(MethodStyle.faint.marks) title 'fixed weights'")
    }
    return entries
      + zip(titles, looks).map { title, look in
        "with points \(look.marks) title \(GnuplotText.quoted(title))"
      }
  }
}
