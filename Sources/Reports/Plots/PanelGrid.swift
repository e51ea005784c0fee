/// Equal panels in rows, each at an exact place of the picture, with a strip for the key on the right.
struct PanelGrid: Sendable, Hashable {
  /// Points around a panel's frame for its tics, labels and title.
  struct Padding: Sendable, Hashable {
    var left = 48.0
    var right = 10.0
    var top = 22.0
    var bottom = 34.0
  }

  /// At most as many as asked for, and no more than fill the rows evenly.
  let columnCount: Int
  let rowCount: Int
  /// Size of a panel with its padding, in points.
  let panelWidth: Double
  let panelHeight: Double
  let padding: Padding
  /// Points left of the first column, for an axis label.
  let left: Double
  /// Points below the last row, for an axis label.
  let bottom: Double
  /// Points of the strip on the right.
  let keyWidth: Double

  init(
    count: Int,
    columnCount: Int,
    panelWidth: Double,
    panelHeight: Double,
    padding: Padding = Padding(),
    left: Double = 0,
    bottom: Double = 0,
    keyWidth: Double = 0
  ) {
    let count = max(1, count)
    rowCount = (count + columnCount - 1) / columnCount
    self.columnCount = (count + rowCount - 1) / rowCount
    self.panelWidth = panelWidth
    self.panelHeight = panelHeight
    self.padding = padding
    self.left = left
    self.bottom = bottom
    self.keyWidth = keyWidth
  }

  /// Width of the picture in points.
  var width: Int { Int(left + Double(columnCount) * panelWidth + keyWidth) }

  /// Height of the picture in points.
  var height: Int { Int(bottom + Double(rowCount) * panelHeight) }

  /// Places the next plot into panel `index`, counted along the rows from the upper left.
  func place(_ index: Int) -> String {
    let x = left + Double(index % columnCount) * panelWidth
    let y = bottom + Double(rowCount - 1 - index / columnCount) * panelHeight
    return frame(
      x + padding.left,
      x + panelWidth - padding.right,
      y + padding.bottom,
      y + panelHeight - padding.top
    )
  }

  /// Whether a panel has no other below it.
  func isLowest(_ index: Int, of count: Int) -> Bool { index + columnCount >= count }

  /// Whether a panel is the first of its row.
  func isLeftmost(_ index: Int) -> Bool { index % columnCount == 0 }

  /// Tag of the label at the left edge, beyond those that plots use.
  private static let leftLabelTag = 9

  /// A command that names the vertical axis of a row at the left edge of the picture, clear of its
  /// tics however wide they are; for other panels one that takes the name away.
  func leftLabel(_ text: String, at index: Int) -> String {
    guard isLeftmost(index) else { return "unset label \(Self.leftLabelTag)" }
    let middle = 9.0
    return "set label \(Self.leftLabelTag) \(GnuplotText.quoted(text)) at screen "
      + "\(NumberText.fixed(middle / Double(width), 5)), graph 0.5 center rotate by 90 noenhanced"
  }

  /// Commands that fill the strip on the right with a key of `entries`, parts of a plot command.
  ///
  /// They come last: the frame's looks are gone afterwards.
  func key(_ entries: [String]) -> [String] {
    let x = Double(width) - keyWidth
    return [
      frame(x, Double(width) - 1, 1, Double(height) - 1),
      "unset border; unset tics; unset xlabel; unset ylabel; unset title; unset label",
      "unset logscale; unset arrow; unset grid",
      "set xrange [0:1]; set yrange [0:1]",
      "set key at graph 0, graph 0.5 left center Left reverse samplen 3 spacing 1.15 noenhanced",
      "plot " + entries.map { "NaN \($0)" }.joined(separator: ", "),
    ]
  }

  /// Columns with which so many panels make a picture about as wide as high, beyond what fills a
  /// page.
  static func squareColumns(_ count: Int) -> Int {
    let pageful = 60
    return count <= pageful ? 1 : Int(Double(count).squareRoot().rounded(.up))
  }

  /// Points that a text takes at the normal size, a little more than in most fonts.
  static func textWidth(_ text: String) -> Double {
    let averageCharacter = 6.5
    return Double(text.displayWidth) * averageCharacter
  }

  /// Points that a key with these entries takes.
  static func keyWidth(_ titles: [String]) -> Double {
    let sample = 60.0
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
