/// Equal panels in rows, each at an exact place of the picture, with a key on the right, or below
/// where the picture is narrow.
struct PanelGrid: Sendable, Hashable {
  /// Units around a panel's frame for its tics, labels and title.
  struct Padding: Sendable, Hashable {
    var left = 48.0
    var right = 10.0
    var top = 22.0
    var bottom = 34.0
  }

  /// Units that a panel takes with its padding.
  struct Size: Sendable, Hashable {
    /// A narrower one cannot be read.
    var least: Double
    /// A screen has no use for a wider one.
    var most: Double
    var height: Double
  }

  /// At most as many as asked for, and no more than fill the rows evenly.
  let columnCount: Int
  let rowCount: Int
  /// Size of a panel with its padding, in units.
  let panelWidth: Double
  let panelHeight: Double
  let padding: Padding
  /// Units left of the first column, for an axis label.
  let left: Double
  /// Units below the last row, for an axis label.
  let bottom: Double
  /// Units of the strip on the right; 0 where the key is below or there is none.
  let keyWidth: Double
  /// Columns and rows of the key.
  private let keyColumns: Int
  private let keyRows: Int
  /// Width of the picture in units.
  let width: Int
  /// Height of the picture in units.
  let height: Int

  /// Units of a key's entry.
  private static let entryHeight = 18.0
  /// Units between the panels and a key below them.
  private static let keyGap = 8.0

  /// - Parameters:
  ///   - count: Panels.
  ///   - mostColumns: Panels that stand next to each other where there is room.
  ///   - panel: How large a panel is.
  ///   - padding: What of it is around its frame.
  ///   - left: Units left of the first column.
  ///   - bottom: Units below the last row.
  ///   - key: Titles of the key's entries; empty for no key.
  ///   - canvas: The room there is.
  init(
    count: Int,
    mostColumns: Int,
    panel: Size,
    padding: Padding = Padding(),
    left: Double = 0,
    bottom: Double = 0,
    key: [String] = [],
    on canvas: Canvas
  ) {
    let count = max(1, count)
    let keyNeed = key.isEmpty ? 0 : Self.keyWidth(key)
    let wanted = min(count, mostColumns)
    let isBeside =
      !key.isEmpty && canvas.width - left - keyNeed >= panel.least * Double(wanted)
    let room = canvas.width - left - (isBeside ? keyNeed : 0)
    let columns = max(1, min(wanted, Int(room / panel.least)))
    rowCount = (count + columns - 1) / columns
    columnCount = (count + rowCount - 1) / rowCount
    let widest = room / Double(columnCount)
    panelWidth = canvas.isPaper ? widest : min(widest, panel.most)
    panelHeight = panel.height
    self.padding = padding
    self.left = left
    self.bottom = bottom
    keyWidth = isBeside ? keyNeed : 0
    let panelsWidth = left + Double(columnCount) * panelWidth
    let width =
      canvas.isPaper
      ? canvas.width
      : isBeside ? panelsWidth + keyNeed : max(panelsWidth, min(canvas.width, keyNeed))
    keyColumns = isBeside || key.isEmpty ? 1 : max(1, min(key.count, Int(width / keyNeed)))
    keyRows = (key.count + keyColumns - 1) / keyColumns
    let panels = bottom + Double(rowCount) * panelHeight
    let keyHeight = Double(keyRows) * Self.entryHeight
    let height =
      isBeside
      ? max(panels, keyHeight + 2 * Self.keyGap)
      : panels + (key.isEmpty ? 0 : keyHeight + Self.keyGap)
    self.width = Int(width.rounded())
    self.height = Int(height.rounded(.up))
  }

  /// Places the next plot into panel `index`, counted along the rows from the upper left.
  func place(_ index: Int) -> String {
    let x = left + Double(index % columnCount) * panelWidth
    let y = Double(height) - Double(index / columnCount + 1) * panelHeight
    return frame(
      x + padding.left,
      x + panelWidth - padding.right,
      y + padding.bottom,
      y + panelHeight - padding.top
    )
  }

  /// Units of a panel's frame.
  var frameWidth: Double { panelWidth - padding.left - padding.right }
  var frameHeight: Double { panelHeight - padding.top - padding.bottom }

  /// Whether a panel has no other below it.
  func isLowest(_ index: Int, of count: Int) -> Bool { index + columnCount >= count }

  /// Whether a panel is the first of its row.
  func isLeftmost(_ index: Int) -> Bool { index % columnCount == 0 }

  /// Tag of the label at the left edge, beyond those that plots use.
  private static let leftLabelTag = 99

  /// A command that names the vertical axis of a row at the left edge of the picture, clear of its
  /// tics however wide they are; for other panels one that takes the name away.
  func leftLabel(_ text: String, at index: Int) -> String {
    guard isLeftmost(index) else { return "unset label \(Self.leftLabelTag)" }
    let middle = 9.0
    return "set label \(Self.leftLabelTag) \(GnuplotText.quoted(text)) at screen "
      + "\(NumberText.fixed(middle / Double(width), 5)), graph 0.5 center rotate by 90 noenhanced"
  }

  /// Commands that draw the key: its entries as ends of a plot element, such as `with lines title 'a'`.
  ///
  /// They come last: the frame's looks are gone afterwards.
  func key(_ entries: [String]) -> [String] {
    var commands = [
      "unset border; unset tics; unset xlabel; unset ylabel; unset title; unset label",
      "unset logscale; unset nonlinear y; unset arrow; unset object; unset grid",
      "set xrange [0:1]; set yrange [0:1]",
    ]
    let isBeside = keyWidth > 0
    let keyHeight = Double(keyRows) * Self.entryHeight
    let columnWidth = isBeside ? keyWidth : (Double(width) - left) / Double(keyColumns)
    for column in 0..<keyColumns {
      let own = Array(entries.dropFirst(column * keyRows).prefix(keyRows))
      guard !own.isEmpty else { continue }
      let x = isBeside ? Double(width) - keyWidth : left + Double(column) * columnWidth
      commands += [
        isBeside
          ? frame(x, Double(width) - 1, 1, Double(height) - 1)
          : frame(x, x + columnWidth - 1, 1, keyHeight),
        "set key at graph 0, graph \(isBeside ? "0.5 left center" : "1 left top") Left reverse "
          + "samplen 2.5 spacing 1.15 noenhanced",
        "plot " + own.map { "NaN \($0)" }.joined(separator: ", "),
      ]
    }
    return commands
  }

  /// Columns with which so many panels make a picture about as wide as high, beyond what fills a
  /// page.
  static func squareColumns(_ count: Int) -> Int {
    let pageful = 60
    return count <= pageful ? 1 : Int(Double(count).squareRoot().rounded(.up))
  }

  /// Units that a text takes at the normal size, a little more than in most fonts.
  static func textWidth(_ text: String) -> Double {
    let averageCharacter = 6.5
    return Double(text.displayWidth) * averageCharacter
  }

  /// Units that a key with these entries takes.
  static func keyWidth(_ titles: [String]) -> Double {
    let sample = 52.0
    return sample + (titles.map(textWidth).max() ?? 0)
  }

  private func frame(_ left: Double, _ right: Double, _ bottom: Double, _ top: Double) -> String {
    let (width, height) = (Double(width), Double(height))
    let digits = 5
    return """
      set lmargin at screen \(NumberText.fixed(left / width, digits)); \
      set rmargin at screen \(NumberText.fixed(right / width, digits)); \
      set bmargin at screen \(NumberText.fixed(bottom / height, digits)); \
      set tmargin at screen \(NumberText.fixed(top / height, digits))
      """
  }
}
