internal import Statistics
internal import Store

/// The looks of figures with one small panel a method.
enum SmallPanels {
  /// Panels stand next to each other up to here, and more densely beyond `roomyCount`.
  private static let roomyColumns = 4
  private static let denseColumns = 6
  private static let roomyCount = 12
  /// Units of the narrowest panel.
  private static let leastWidth = 118.0

  static func grid(count: Int, keyTitles: [String], on canvas: Canvas) -> PanelGrid {
    let isRoomy = count <= roomyCount
    return PanelGrid(
      count: count,
      mostColumns: isRoomy ? roomyColumns : denseColumns,
      panel: PanelGrid.Size(
        least: leastWidth,
        most: isRoomy ? 190 : 165,
        height: isRoomy ? 165 : 140
      ),
      padding: PanelGrid.Padding(left: 36, right: 12, top: 20, bottom: 26),
      left: 18,
      bottom: 16,
      key: keyTitles,
      on: canvas
    )
  }

  /// Of methods with a panel each, those that a page has room for: all, or the rivals, the best and the
  /// worst.
  static func fitting(
    _ methods: [MethodResults],
    keyTitles: [String],
    on canvas: Canvas
  ) -> [MethodResults] {
    guard canvas.isPaper else { return methods }
    var most = methods.count
    while most > 2,
      Double(grid(count: most, keyTitles: keyTitles, on: canvas).height) > canvas.height
    {
      most -= 1
    }
    let chosen = ShownMethods.chosen(
      methods.map { ($0.record, $0.failedCount == 0 ? $0.deltaMSummary?.mean : nil) },
      most: most
    )
    return methods.indices.filter { chosen.contains($0) }.map { methods[$0] }
  }

  /// What is said of the methods without a panel; empty where all have one.
  static func note(left: Int) -> String {
    left == 0 ? "" : "; \(left) more methods have no room here: name those to be shown"
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
