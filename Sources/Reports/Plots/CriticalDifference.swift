internal import Statistics
internal import Store

/// Mean ranks over problems, with a bar over each set of methods that are not told apart.
///
/// Source: Demšar, "Statistical comparisons of classifiers over multiple data sets", JMLR 2006, for
/// the diagram; the bars are cliques of Wilcoxon–Holm, with a dot at each member.
package enum CriticalDifference: Plot {
  package static let name = "critical-difference"
  package static let summary = "mean ranks over problems, with bars over what is not told apart"
  package static let scope = ReportScope.suite

  /// Points between two labels, and between two bars.
  private static let (labelStep, barStep) = (17.0, 9.0)

  package static func figure(
    of results: SuiteResults,
    _ request: PlotRequest
  ) throws(PlotError) -> Figure {
    let overview = Overview(results)
    let families = results.problems.map(\.problem.family)
    guard let ranking = SuiteRanking(overview, families: families) else {
      throw .notApplicable(plot: name, reason: missing(overview, families: families))
    }
    return draw(
      labels: ranking.blocks.methods.map { overview.lines[$0].record.label },
      ranks: ranking.friedman.meanRanks,
      cliques: ranking.cliques,
      note: note(ranking, problemCount: overview.problems.count),
      suite: results.suite.name,
      request
    )
  }

  private static func missing(_ overview: Overview, families: [String]) -> String {
    let count = SuiteRanking.blocks(overview, families: families).families.count
    return count < 2
      ? "it needs at least two families of problems, and there \(count == 1 ? "is" : "are") \(count)"
      : "it needs at least three methods that were run on every problem"
  }

  private static func note(_ ranking: SuiteRanking, problemCount: Int) -> [String] {
    let (friedman, needed) = (ranking.friedman, ranking.familiesNeeded)
    let p =
      friedman.fP < 0.001 ? "p < 0.001" : "p = \(NumberText.fixed(friedman.fP, 3))"
    let first =
      "\(problemCount) problems in \(friedman.blockCount) families; "
      + "Friedman with Iman–Davenport F: \(p)"
    guard ranking.isDifferent else { return [first, "no method is told apart"] }
    guard friedman.blockCount >= needed else {
      return [
        first, "too few families for Wilcoxon–Holm to tell any pair apart: it needs \(needed)",
      ]
    }
    return [first, "bars: not told apart by Wilcoxon–Holm, α = 0.05"]
  }

  private static func draw(
    labels: [String],
    ranks: [Double],
    cliques: Cliques,
    note: [String],
    suite: String,
    _ request: PlotRequest
  ) -> Figure {
    let order = Ranking.order(of: ranks)
    let named = order.filter { request.shows(labels[$0]) }
    let leftCount = (named.count + 1) / 2
    let canvas = request.canvas
    let withRanks = zip(labels, ranks).map { "\($0) (\(NumberText.fixed($1, 2)))" }
    let need = { (texts: [String]) in
      14 + (named.map { PanelGrid.textWidth(texts[$0]) }.max() ?? 0)
    }
    let texts = 2 * need(withRanks) + leastAxis <= canvas.width ? withRanks : labels
    let side = need(texts)
    let axisWidth = min(
      max(240.0, 14 * Double(order.count)),
      max(leastAxis, canvas.width - 2 * side)
    )
    let levels = Double((cliques.barLevels.max() ?? -1) + 1)
    let (top, rowsTop) = (44.0, 18 + barStep * levels)
    let width =
      canvas.isPaper
      ? canvas.width
      : max(2 * side + axisWidth, (note.map(PanelGrid.textWidth).max() ?? 0) + 20)
    let note = note.flatMap { $0.wrapped(to: Int(width / PanelGrid.textWidth("x"))) }
    let height = top + rowsTop + labelStep * Double(leftCount) + 18 + 17 * Double(note.count)
    let left = (width - axisWidth) / 2
    let scale = axisWidth / Double(max(1, order.count - 1))
    // All places are in points from the upper left corner.
    let x = { (rank: Double) in left + (rank - 1) * scale }
    var drawing = Drawing()
    drawing.axis(count: order.count, x: x, y: top, scale: scale)
    for (place, method) in named.enumerated() {
      let isLeft = place < leftCount
      let row = isLeft ? place : named.count - 1 - place
      let y = top + rowsTop + labelStep * (Double(row) + 0.5)
      let end = isLeft ? left - 8 : left + axisWidth + 8
      drawing.lines.append([x(ranks[method]), top, x(ranks[method]), y])
      drawing.lines.append([x(ranks[method]), y, end, y])
      drawing.text(texts[method], x: end + (isLeft ? -4 : 4), y: y, isLeft ? "right" : "left")
    }
    for (clique, level) in zip(cliques.groups, cliques.barLevels) {
      let y = top + 10 + barStep * Double(level)
      let members = clique.map { ranks[$0] }
      drawing.bars.append([
        x((members.min() ?? 1) - Cliques.barOverhang), y,
        x((members.max() ?? 1) + Cliques.barOverhang), y,
      ])
      drawing.dots += clique.filter { named.contains($0) }.map { [x(ranks[$0]), y] }
    }
    for (line, text) in note.enumerated() {
      let y = height + 4 - 17 * Double(note.count - line)
      drawing.text(text, x: width / 2, y: y, "center")
    }
    var figure = drawing.figure(
      title: "Mean rank of Δm over problems, suite \(suite); 1 is best",
      width: width,
      height: height
    )
    figure.pointsPerUnit = canvas.pointsPerUnit
    return figure
  }

  /// Units of the shortest axis.
  private static let leastAxis = 90.0

  /// Lines, bars, dots and texts at places in points.
  private struct Drawing {
    var lines: [[Double]] = []
    var bars: [[Double]] = []
    var dots: [[Double]] = []
    var labels: [String] = []

    mutating func text(_ text: String, x: Double, y: Double, _ align: String) {
      labels.append(
        "set label \(GnuplotText.quoted(text)) at first \(NumberText.fixed(x, 1)),"
          + "\(NumberText.fixed(y, 1)) \(align) noenhanced"
      )
    }

    /// The axis of ranks, of which one is `scale` wide, with as many numbers as there is room for.
    mutating func axis(count: Int, x: (Double) -> Double, y: Double, scale: Double) {
      lines.append([x(1), y, x(Double(count)), y])
      let leastDistance = 22.0
      let stride = [1, 2, 5, 10, 20].first { Double($0) * scale >= leastDistance } ?? 50
      for rank in 1...count {
        let isNumbered = rank == 1 || rank % stride == 0
        lines.append([x(Double(rank)), y, x(Double(rank)), y - (isNumbered ? 7 : 4)])
        if isNumbered { text("\(rank)", x: x(Double(rank)), y: y - 15, "center") }
      }
      text("mean rank, 1 is best", x: x(Double(count + 1) / 2), y: y - 32, "center")
    }

    func figure(title: String, width: Double, height: Double) -> Figure {
      var figure = Figure(title: title, width: Int(width), height: Int(height))
      figure.blocks = [
        DataBlock("lines", rows: lines), DataBlock("bars", rows: bars),
        DataBlock("dots", rows: dots),
      ].filter { !$0.rows.isEmpty }
      figure.commands =
        [
          "unset border; unset tics; unset grid; set key off",
          "set lmargin at screen 0; set rmargin at screen 1",
          "set bmargin at screen 0; set tmargin at screen 1",
          "set xrange [0:\(Int(width))]; set yrange [\(Int(height)):0]",
        ] + labels
      var parts = [
        Element.named(
          "mean ranks",
          "$lines using 1:2:($3-$1):($4-$2) with vectors nohead linecolor rgb '#444444' linewidth 1"
        )
      ]
      if !bars.isEmpty {
        parts += [
          Element.named(
            "not told apart",
            "$bars using 1:2:($3-$1):($4-$2) with vectors nohead linecolor rgb '#0072B2' linewidth 3"
          ),
          Element.named(
            "not told apart",
            "$dots using 1:2 with points pointtype 7 pointsize 0.7 linecolor rgb '#0072B2'"
          ),
        ]
      }
      figure.commands.append("plot " + parts.joined(separator: ", "))
      return figure
    }
  }
}
