internal import Statistics
internal import Store

/// The front of fixed weights on two tasks, with every method as a point.
package enum StaticFront: Plot {
  package static let name = "static-front"
  package static let summary = "two tasks against each other: fixed weights and every method"
  package static let scope = ReportScope.problem

  package static func figure(
    of results: SuiteResults,
    _ request: PlotRequest
  ) throws(PlotError) -> Figure {
    guard let problem = results.problems.first else {
      throw .notApplicable(plot: name, reason: "the suite has no problem")
    }
    let tasks = problem.problem.ownTasks
    guard tasks.count == 2 else {
      throw .notApplicable(
        plot: name,
        reason: "it needs two tasks, and there \(tasks.count == 1 ? "is" : "are") \(tasks.count)"
      )
    }
    let axes = tasks.compactMap { task in
      problem.columns.firstIndex { $0.task.index == task.index && $0.metric.isPrimary }
    }
    guard axes.count == 2, problem.reference != nil else {
      throw .notApplicable(plot: name, reason: "it needs single-task training for comparison")
    }
    let shown = ShownMethods(problem, request)
    guard !(shown.colored + shown.faint).isEmpty else {
      throw .notApplicable(plot: name, reason: "no evaluation run has finished")
    }
    let styles = MethodStyle.distinct(
      shown.colored.map(\.record.label),
      in: MethodStyle.all(results.methods)
    )
    let points = [(shown.faint, true), (shown.colored, false)].flatMap { methods, isFaint in
      methods.compactMap { method -> Point? in
        guard let place = place(changes(method, problem, axes: axes)) else { return nil }
        let style = styles[method.record.label] ?? .faint
        return Point(
          title: ShownMethods.title(method),
          place: place,
          style: isFaint ? nil : style
        )
      }
    }
    guard !points.isEmpty else {
      throw .notApplicable(
        plot: name,
        reason: "no method has a defined change against single-task training on both tasks"
      )
    }
    let sweep = problem.sweep.map { method in
      (label: method.record.label, changes: changes(method, problem, axes: axes))
    }.filter { place($0.changes) != nil }
    let drawing = Drawing(
      points: points,
      sweep: SweepFront(sweep.map { $0.changes.map { $0.map(\.number) } }),
      sweepLabels: sweep.map(\.label),
      canvas: request.canvas
    )
    var figure = drawing.figure(
      title: "Change against single-task training on both tasks, problem "
        + "\(problem.problem.label), mean and standard error over seeds; lower is better; fixed "
        + "weights: every point of the sweep, and the front of those that none dominates with a "
        + "95 % bootstrap band over seeds" + ShownMethods.note(faintCount: shown.faint.count)
    )
    figure.commands.insert(contentsOf: axisLabels(problem, axes: axes), at: 1)
    return figure
  }

  /// One method.
  private struct Point {
    let title: String
    /// Mean on both tasks and their standard errors.
    let place: [Double]
    /// Nil for the grey ones.
    let style: MethodStyle?
  }

  /// Drop on both tasks in percent at each seed, shape [2][seedCount].
  private static func changes(
    _ method: MethodResults,
    _ problem: ProblemResults,
    axes: [Int]
  ) -> [[Score]] {
    axes.map { axis in
      let column = problem.columns[axis]
      return zip(method.values[axis], problem.reference?.values[axis] ?? []).map { own, base in
        DeltaM.Metric(value: own, base: base, higherIsBetter: column.higherIsBetter).score
          .map { -$0 }
      }
    }
  }

  /// Means over the seeds that have one, and their standard errors; nil where a task has none.
  private static func place(_ changes: [[Score]]) -> [Double]? {
    let summaries = changes.map { SeedSummary($0) }
    guard summaries.allSatisfy({ $0.count > 0 && $0.mean.isDrawable }) else { return nil }
    let errors = summaries.map { $0.standardError.isFinite ? $0.standardError : 0 }
    return summaries.map(\.mean) + errors
  }

  private static func axisLabels(_ problem: ProblemResults, axes: [Int]) -> [String] {
    zip(["x", "y"], axes).map { axis, column in
      let task = problem.columns[column].task.name
      // A change in percent has one unit, that of the change.
      let metric = problem.columns[column].metric.title.replacing(" (%)", with: "")
      let text = GnuplotText.quoted("\(task): change of \(metric) (%)")
      return "set \(axis)label \(text) noenhanced" + (axis == "x" ? " offset 0,0.4" : "")
    }
  }

  /// The picture of points, front and frame.
  private struct Drawing {
    let points: [Point]
    let sweep: SweepFront
    let sweepLabels: [String]
    let canvas: Canvas

    func figure(title: String) -> Figure {
      let grid = PanelGrid(
        count: 1,
        mostColumns: 1,
        panel: PanelGrid.Size(least: 200, most: 470, height: min(400, canvas.width * 0.95)),
        padding: PanelGrid.Padding(left: 58, right: 18, top: 14, bottom: 44),
        key: key.map(\.title),
        on: canvas
      )
      let frame = Frame(points: points.map(\.place), sweep: sweep)
      var figure = Figure(title: title, grid, on: canvas)
      figure.blocks = blocks
      figure.commands =
        ["set multiplot", "set key off", grid.place(0), "set grid xtics ytics", frame.ranges]
        + names(frame, grid)
      figure.commands.append("plot " + elements(frame).joined(separator: ", "))
      figure.commands += grid.key(key.map { Element.named($0.title, "with \($0.look)") })
      return figure
    }

    private var blocks: [DataBlock] {
      [
        DataBlock("band", rows: sweep.band), DataBlock("front", rows: sweep.staircase),
        DataBlock("sweep", rows: sweep.means),
      ].filter { !$0.rows.isEmpty }
        + points.enumerated().map { DataBlock("method\($0)", rows: [$1.place]) }
    }

    private static let (bandLook, frontLook, sweepLook) = (
      "filledcurves linecolor rgb '#777777'", "lines linecolor rgb '#777777' linewidth 1.2",
      "points linecolor rgb '#777777' pointtype 6 pointsize 0.5"
    )

    private var key: [(title: String, look: String)] {
      var entries = [("single-task", "points \(MethodStyle.singleTask.marks)")]
      if !sweep.means.isEmpty {
        entries += [("fixed weights", Self.sweepLook), ("their front", Self.frontLook)]
      }
      if points.contains(where: { $0.style == nil }) {
        entries.append(("other methods", "points \(MethodStyle.faint.marks) pointsize 0.7"))
      }
      return entries
    }

    private func elements(_ frame: Frame) -> [String] {
      var elements: [String] = []
      if !sweep.band.isEmpty {
        elements.append(
          Element.named(
            "front of fixed weights, 95 % band",
            "$band using 1:2:3 with \(Self.bandLook)"
          )
        )
      }
      if !sweep.means.isEmpty {
        elements += [
          Element.named("front of fixed weights", "$front using 1:2 with \(Self.frontLook)"),
          Element.named("fixed weights", "$sweep using 1:2 with \(Self.sweepLook)"),
        ]
      }
      elements.append(
        Element.point("single-task", x: 0, y: 0, MethodStyle.singleTask.marks + " linewidth 1.5")
      )
      for (index, point) in points.enumerated() where frame.contains(point.place) {
        let drawing =
          point.style.map {
            "using 1:2:3:4 with xyerrorbars \($0.marks) pointsize 0.9"
          } ?? "using 1:2 with points \(MethodStyle.faint.marks) pointsize 0.7"
        elements.append(Element.named(point.title, "$method\(index) \(drawing)"))
      }
      return elements
    }

    /// Names beside the points that are told apart; what is outside the frame has an arrow at its edge.
    private func names(_ frame: Frame, _ grid: PanelGrid) -> [String] {
      let size = (width: grid.frameWidth, height: grid.frameHeight)
      let inside = points.filter { frame.contains($0.place) }
      var placement = LabelPlacement(
        width: size.width,
        height: size.height,
        obstacles: inside.map { point in
          frame.obstacle(point.place, size, hasBars: point.style != nil)
        } + (sweep.means + [[0, 0]]).map { frame.obstacle($0, size, hasBars: false) }
      )
      var commands: [String] = []
      for point in inside {
        guard let style = point.style else { continue }
        let place = placement.place(point.title, at: frame.position(point.place, size))
        commands.append(label(point.title, place, size, color: style.color))
      }
      for far in farNames(frame) {
        let place = placement.place(far.text, at: frame.position(far.edge, size))
        commands.append(label(far.text, place, size, color: far.color))
      }
      return commands
    }

    /// What is said at the edge of what is outside: names and values, but of several on one side that
    /// are not told apart only how many they are.
    private func farNames(_ frame: Frame) -> [(text: String, edge: [Double], color: String)] {
      var names: [(text: String, edge: [Double], color: String)] = []
      var others: [(arrow: String, points: [Point])] = []
      for point in points where !frame.contains(point.place) {
        guard point.style == nil else {
          names.append(farName(point, frame))
          continue
        }
        let arrow = frame.edge(point.place).arrow
        if let index = others.firstIndex(where: { $0.arrow == arrow }) {
          others[index].points.append(point)
        } else {
          others.append((arrow, [point]))
        }
      }
      for (arrow, points) in others {
        guard points.count > 1 else {
          names += points.map { farName($0, frame) }
          continue
        }
        let edges = points.map { frame.edge($0.place).place }
        let middle = (0..<2).map { axis in
          edges.reduce(0) { $0 + $1[axis] } / Double(edges.count)
        }
        names.append(("\(arrow) \(points.count) others", middle, Self.faintColor))
      }
      return names
    }

    private func farName(
      _ point: Point,
      _ frame: Frame
    ) -> (text: String, edge: [Double], color: String) {
      let edge = frame.edge(point.place)
      let value = point.place[0...1].map { NumberText.signed($0, 0) }.joined(separator: ", ")
      return (
        "\(edge.arrow) \(point.title) (\(value))", edge.place, point.style?.color ?? Self.faintColor
      )
    }

    private static let faintColor = "#777777"

    private func label(
      _ text: String,
      _ place: LabelPlacement.Place,
      _ size: (width: Double, height: Double),
      color: String
    ) -> String {
      "set label \(GnuplotText.quoted(text)) at graph \(NumberText.fixed(place.x / size.width, 4)),"
        + "graph \(NumberText.fixed(place.y / size.height, 4)) \(place.alignment) noenhanced "
        + "font ',9' textcolor rgb '\(color)'"
    }
  }

  /// What is in sight: single-task training, methods and fixed weights, but for those far away.
  private struct Frame {
    private let xRange: ClosedRange<Double>
    private let yRange: ClosedRange<Double>

    init(points: [[Double]], sweep: SweepFront) {
      let ranges = (0..<2).map { axis -> ClosedRange<Double> in
        let means = RobustRange((points + sweep.means).map { $0[axis] }, keeping: [0])
        let near = points.filter { !means.isFar($0[axis]) }
        let bars = near.flatMap { [$0[axis] - $0[axis + 2], $0[axis] + $0[axis + 2]] }
        let ends = means.range.map { [$0.lowerBound, $0.upperBound] } ?? []
        return RobustRange(ends + bars, keeping: ends + bars)
          .widened(toward: [], room: 0.07, leastLength: 0.5)
      }
      (xRange, yRange) = (ranges[0], ranges[1])
    }

    func contains(_ point: [Double]) -> Bool {
      xRange.contains(point[0]) && yRange.contains(point[1])
    }

    /// Where a point stands in a frame of a size, from its lower left corner.
    func position(
      _ point: [Double],
      _ size: (width: Double, height: Double)
    ) -> (x: Double, y: Double) {
      let share = { (value: Double, range: ClosedRange<Double>) in
        (value - range.lowerBound) / (range.upperBound - range.lowerBound)
      }
      return (share(point[0], xRange) * size.width, share(point[1], yRange) * size.height)
    }

    /// The same with the half lengths of the error bars.
    func obstacle(
      _ point: [Double],
      _ size: (width: Double, height: Double),
      hasBars: Bool
    ) -> LabelPlacement.Obstacle {
      let place = position(point, size)
      guard hasBars else { return (place.x, place.y, 0, 0) }
      let end = position([point[0] + point[2], point[1] + point[3]], size)
      return (place.x, place.y, end.x - place.x, end.y - place.y)
    }

    /// The place on the edge nearest to a point outside, and an arrow that points to it from there.
    func edge(_ point: [Double]) -> (place: [Double], arrow: String) {
      let side = { (value: Double, range: ClosedRange<Double>) in
        value < range.lowerBound ? -1 : value > range.upperBound ? 1 : 0
      }
      let (x, y) = (side(point[0], xRange), side(point[1], yRange))
      let arrows = [["↙", "↓", "↘"], ["←", "", "→"], ["↖", "↑", "↗"]]
      let clamped = zip(point, [xRange, yRange]).map {
        min(max($0, $1.lowerBound), $1.upperBound)
      }
      return (clamped, arrows[y + 1][x + 1])
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
}
