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

  package static func figure(of results: SuiteResults) throws(PlotError) -> Figure {
    guard let problem = results.problems.first else {
      throw .notApplicable(plot: name, reason: "the suite has no problem")
    }
    let sensitivity = TuningSensitivity(problem)
    let shown = ShownMethods(problem)
    let methods = shown.faint + shown.colored
    let curves = methods.map { rows(sensitivity.trialMeans(of: $0)) }
    guard curves.contains(where: { !$0.isEmpty }) else {
      throw .notApplicable(plot: name, reason: "no tuning runs with a Δm are stored")
    }
    let styles = MethodStyle.distinct(
      shown.colored.map(\.record.label),
      in: MethodStyle.all(results.methods)
    )
    var key: [(title: String, look: String)] = []
    var parts: [String] = []
    var blocks: [DataBlock] = []
    for (index, method) in methods.enumerated() where !curves[index].isEmpty {
      let isFaint = index < shown.faint.count
      let look =
        isFaint ? faintLook : look(styles[method.record.label] ?? .faint, of: curves[index].count)
      blocks.append(DataBlock("method\(index)", rows: curves[index]))
      parts.append("$method\(index) using 1:2 with \(look)")
      if !isFaint { key.append((method.record.label, look)) }
    }
    if parts.count > key.count { key.append(("\(parts.count - key.count) others", faintLook)) }
    return figure(problem, blocks: blocks, parts: parts, key: key)
  }

  private static let faintLook = "lines \(MethodStyle.faint.line) linewidth 0.8"

  /// Marks of more budgets than this would hide their line.
  private static let mostMarks = 12

  private static func look(_ style: MethodStyle, of count: Int) -> String {
    let line = "\(style.line) linewidth 1.5"
    return count > mostMarks
      ? "lines \(line)" : "linespoints \(line) pointtype \(style.point) pointsize 0.6"
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
    blocks: [DataBlock],
    parts: [String],
    key: [(title: String, look: String)]
  ) -> Figure {
    let (entryHeight, leastHeight) = (20, 300)
    let height = max(leastHeight, 30 + entryHeight * key.count)
    let grid = PanelGrid(
      count: 1,
      columnCount: 1,
      panelWidth: 420,
      panelHeight: Double(height),
      padding: PanelGrid.Padding(left: 62, right: 14, top: 12, bottom: 46),
      keyWidth: PanelGrid.keyWidth(key.map(\.title))
    )
    var figure = Figure(
      title: "Expected validation Δm of the best of n tuning trials, problem "
        + "\(problem.problem.label), trials in random order, without replacement; lower is better; "
        + "values above the frame are cut off",
      width: grid.width,
      height: height
    )
    figure.blocks = blocks
    let budgets = 1...max(2, blocks.compactMap { $0.rows.last?.first }.max() ?? 2)
    figure.commands = [
      "set multiplot", "set key off", grid.place(0), "set logscale x",
      "set xrange [\(NumberText.exact(budgets.lowerBound / margin)):"
        + "\(NumberText.exact(budgets.upperBound * margin))]",
      StepTics.logarithmic("x", in: budgets, factors: [1, 2, 3, 5, 7]), range(blocks),
      "set xlabel 'tuning trials' offset 0,0.4",
      "set ylabel 'expected validation Δm of the best (%)' offset 0.5,0",
      "plot " + parts.joined(separator: ", "),
    ]
    figure.commands += grid.key(key.map { "with \($0.look) title \(GnuplotText.quoted($0.title))" })
    return figure
  }

  /// Room at both ends of the logarithmic axis, as a factor.
  private static let margin = 1.08

  /// The second half of every line is in sight; what a few trials give may be many times worse.
  private static func range(_ blocks: [DataBlock]) -> String {
    let late = blocks.flatMap { block in
      block.rows.dropFirst(block.rows.count / 2).map { $0[1] }
    }
    let range = RobustRange(late).widened(toward: [], room: 0.06, leastLength: 0.5)
    let spacing = StepTics.spacing(range.upperBound - range.lowerBound, count: 6)
    return "set yrange [\(NumberText.significant(range.lowerBound, 4)):"
      + "\(NumberText.significant(range.upperBound, 4))]; set ytics \(NumberText.exact(spacing))"
  }
}
