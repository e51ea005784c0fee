/// How a table stands on a page, by the size it would have.
///
/// Sizes are estimates in points of the standard article on letter paper, the smaller of the two;
/// LaTeX itself sets the table smaller where they were too low.
struct LaTeXLayout: Sendable {
  /// Points of a page's text, and of one of two columns of it.
  private static let (pageWidth, pageHeight, columnWidth) = (345.0, 550.0, 167.0)
  /// Points of a character, of a gap between columns, and of a row.
  private static let (character, gap, row) = (4.9, 12.0, 12.5)
  /// Points of a line of notes, with so many characters across a page.
  private static let (noteLine, noteCharacters) = (9.5, 95.0)
  /// Points of a caption with the room around it.
  private static let captionHeight = 50.0
  /// Words with more characters than this are set as a paragraph of this width.
  private static let paragraphLength = 30
  /// A turned table has to be larger by this factor to be worth turning the page for.
  private static let worthTurning = 1.15
  /// Notes that take more than this share of a page are set smaller.
  private static let smallNotes = 0.25

  /// The environment it stands in.
  let environment: String
  /// Whether it lies on its side.
  let isTurned: Bool
  /// The most that its rows may take, as a length.
  let largestHeight: String
  /// The size of what stands below it, a command's name.
  let noteSize: String
  /// One for each column: how it is set.
  let columns: [String]
  /// Whether each column holds paragraphs.
  let isParagraph: [Bool]

  init(_ text: TableText) {
    let sizes = text.columns.indices.map { Self.size(text, column: $0) }
    let isParagraph = text.columns.indices.map { column in
      text.rows.contains { row in
        if case .words(let words) = row.cells[column] {
          return words.count > Self.paragraphLength && !text.hasErrors[column]
        }
        return false
      }
    }
    self.isParagraph = isParagraph
    let lengths = text.columns.indices.map { Self.paragraphLength(text, column: $0) }
    columns = text.columns.indices.map { column in
      let width = NumberText.fixed(Double(lengths[column]) * Self.character, 0)
      return isParagraph[column]
        ? " >{\\raggedright\\arraybackslash}p{\(width)pt}"
        : text.hasErrors[column] ? " r@{\\,$\\pm$\\,}l" : " r"
    }
    let labels = ([text.table.labelHead] + text.rows.map(\.label)).map(\.displayWidth).max() ?? 0
    let width =
      Double(labels) * Self.character
      + text.columns.indices.reduce(0) { sum, column in
        let length = isParagraph[column] ? min(sizes[column], lengths[column]) : sizes[column]
        return sum + Double(length) * Self.character + Self.gap
      }
    let lineCounts = text.rows.map { row in
      zip(row.cells, isParagraph).map { cell, isParagraph -> Int in
        guard isParagraph, case .words(let words) = cell else { return 1 }
        return words.wrapped(to: Self.paragraphLength - 4).count
      }.max() ?? 1
    }
    let height = Double(lineCounts.reduce(4, +)) * Self.row
    let noteLength = (text.table.caption + text.table.footnotes).reduce(0) { $0 + $1.count }
    let lines =
      Double(noteLength) / Self.noteCharacters + 1 + Double(text.table.footnotes.count)
    let isSmall = lines * Self.noteLine > Self.smallNotes * Self.pageHeight
    let notes = noteLength == 0 ? 0 : lines * Self.noteLine * (isSmall ? 0.8 : 1)
    let turnedNotes = notes * Self.pageWidth / Self.pageHeight
    let room = Self.pageHeight - Self.captionHeight - notes
    let turnedRoom = Self.pageWidth - Self.captionHeight - turnedNotes
    let upright = min(1, Self.pageWidth / width, room / height)
    let turned = min(1, Self.pageHeight / width, turnedRoom / height)
    isTurned = turned > Self.worthTurning * upright
    environment =
      isTurned ? "sidewaystable*" : width > Self.columnWidth ? "table*" : "table"
    noteSize = isSmall ? "scriptsize" : "footnotesize"
    let share =
      isTurned ? turnedRoom / Self.pageWidth : room / Self.pageHeight
    largestHeight =
      "\(NumberText.fixed(max(0.2, share), 2))\\\(isTurned ? "textwidth" : "textheight")"
  }

  /// Characters of a column of paragraphs, none of whose words is broken.
  private static func paragraphLength(_ text: TableText, column: Int) -> Int {
    let words = text.rows.flatMap { row -> [Int] in
      guard case .words(let words) = row.cells[column] else { return [] }
      return words.split(separator: " ").map { String($0).displayWidth }
    }
    return max(paragraphLength, (words.max() ?? 0) + 2)
  }

  /// Characters of a column: of its head or its widest cell.
  private static func size(_ text: TableText, column: Int) -> Int {
    let cells = text.rows.map { row -> Int in
      switch row.cells[column] {
      case .words(let words): words.displayWidth
      case .number(let value, let error, _, let signs):
        value.displayWidth + (error.map { $0.displayWidth + 2 } ?? 0)
          + signs.reduce(0) { $0 + $1.displayWidth }
      }
    }
    return max(TableText.head(of: text.columns[column]).displayWidth, cells.max() ?? 0)
  }
}
