internal import Statistics
internal import Store

/// Δm of every method on every problem, as colours with numbers.
package enum HeatMap: Plot {
  package static let name = "heat-map"
  package static let summary = "Δm of every method on every problem, as colours with numbers"
  package static let scope = ReportScope.suite

  /// The colours end at this quantile of the sizes, so that one bad value does not pale the others.
  private static let clipQuantile = 0.95
  /// Colours of smaller differences would show nothing but noise.
  private static let leastRange = 0.1
  /// Numbers on darker cells than this share of the range are white.
  private static let darkShare = 0.7

  package static func figure(of results: SuiteResults) throws(PlotError) -> Figure {
    let overview = Overview(results)
    return try figure(
      cells(overview),
      rows: overview.lines.map(\.record.label),
      columns: overview.problems + (overview.problems.count > 1 ? ["geometric mean"] : []),
      title: "Δm (%) against single-task training, suite \(results.suite.name); blue is better, "
        + "† failed runs",
      plot: name
    )
  }

  /// A map of cells: column, row, value; nan for failed runs.
  ///
  /// - Throws: `PlotError.notApplicable` without a value.
  static func figure(
    _ cells: [[Double]],
    rows labels: [String],
    columns: [String],
    title: String,
    plot name: String
  ) throws(PlotError) -> Figure {
    let values = cells.map { $0[2] }.filter(\.isDrawable)
    guard !values.isEmpty else {
      throw .notApplicable(plot: name, reason: "no method has a Δm yet")
    }
    let rows = MethodRows(labels)
    let sight = RobustRange(values).range ?? 0...0
    let range = max(
      min(
        SampleQuantile.of(values.map(\.magnitude), at: clipQuantile),
        max(sight.lowerBound.magnitude, sight.upperBound.magnitude)
      ),
      leastRange
    )
    let cellWidth = 62.0
    let longest = columns.map(PanelGrid.textWidth).max() ?? 0
    let isSlanted = longest > cellWidth - 6
    let headHeight = isSlanted ? 24 + longest * 0.6 : 30
    let keyWidth = 74.0
    let right = isSlanted ? longest * 0.8 - cellWidth / 2 : 0
    let width = rows.labelWidth + cellWidth * Double(columns.count) + max(keyWidth, right + 20)
    let height = headHeight + 18 * Double(rows.labels.count) + 14
    var figure = Figure(
      title: title,
      width: Int(width),
      height: Int(height)
    )
    figure.blocks = blocks(cells, range: range)
    let heads = columns.enumerated().map { "\(GnuplotText.quotedTic($1)) \($0)" }
    let limit = NumberText.significant(range, 3)
    let tics = StepTics.spacing(2 * range, count: 6)
    figure.commands = [
      "set lmargin at screen \(NumberText.fixed(rows.labelWidth / width, 4))",
      "set rmargin at screen "
        + NumberText.fixed((rows.labelWidth + cellWidth * Double(columns.count)) / width, 4),
      "set tmargin at screen \(NumberText.fixed(1 - headHeight / height, 4))",
      "set bmargin at screen \(NumberText.fixed(14 / height, 4))",
      "unset border; unset grid; set key off; set tics scale 0; set style fill solid 1 noborder",
      "set palette defined (-1 '#2166ac', -0.5 '#92c5de', 0 '#f7f7f7', 0.5 '#f4a582', 1 '#b2182b')",
      "set cbrange [-\(limit):\(limit)]; set cbtics \(NumberText.exact(tics))",
      "set colorbox user origin graph 1.03, graph 0 size character 1.5, graph 1",
      "set xrange [-0.5:\(NumberText.fixed(Double(columns.count) - 0.5, 1))]",
      rows.axis(isLabelled: true),
      "unset xtics; set x2range [-0.5:\(NumberText.fixed(Double(columns.count) - 0.5, 1))]",
      "set x2tics (\(heads.joined(separator: ", "))) noenhanced\(isSlanted ? " rotate by 35 left" : "")",
      plot(figure.blocks.map(\.name), range: range),
    ]
    return figure
  }

  /// Problem, method, Δm; nan where runs failed, left out where there are none.
  private static func cells(_ overview: Overview) -> [[Double]] {
    var cells: [[Double]] = []
    for (row, line) in overview.lines.enumerated() {
      for (column, result) in line.results.enumerated() {
        guard let result else { continue }
        if result.failedCount > 0 {
          cells.append([Double(column), Double(row), .nan])
        } else if let summary = result.deltaMSummary, summary.count > 0, summary.mean.isDrawable {
          cells.append([Double(column), Double(row), summary.mean])
        }
      }
      let hasFailed = line.results.contains { ($0?.failedCount ?? 0) > 0 }
      if overview.problems.count > 1, let mean = line.meanDelta ?? (hasFailed ? .nan : nil) {
        cells.append([Double(overview.problems.count), Double(row), mean])
      }
    }
    return cells
  }

  /// The colours, and the numbers apart by the colour they are written in.
  private static func blocks(_ cells: [[Double]], range: Double) -> [DataBlock] {
    let values = cells.filter { $0[2].isFinite }
    let isDark = { (cell: [Double]) in cell[2].magnitude > darkShare * range }
    let numbers = { (name: String, cells: [[Double]]) in
      DataBlock(
        name,
        rows: cells.map { [$0[0], $0[1]] },
        labels: cells.map { NumberText.signed($0[2], 1) }
      )
    }
    let failed = cells.filter { $0[2].isNaN }
    return [
      DataBlock("cells", rows: values),
      numbers("light", values.filter { !isDark($0) }),
      numbers("dark", values.filter { isDark($0) }),
      DataBlock("failed", rows: failed.map { [$0[0], $0[1]] }),
    ].filter { !$0.rows.isEmpty }
  }

  private static func plot(_ blocks: [String], range: Double) -> String {
    let limit = NumberText.significant(range, 4)
    let box = "($1-0.48):($1+0.48):($2-0.46):($2+0.46)"
    let clipped = "($3>\(limit)?\(limit):$3<-\(limit)?-\(limit):$3)"
    let parts = [
      "cells": "using 1:2:\(box):\(clipped) with boxxyerror linecolor palette",
      "light": "using 1:2:3 with labels font ',9' textcolor rgb '#111111'",
      "dark": "using 1:2:3 with labels font ',9' textcolor rgb '#ffffff'",
      "failed": "using 1:2:('†') with labels textcolor rgb '#444444'",
    ]
    return "plot " + blocks.map { "$\($0) \(parts[$0] ?? "")" }.joined(separator: ", ")
  }
}
