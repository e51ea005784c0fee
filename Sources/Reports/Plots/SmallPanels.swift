/// The looks of figures with one small panel a method.
enum SmallPanels {
  /// Panels stand next to each other up to here, and more densely beyond `roomyCount`.
  private static let roomyColumns = 4
  private static let denseColumns = 6
  private static let roomyCount = 12

  static func grid(count: Int, keyTitles: [String]) -> PanelGrid {
    let isRoomy = count <= roomyCount
    return PanelGrid(
      count: count,
      columnCount: isRoomy ? roomyColumns : denseColumns,
      panelWidth: isRoomy ? 190 : 165,
      panelHeight: isRoomy ? 165 : 140,
      padding: PanelGrid.Padding(left: 36, right: 12, top: 20, bottom: 26),
      left: 18,
      bottom: 16,
      keyWidth: PanelGrid.keyWidth(keyTitles)
    )
  }

  /// Commands that place panel `index`, with a title that fits and axis labels at the edges only.
  static func open(
    _ grid: PanelGrid,
    _ index: Int,
    of count: Int,
    title: String,
    ylabel: String,
    xlabel: String = "step"
  ) -> [String] {
    let room = Int((grid.panelWidth - 14) / PanelGrid.textWidth("x"))
    return [
      grid.place(index),
      "set title \(GnuplotText.quoted(shortened(title, to: room))) noenhanced offset 0,-0.7",
      grid.isLowest(index, of: count)
        ? "set xlabel \(GnuplotText.quoted(xlabel)) offset 0,0.5" : "unset xlabel",
      grid.leftLabel(ylabel, at: index),
    ]
  }

  /// The text with an ellipsis in its middle where it is too long: both ends tell variants apart.
  static func shortened(_ text: String, to length: Int) -> String {
    guard text.count > length, length > 2 else { return text }
    let tail = (length - 1) / 2
    return text.prefix(length - 1 - tail) + "…" + text.suffix(tail)
  }
}
