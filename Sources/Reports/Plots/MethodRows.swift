/// The looks of figures with one row a method: labels on the left, first method on top.
struct MethodRows: Sendable {
  /// Points of a row.
  static let rowHeight = 17.0

  let labels: [String]
  /// Points that the longest label takes.
  let labelWidth: Double

  init(_ labels: [String]) {
    self.labels = labels
    labelWidth = 16 + (labels.map(PanelGrid.textWidth).max() ?? 0)
  }

  /// Panels side by side, whose rows are aligned with the labels.
  ///
  /// Where they do not fit into one row of panels, each further row has labels of its own.
  func grid(panelCount: Int, columnCount: Int, panelWidth: Double) -> PanelGrid {
    PanelGrid(
      count: panelCount,
      columnCount: columnCount,
      panelWidth: panelWidth,
      panelHeight: Double(labels.count) * Self.rowHeight + 64,
      padding: PanelGrid.Padding(left: 8, right: 8, top: 24, bottom: 40),
      left: labelWidth
    )
  }

  /// Commands for the method axis, with or without its labels.
  func axis(isLabelled: Bool) -> String {
    let range = "set yrange [\(NumberText.fixed(Double(labels.count) - 0.5, 1)):-0.5]"
    guard isLabelled else { return range + "; set ytics 1 format ''" }
    let tics = labels.enumerated().map { "\(GnuplotText.quotedTic($1)) \($0)" }
    return range + "; set ytics format '%h' (\(tics.joined(separator: ", "))) noenhanced"
  }
}
