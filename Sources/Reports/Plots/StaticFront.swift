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
    let tasks = problem.problem.ownTasks
    guard tasks.count == 2 else {
      throw .notApplicable(plot: name, reason: "it needs two tasks, here are \(tasks.count)")
    }
    let axes = tasks.compactMap { task in
      problem.columns.firstIndex { $0.task.index == task.index && $0.metric.isPrimary }
    }
    guard axes.count == 2, problem.reference != nil else {
      throw .notApplicable(plot: name, reason: "it needs single-task training for comparison")
    }
    let finished = problem.methods.filter { $0.finishedCount > 0 }
    guard !finished.isEmpty else {
      throw .notApplicable(plot: name, reason: "no evaluation run has finished")
    }
    let methods = finished.filter { point($0, problem, axes: axes) != nil }
    guard !methods.isEmpty else {
      throw .notApplicable(
        plot: name,
        reason: "no method has a defined change against single-task training on both tasks"
      )
    }
    let front = problem.sweep.filter { method in
      share(method).isFinite && point(method, problem, axes: axes) != nil
    }.sorted { share($0) < share($1) }
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
    let points = methods.compactMap { point($0, problem, axes: axes) }
    let frame = Frame(points, front: front.compactMap { point($0, problem, axes: axes) })
    let ends = ends(front, problem, axes: axes, frame: frame)
    let titles = zip(methods, points).map { method, point in
      ShownMethods.title(method) + (frame.contains(point) ? "" : " (outside)")
    }
    // One entry takes so many points, and the plot itself needs a height of its own.
    let (entryHeight, leastHeight) = (18, 400)
    let height = max(leastHeight, 40 + entryHeight * (titles.count + 2 + ends.count))
    let grid = PanelGrid(
      count: 1,
      columnCount: 1,
      panelWidth: 440,
      panelHeight: Double(height),
      padding: PanelGrid.Padding(left: 66, right: 16, top: 14, bottom: 50),
      keyWidth: PanelGrid.keyWidth(titles + ["fixed weights", "single-task"] + ends.map(\.title))
    )
    let shown = ShownMethods(problem)
    var figure = Figure(
      title: "Change against single-task training on both tasks, problem "
        + "\(problem.problem.label), mean and standard error over seeds; lower is better"
        + (shown.faint.isEmpty ? "" : "; bars for the rivals and the best by mean Δm"),
      width: grid.width,
      height: height
    )
    if !frame.front.isEmpty { figure.blocks = [DataBlock("front", rows: frame.front)] }
    figure.blocks += points.enumerated().map { DataBlock("method\($0)", rows: [$1]) }
    figure.commands = ["set multiplot", "set key off", grid.place(0), "set grid xtics ytics"]
    figure.commands += axisLabels(problem, axes: axes) + [frame.ranges]
    let looks = methods.map { styles[$0.record.label] ?? .faint }
    let isBarred = { (method: MethodResults) in
      shown.colored.contains { $0.record.label == method.record.label }
    }
    let parts =
      frontParts(hasFront: !front.isEmpty, isBarred: shown.faint.isEmpty)
      + ends.map(\.part) + methodParts(zip(looks, methods.map(isBarred)).map { ($0, $1) })
    figure.commands.append("plot " + parts.joined(separator: ", "))
    figure.commands += grid.key(key(titles, looks, hasFront: !front.isEmpty, ends: ends))
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

  /// Mean drop on both tasks in percent over the seeds that have one, and their standard errors; nil
  /// where a task has none.
  private static func point(
    _ method: MethodResults,
    _ problem: ProblemResults,
    axes: [Int]
  ) -> [Double]? {
    let summaries = axes.map { axis in
      let column = problem.columns[axis]
      let base = problem.reference?.values[axis] ?? []
      return SeedSummary(
        zip(method.values[axis], base).map { own, base in
          DeltaM.Metric(value: own, base: base, higherIsBetter: column.higherIsBetter).score
            .map { -$0 }
        }
      )
    }
    guard summaries.allSatisfy({ $0.count > 0 && $0.mean.isDrawable }) else { return nil }
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

  /// One end of what is in sight of the front.
  private struct End {
    /// Its label, which has its weights.
    let title: String
    /// Marks around its point, part of a plot command.
    let part: String
    let look: String
  }

  /// Both ends of what is in sight, marked around their points and named in the key: names beside the
  /// points would lie on other points.
  private static func ends(
    _ front: [MethodResults],
    _ problem: ProblemResults,
    axes: [Int],
    frame: Frame
  ) -> [End] {
    let near = front.compactMap { method -> (MethodResults, [Double])? in
      guard let place = point(method, problem, axes: axes), frame.contains(place) else {
        return nil
      }
      return (method, place)
    }
    guard near.count > 1, let first = near.first, let last = near.last else { return [] }
    return [(first, 4), (last, 6)].map { end, pointType in
      let (method, place) = end
      let (x, y) = (NumberText.significant(place[0], 6), NumberText.significant(place[1], 6))
      let look = "linecolor rgb '#666666' dashtype 1 pointtype \(pointType) pointsize 1.5"
      return End(
        title: method.record.label,
        part: "'+' using (\(x)):(\(y)) every ::0::0 with points \(look)",
        look: look
      )
    }
  }

  private static func frontParts(hasFront: Bool, isBarred: Bool) -> [String] {
    let singleTask = "'+' using (0):(0) every ::0::0 with points \(MethodStyle.singleTask.marks)"
    guard hasFront else { return [singleTask] }
    let bars = isBarred ? "using 1:2:3:4 with xyerrorbars" : "using 1:2 with points"
    return [
      "$front using 1:2 with lines linecolor rgb '#999999' linewidth 1.2",
      "$front \(bars) \(MethodStyle.faint.marks) pointsize 0.5",
      singleTask,
    ]
  }

  /// The methods with error bars lie above the others.
  private static func methodParts(_ methods: [(look: MethodStyle, isBarred: Bool)]) -> [String] {
    let parts = methods.enumerated().map { index, method in
      method.isBarred
        ? "$method\(index) using 1:2:3:4 with xyerrorbars \(method.look.marks) pointsize 0.9"
        : "$method\(index) using 1:2 with points \(method.look.marks) pointsize 0.8"
    }
    return methods.indices.filter { !methods[$0].isBarred }.map { parts[$0] }
      + methods.indices.filter { methods[$0].isBarred }.map { parts[$0] }
  }

  private static func key(
    _ titles: [String],
    _ looks: [MethodStyle],
    hasFront: Bool,
    ends: [End]
  ) -> [String] {
    var entries = ["with points \(MethodStyle.singleTask.marks) title 'single-task'"]
    if hasFront {
      entries.append("with linespoints \(MethodStyle.faint.marks) title 'fixed weights'")
    }
    entries += ends.map { "with points \($0.look) title \(GnuplotText.quoted($0.title))" }
    return entries
      + zip(titles, looks).map { title, look in
        "with points \(look.marks) title \(GnuplotText.quoted(title))"
      }
  }
}
