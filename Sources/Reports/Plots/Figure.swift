/// Rows of numbers under a name, `$name` in a gnuplot script.
package struct DataBlock: Sendable, Hashable {
  /// Letters, digits and underscores, beginning with a letter.
  package let name: String
  /// The numbers, shape [row][column]; what cannot be drawn is left out of the picture.
  package let rows: [[Double]]
  /// One text a row, written as a last column; nil without such a column.
  package let labels: [String]?

  package init(_ name: String, rows: [[Double]], labels: [String]? = nil) {
    self.name = name
    self.rows = rows
    self.labels = labels
  }
}

/// What a plot shows: its data and the gnuplot commands that draw them.
///
/// Terminal, fonts and the names of the pictures are not in it; `PlotScript` adds them.
package struct Figure: Sendable, Hashable {
  /// What the picture shows, for the script's first line and for captions.
  package var title: String
  /// Width in units of which a line of text takes eleven (`Canvas`).
  package var width: Int
  /// Height in units.
  package var height: Int
  /// Points on paper to the unit; nil for screens.
  package var pointsPerUnit: Double?
  /// The data, in the order of the script.
  package var blocks: [DataBlock] = []
  /// gnuplot commands, one a line, without comments.
  package var commands: [String] = []

  package init(title: String, width: Int, height: Int) {
    self.title = title
    self.width = width
    self.height = height
  }

  /// A figure of the size of a grid, for the canvas that the grid was made for.
  init(title: String, _ grid: PanelGrid, on canvas: Canvas) {
    self.init(title: title, width: grid.width, height: grid.height)
    pointsPerUnit = canvas.pointsPerUnit
  }
}

/// A kind of picture file.
package enum PictureFormat: String, Sendable, Hashable, CaseIterable {
  case svg
  case png
  case pdf
}
