/// What a column holds, judged by all its cells.
struct ColumnContent {
  enum Kind: Hashable {
    /// Every cell is missing.
    case empty
    /// Every present cell is a number.
    case numbers
    /// Every present cell is a word for true or false, or 0 or 1 beside such words.
    case truth
    /// Most cells are numbers or look like such, and the cell of that row is none.
    case mixed(row: Int)
    /// Dates or times of day; the first one.
    case dates(example: String)
    /// Anything else.
    case texts
  }

  let kind: Kind
  /// Present cells.
  let presentCount: Int
  /// Missing cells, empty ones and marks.
  let missingCount: Int
  /// Marks of missing values met, with the cells that hold them, in the order of the rows.
  let marks: [(text: String, count: Int)]
  /// Different texts that are no numbers, as far as they were counted.
  let textCount: Int
  /// First row that holds a text which is no number and no mark.
  let firstTextRow: Int?

  init(_ cells: ColumnCells, of table: CSVFile, marks: MissingMarks) {
    var present: [Text] = []
    var found: [(text: String, count: Int)] = []
    for entry in cells.texts.entries {
      let text = table.trimmedText(of: entry.cell)
      if marks.contains(text) {
        found.append((text, entry.count))
      } else {
        present.append(Text(text: text, row: entry.row, count: entry.count))
      }
    }
    let uncounted = cells.texts.uncounted
    let textCells = present.reduce(0) { $0 + $1.count } + uncounted
    let isAllMarks = present.allSatisfy { marks.containsAmongNumbers($0.text) } && uncounted == 0
    if isAllMarks && (textCells < cells.numberCount || ColumnContent.hasManyValues(cells.values)) {
      found += present.map { ($0.text, $0.count) }
      present = []
    }
    let texts = present.isEmpty ? 0 : textCells
    presentCount = cells.numberCount + texts
    missingCount = cells.emptyCount + found.reduce(0) { $0 + $1.count }
    self.marks = found.filter { !$0.text.isEmpty }
    textCount = present.count
    firstTextRow = present.map { $0.row }.min()
    kind = ColumnContent.kind(present, uncounted: uncounted, cells, marks)
  }

  /// Whether there are more different numbers than classes beside a word would be.
  private static func hasManyValues(_ values: [Double]) -> Bool {
    let most = 10
    var different: Set<Double> = []
    for value in values where !value.isNaN {
      different.insert(value)
      if different.count > most { return true }
    }
    return false
  }

  /// Refuses a column that is to be numbers at its first cell that is none.
  ///
  /// - Throws: `CSVError.cell`.
  func requireNumbers(
    _ cells: ColumnCells,
    _ table: CSVFile,
    isInput: Bool
  ) throws(CSVError) {
    let column = cells.column
    if let row = firstTextRow { throw table.notNumber(row: row, column: column, isInput: isInput) }
    guard let row = cells.tooLargeRow else { return }
    throw .cell(
      file: table.file(ofRow: row),
      line: table.line(ofRow: row),
      column: table.header[column],
      .notFinite(table.text(row: row, column: column))
    )
  }

  private struct Text {
    let text: String
    let row: Int
    let count: Int
  }

  private static func kind(
    _ texts: [Text],
    uncounted: Int,
    _ cells: ColumnCells,
    _ marks: MissingMarks
  ) -> Kind {
    if texts.isEmpty { return cells.numberCount == 0 ? .empty : .numbers }
    if uncounted == 0 && TruthWord.areOfOneLanguage(texts.map { $0.text })
      && cells.values.allSatisfy({ $0.isNaN || $0 == 0 || $0 == 1 })
    {
      return .truth
    }
    let counted = texts.reduce(0) { $0 + $1.count }
    let dates = texts.reduce(0) { DateText.matches($1.text) ? $0 + $1.count : $0 }
    /// One cell in ten may be something else, which does not make a column of dates another kind.
    let tolerance = 10
    if (counted - dates) * tolerance <= counted && cells.numberCount * tolerance <= counted {
      let first = texts.first { DateText.matches($0.text) }
      return .dates(example: first?.text ?? texts[0].text)
    }
    let total = Double(cells.numberCount + counted + uncounted)
    let share = Double(likeCount(texts)) / Double(counted)
    let likeNumbers = Double(cells.numberCount) + share * Double(counted + uncounted)
    guard likeNumbers * 2 > total else { return .texts }
    let strange = texts.filter { !marks.containsAmongNumbers($0.text) }
    return .mixed(row: (strange.isEmpty ? texts : strange).map { $0.row }.min() ?? 0)
  }

  /// Cells whose texts look like numbers; a few texts with units may well be classes.
  private static func likeCount(_ texts: [Text]) -> Int {
    let mostUnits = 10
    return texts.reduce(0) { count, text in
      guard let likeness = NumberLikeness(text.text) else { return count }
      if texts.count <= mostUnits && (likeness == .unit || likeness == .bound) { return count }
      return count + text.count
    }
  }
}
