internal import Glibc
internal import Statistics
internal import Store

/// Δm of every method on every problem, as colours with numbers.
package enum HeatMap: Plot {
  package static let name = "heat-map"
  package static let summary = "Δm of every method on every problem, as colours with numbers"
  package static let scope = ReportScope.suite

  /// Numbers on darker cells than this share of the range are white.
  private static let darkShare = 0.7

  package static func figure(
    of results: SuiteResults,
    _ request: PlotRequest
  ) throws(PlotError) -> Figure {
    let overview = Overview(results)
    let lines = overview.lines.filter { request.shows($0.record.label) }
    let rows = MethodRows(lines.map { ($0.record, $0.meanDelta) }, on: request.canvas)
    return try figure(
      cells(overview, lines).map { [$0[0], Double(rows.places[Int($0[1])]), $0[2]] },
      rows: rows,
      columns: overview.problems + (overview.problems.count > 1 ? ["geometric mean"] : []),
      title: "Δm (%) against single-task training, suite \(results.suite.name); blue is better, "
        + "† failed runs",
      plot: name,
      on: request.canvas
    )
  }

  /// A map of cells: column, row, value; nan for failed runs.
  ///
  /// - Throws: `PlotError.notApplicable` without a value.
  static func figure(
    _ cells: [[Double]],
    rows: MethodRows,
    columns: [String],
    title: String,
    plot name: String,
    on canvas: Canvas
  ) throws(PlotError) -> Figure {
    let values = cells.map { $0[2] }.filter(\.isDrawable)
    guard !values.isEmpty else {
      throw .notApplicable(plot: name, reason: "no method has a Δm yet")
    }
    let scale = ColorScale(values, height: rowHeight * Double(rows.count))
    let longest = columns.map(PanelGrid.textWidth).max() ?? 0
    let keyWidth = 74.0
    let room = canvas.width - rows.labelWidth - keyWidth
    let cellWidth = min(widestCell, room / Double(columns.count))
    guard cellWidth >= narrowestCell else {
      throw .notApplicable(
        plot: name,
        reason: "\(columns.count) columns have no room at this width; ask for a wider picture, or "
          + "for one problem"
      )
    }
    let isSlanted = longest > cellWidth - 6
    let angle = cellWidth < leastSlantedCell ? 90 : 35
    let headHeight = !isSlanted ? 30 : angle == 90 ? 14 + longest : 24 + longest * 0.6
    let right = isSlanted && angle != 90 ? longest * 0.8 - cellWidth / 2 : 0
    let width =
      canvas.isPaper
      ? canvas.width
      : rows.labelWidth + cellWidth * Double(columns.count) + max(keyWidth, right + 20)
    let height = headHeight + rowHeight * Double(rows.count) + 14
    var figure = Figure(title: title, width: Int(width), height: Int(height))
    figure.pointsPerUnit = canvas.pointsPerUnit
    let decimals = decimals(values, cellWidth: cellWidth)
    if decimals == nil {
      figure.title += "; cells are too narrow here for the numbers (table \(OverviewTable.name))"
    }
    figure.blocks = blocks(cells, scale, decimals: decimals)
    let heads = columns.enumerated().map { "\(GnuplotText.quotedTic($1)) \($0)" }
    figure.commands =
      [
        "set lmargin at screen \(NumberText.fixed(rows.labelWidth / width, 4))",
        "set rmargin at screen "
          + NumberText.fixed((rows.labelWidth + cellWidth * Double(columns.count)) / width, 4),
        "set tmargin at screen \(NumberText.fixed(1 - headHeight / height, 4))",
        "set bmargin at screen \(NumberText.fixed(14 / height, 4))",
        "unset border; unset grid; set key off; set tics scale 0; set style fill solid 1 noborder",
        "set palette defined (-1 '#2166ac', -0.5 '#92c5de', 0 '#f7f7f7', 0.5 '#f4a582', 1 '#b2182b')",
        "set cbrange [-1:1]; set cbtics (\(scale.tics))",
        "set colorbox user origin graph 1.03, graph 0 size character 1.5, graph 1",
        "set xrange [-0.5:\(NumberText.fixed(Double(columns.count) - 0.5, 1))]",
        rows.axis(isLabelled: true),
      ] + rows.heads(isLabelled: true) + [
        "unset xtics; set x2range [-0.5:\(NumberText.fixed(Double(columns.count) - 0.5, 1))]",
        "set x2tics (\(heads.joined(separator: ", "))) noenhanced\(isSlanted ? " rotate by \(angle) left" : "")",
        plot(figure.blocks.map(\.name), scale),
      ]
    return figure
  }

  /// Problem, method, Δm; nan where runs failed, left out where there are none.
  private static func cells(_ overview: Overview, _ lines: [Overview.Line]) -> [[Double]] {
    var cells: [[Double]] = []
    for (row, line) in lines.enumerated() {
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

  /// Units of the widest cell, and of the narrowest one below a slanted head.
  private static let (widestCell, leastSlantedCell) = (62.0, 18.0)
  /// Units of the narrowest cell that has room for its head.
  private static let narrowestCell = 12.0
  /// Units from row to row.
  private static let rowHeight = 18.0
  /// Units of a character of a cell's number.
  private static let characterWidth = 5.4

  /// Digits after the point with which every number fits into its cell; nil where none does.
  private static func decimals(_ values: [Double], cellWidth: Double) -> Int? {
    [1, 0].first { decimals in
      let longest = values.map { NumberText.signed($0, decimals).count }.max() ?? 0
      return Double(longest) * characterWidth <= cellWidth - 2
    }
  }

  /// The colours, and the numbers apart by the colour they are written in.
  private static func blocks(
    _ cells: [[Double]],
    _ scale: ColorScale,
    decimals: Int?
  ) -> [DataBlock] {
    let values = cells.filter { $0[2].isFinite }
    let isDark = { (cell: [Double]) in scale.place(cell[2]).magnitude > darkShare }
    let numbers = { (name: String, cells: [[Double]]) in
      DataBlock(
        name,
        rows: cells.map { [$0[0], $0[1]] },
        labels: cells.map { NumberText.signed($0[2], decimals ?? 0) }
      )
    }
    let failed = cells.filter { $0[2].isNaN }
    return [
      DataBlock("cells", rows: values),
      numbers("light", decimals == nil ? [] : values.filter { !isDark($0) }),
      numbers("dark", decimals == nil ? [] : values.filter { isDark($0) }),
      DataBlock("failed", rows: failed.map { [$0[0], $0[1]] }),
    ].filter { !$0.rows.isEmpty }
  }

  private static func plot(_ blocks: [String], _ scale: ColorScale) -> String {
    let box = "($1-0.48):($1+0.48):($2-0.46):($2+0.46)"
    let parts = [
      "cells": (
        "Δ", "using 1:2:\(box):(\(scale.expression(of: "$3"))) with boxxyerror linecolor palette"
      ),
      "light": ("numbers", "using 1:2:3 with labels font ',9' textcolor rgb '#111111'"),
      "dark": ("numbers", "using 1:2:3 with labels font ',9' textcolor rgb '#ffffff'"),
      "failed": ("failed runs", "using 1:2:('†') with labels textcolor rgb '#444444'"),
    ]
    return "plot "
      + blocks.map { block in
        let (name, drawing) = parts[block] ?? ("", "")
        return Element.named(name, "$\(block) \(drawing)")
      }.joined(separator: ", ")
  }
}

/// Colours for numbers on both sides of 0: even near it and logarithmic far from it, so that one large
/// value does not pale all others.
///
/// A value `v` has the colour at `asinh(v / unit) / asinh(largest / unit)`, between -1 and 1. Where the
/// values span a few units alone the colours are even.
private struct ColorScale: Sendable {
  /// Colours of smaller differences would show nothing but noise.
  private static let leastRange = 0.1
  /// Values that span less than so many units need no logarithm.
  private static let evenLength = 6.0
  /// The least distance of two tics, of 2 between the ends, and in units.
  private static let (ticShare, ticHeight) = (0.16, 13.0)

  private let largest: Double
  /// Nil for even colours.
  private let unit: Double?
  /// The distance that two tics need, of 2 between the ends.
  private let ticDistance: Double

  /// Colours for values, beside a bar of so many units.
  init(_ values: [Double], height: Double) {
    ticDistance = max(Self.ticShare, 2 * Self.ticHeight / height)
    let sizes = values.map(\.magnitude)
    largest = max(sizes.max() ?? 0, Self.leastRange)
    let median = SampleQuantile.median(sizes)
    unit = median > 0 && largest > Self.evenLength * median ? median : nil
  }

  /// Where a value stands, from -1 to 1.
  func place(_ value: Double) -> Double {
    unit.map { asinh(value / $0) / asinh(largest / $0) } ?? value / largest
  }

  /// The same as gnuplot computes it.
  func expression(of value: String) -> String {
    let largest = NumberText.significant(largest, 6)
    guard let unit = unit.map({ NumberText.significant($0, 6) }) else {
      return "\(value)/\(largest)"
    }
    return "asinh(\(value)/\(unit))/asinh(\(largest)/\(unit))"
  }

  /// Numbers beside the colours with their places.
  var tics: String {
    let sizes =
      unit == nil
      ? (1...4).map { Double($0) * StepTics.spacing(largest, count: 3) }
      : (-2...90).flatMap { power in [1.0, 2, 5].map { $0 * pow(10, Double(power)) } }
    var shown: [Double] = []
    for size in sizes where size <= largest {
      if place(size) - place(shown.last ?? 0) >= ticDistance { shown.append(size) }
    }
    let all = shown.reversed().map { -$0 } + [0] + shown
    return all.map { value in
      "\(GnuplotText.quoted(NumberText.withMinusSign(NumberText.exact(value)))) "
        + NumberText.fixed(place(value), 4)
    }.joined(separator: ", ")
  }
}
