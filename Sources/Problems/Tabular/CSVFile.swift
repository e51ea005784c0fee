/// A CSV file as rows of cells, still text.
///
/// RFC 4180: the first row names the columns; a cell in double quotes may hold the delimiter, line
/// breaks, and quotes written twice. Beyond it: a byte order mark is skipped; lines may end in LF,
/// CRLF or CR; blank lines are skipped; spaces and tabs around a cell without quotes are not part
/// of it; a delimiter at the end of rows makes no cell. What `CSVPreamble` skips is no part of it.
struct CSVFile {
  /// The path as messages show it.
  let file: String
  let header: [String]
  let rowCount: Int
  /// What separates cells.
  let delimiter: UInt8
  /// How numbers are written.
  private(set) var form: NumberForm
  /// Values of each nominal column of an ARFF file by its place; nil for other files.
  let nominal: [Int: [String]]?
  /// Lines of comments before the names.
  let commentCount: Int

  let bytes: [UInt8]
  /// Row-major, the row of names first, shape [1 + rowCount, cellsPerRow].
  let cells: [Cell]
  /// At least as many as there are names.
  let cellsPerRow: Int
  /// Line at which each row begins, counted from 1, shape [rowCount].
  private let lines: [UInt32]
  /// The files that the rows are from, one after the other; one of its own for a file read by itself.
  let sources: [Source]

  /// Rows that are from one file.
  struct Source {
    let file: String
    let rows: Range<Int>
  }

  /// Where a cell's text is.
  struct Cell {
    let start: UInt32
    /// Twice the length, and 1 where the text holds quotes written twice.
    private let packed: UInt32

    init(start: Int, end: Int, hasDoubledQuotes: Bool) {
      self.start = UInt32(start)
      packed = UInt32(end - start) << 1 | (hasDoubledQuotes ? 1 : 0)
    }

    var length: Int { Int(packed >> 1) }
    var end: Int { Int(start) + length }
    var isEmpty: Bool { length == 0 }
    var hasDoubledQuotes: Bool { packed & 1 == 1 }

    /// The same text so many bytes later.
    func moved(by offset: Int) -> Cell {
      Cell(start: Int(start) + offset, end: end + offset, hasDoubledQuotes: hasDoubledQuotes)
    }
  }

  /// - Parameters:
  ///   - data: the file.
  ///   - dialect: what the suite says of its form.
  /// - Throws: `CSVError` when the text is no table with at least one row.
  init(_ data: DataFile, _ dialect: CSVDialect = .found) throws(CSVError) {
    var bytes = try data.text()
    var delimiter = dialect.delimiter
    var nominal: [Int: [String]]?
    if ARFFText.isOne(bytes) {
      do {
        let arff = try ARFFText(bytes)
        (bytes, nominal, delimiter) = (arff.csv, arff.nominal, UInt8(ascii: ","))
      } catch {
        throw .arff(file: data.path, line: error.line, error.problem)
      }
    }
    let preamble = CSVPreamble(bytes, delimiter: delimiter)
    var scanner = CSVScanner(bytes: bytes, preamble: preamble, comment: dialect.comment)
    do {
      try scanner.scan()
    } catch {
      throw .text(file: data.path, line: error.line, error.problem)
    }
    guard let columnCount = scanner.columnCount else { throw .file(data.path, .empty) }
    file = data.path
    self.bytes = bytes
    self.delimiter = preamble.delimiter
    self.nominal = nominal
    form = dialect.form
    commentCount = preamble.commentCount
    let names = scanner.cells[..<columnCount].map { CSVFile.text($0, bytes: bytes) }
    cells = scanner.cells
    lines = Array(scanner.lines.dropFirst())
    rowCount = lines.count
    sources = [Source(file: data.path, rows: 0..<rowCount)]
    cellsPerRow = columnCount
    header = CSVFile.header(names, isComment: preamble.isNameComment, scanner.cells)
    let headerLine = Int(scanner.lines[0])
    try requireDelimiter(preamble.delimiter, line: headerLine)
    try requireUniqueNames(line: headerLine)
    if rowCount == 0 { throw .file(file, .noRows) }
  }

  /// Some columns of several tables, the rows of one below those of the other.
  ///
  /// Its `file` lists the files, for what is said of a whole column.
  ///
  /// - Parameters:
  ///   - tables: at least one.
  ///   - columns: columns of each table, alike in number and names, shape [tables.count].
  /// - Throws: `CSVError.file` where the texts together are too large.
  init(stacking tables: [CSVFile], columns: [[Int]]) throws(CSVError) {
    var bytes: [UInt8] = []
    var cells = columns[0].map { tables[0].cells[$0] }
    var lines: [UInt32] = []
    var sources: [Source] = []
    for (table, columns) in zip(tables, columns) {
      let offset = bytes.count
      guard offset + table.bytes.count <= DataFile.sizeLimit else {
        throw .file(table.file, .tooLarge)
      }
      bytes += table.bytes
      for row in 0..<table.rowCount {
        for column in columns {
          cells.append(table.cell(row: row, column: column).moved(by: offset))
        }
      }
      sources.append(
        Source(file: table.file, rows: lines.count..<lines.count + table.rowCount)
      )
      lines += table.lines
    }
    file = tables.map { $0.file }.joined(separator: ", ")
    header = columns[0].map { tables[0].header[$0] }
    rowCount = lines.count
    delimiter = tables[0].delimiter
    form = tables[0].form
    nominal = CSVFile.declared(tables, columns)
    commentCount = 0
    cellsPerRow = columns[0].count
    self.bytes = bytes
    self.cells = cells
    self.lines = lines
    self.sources = sources
  }

  /// Values that every table declares or any of them adds, by the place of the column; nil where no
  /// table declares any.
  private static func declared(_ tables: [CSVFile], _ columns: [[Int]]) -> [Int: [String]]? {
    guard tables.contains(where: { $0.nominal != nil }) else { return nil }
    var declared: [Int: [String]] = [:]
    for place in columns[0].indices {
      let lists = zip(tables, columns).compactMap { $0.nominal?[$1[place]] }
      guard lists.count == tables.count else { continue }
      var values: [String] = []
      for value in lists.joined() where !values.contains(value) { values.append(value) }
      declared[place] = values
    }
    return declared
  }

  /// Names of the columns: without a last one that has neither a name nor a cell, and with a name
  /// for every other that lacks one.
  private static func header(_ names: [String], isComment: Bool, _ cells: [Cell]) -> [String] {
    var names = names.map { CellText.trimmed($0) }
    if isComment, let first = names.first {
      names[0] = CellText.trimmed(String(first.drop { $0 == "#" }))
    }
    let width = names.count
    if width > 1, names[width - 1].isEmpty,
      stride(from: 2 * width - 1, to: cells.count, by: width).allSatisfy({ cells[$0].isEmpty })
    {
      names.removeLast()
    }
    return names.enumerated().map { $1.isEmpty ? "column \($0 + 1)" : $1 }
  }

  /// The same table with its numbers written in another form.
  func written(in form: NumberForm) -> CSVFile {
    var table = self
    table.form = form
    return table
  }

  /// The text of a cell, quotes removed.
  func text(row: Int, column: Int) -> String {
    text(of: cell(row: row, column: column))
  }

  /// Line at which a row begins, counted from 1.
  func line(ofRow row: Int) -> Int { Int(lines[row]) }

  /// The file that a row is from.
  func file(ofRow row: Int) -> String {
    sources.first { $0.rows.contains(row) }?.file ?? file
  }

  /// Where a cell's text is.
  func cell(row: Int, column: Int) -> Cell { cells[(row + 1) * cellsPerRow + column] }

  /// A cell's text, quotes removed.
  func text(of cell: Cell) -> String { CSVFile.text(cell, bytes: bytes) }

  /// A cell's text without spaces around it, which quotes may have kept.
  func trimmedText(of cell: Cell) -> String { CellText.trimmed(text(of: cell)) }

  /// What a cell says as a number once spaces around it are gone; not tried where there are none.
  func trimmedReading(of cell: Cell) -> DecimalNumber.Reading {
    let bytes = bytes.span
    let first = bytes[Int(cell.start)]
    let last = bytes[cell.end - 1]
    /// Spaces of more than one byte begin and end beyond ASCII.
    let isSpaced = [first, last].contains { $0 <= UInt8(ascii: " ") || $0 >= 0x80 }
    guard isSpaced else { return .noNumber }
    let text = Array(trimmedText(of: cell).utf8)
    return form.reading(of: text.span, from: 0, to: text.count)
  }

  /// Says so where the first row may hold values.
  var nameNotices: [TableNotice] {
    let count = header.count { name in
      let bytes = Array(name.utf8)
      return form.reading(of: bytes.span, from: 0, to: bytes.count) != .noNumber
    }
    return count * 3 >= header.count && count > 0 ? [.numericNames(count: count)] : []
  }

  /// The error of a cell that should be a number.
  func notNumber(row: Int, column: Int, isInput: Bool) -> CSVError {
    let text = text(row: row, column: column)
    let likeness = NumberLikeness(CellText.trimmed(text))
    return .cell(
      file: file(ofRow: row),
      line: line(ofRow: row),
      column: header[column],
      likeness == .infinite ? .notFinite(text) : .notNumber(text, likeness, isInput: isInput)
    )
  }

  private func requireUniqueNames(line: Int) throws(CSVError) {
    var firstOfName: [String: Int] = [:]
    for (index, name) in header.enumerated() {
      if let first = firstOfName[name] {
        let problem = CSVError.TextProblem.duplicateColumn(
          name: name,
          first: first + 1,
          second: index + 1
        )
        throw .text(file: file, line: line, problem)
      }
      firstOfName[name] = index
    }
  }

  private func requireDelimiter(_ delimiter: UInt8, line: Int) throws(CSVError) {
    guard header.count == 1 else { return }
    let used = CSVFile.words(for: delimiter)
    for (character, name) in [(";", "';'"), ("\t", "'\\t'"), (",", "','"), ("|", "'|'")]
    where header[0].contains(character) && Character(character).asciiValue != delimiter {
      throw .text(file: file, line: line, .wrongDelimiter(used: used, likely: name))
    }
    let isSpaced = rowCount > 0 && text(row: 0, column: 0).split(separator: " ").count > 1
    if header[0].split(separator: " ").count > 1 && isSpaced {
      throw .text(file: file, line: line, .spaces(used: used))
    }
  }

  /// A delimiter as messages show it.
  static func words(for delimiter: UInt8) -> String {
    delimiter == UInt8(ascii: "\t") ? "tabs" : "'\(Character(Unicode.Scalar(delimiter)))'"
  }

  private static func text(_ cell: Cell, bytes: [UInt8]) -> String {
    let slice = bytes[Int(cell.start)..<cell.end]
    if !cell.hasDoubledQuotes { return String(decoding: slice, as: UTF8.self) }
    var kept: [UInt8] = []
    var isSecondQuote = false
    for byte in slice {
      if byte == UInt8(ascii: "\"") {
        if !isSecondQuote { kept.append(byte) }
        isSecondQuote.toggle()
      } else {
        kept.append(byte)
      }
    }
    return String(decoding: kept, as: UTF8.self)
  }
}
