/// The classes of a target and the class of each row.
struct TargetLabels {
  let classNames: [String]
  /// Class indices, NaN where missing, shape [rowCount].
  let values: [Double]
  let marks: [(text: String, count: Int)]
  let notices: [TableNotice]

  /// Labels as the request has them: classes it names are never missing values, and where the kind is
  /// a guess, names of rows refute it.
  ///
  /// - Throws: `CSVError` where the texts make no classes.
  init(
    _ request: TargetRequest,
    isBinary: Bool,
    isInferred: Bool,
    column: Int,
    of table: CSVFile,
    marks: MissingMarks
  ) throws(CSVError) {
    let name = table.header[column]
    let limit = TargetColumn.mostClasses
    let found = TextValues(
      column: column,
      of: table,
      marks: marks,
      keeping: request.classNames ?? [],
      limit: limit
    )
    guard let found else {
      throw .column(file: table.file, name: name, .tooManyClasses(limit: limit))
    }
    try TargetLabels.requireClasses(found, isInferred: isInferred, name: name, file: table.file)
    var classNames = found.values.map { $0.name }
    var classOfValue = found.values.indices.map { Double($0) }
    if let asked = request.classNames ?? found.declared(table.nominal?[column]) {
      classNames = asked
      classOfValue = try TargetLabels.classes(of: found, asked, name: name, table: table)
    }
    if isBinary && classNames.count != 2 {
      throw .column(file: table.file, name: name, .notBinary(classes: classNames))
    }
    self.classNames = classNames
    values = found.places.map { $0 < 0 ? .nan : classOfValue[Int($0)] }
    self.marks = found.marks
    notices = found.notices(column: name, isTarget: true)
  }

  private static func requireClasses(
    _ found: TextValues,
    isInferred: Bool,
    name: String,
    file: String
  ) throws(CSVError) {
    let count = found.values.count
    if count == 0 { throw .column(file: file, name: name, .noLabels) }
    if count == 1 { throw .column(file: file, name: name, .oneClass(found.values[0].name)) }
    if isInferred && found.areNames {
      throw .column(file: file, name: name, .names(count: count, rows: found.presentCount))
    }
  }

  /// The class of each value by the list of the suite.
  private static func classes(
    of found: TextValues,
    _ asked: [String],
    name: String,
    table: CSVFile
  ) throws(CSVError) -> [Double] {
    var classOfValue: [Double?] = Array(repeating: nil, count: found.values.count)
    for (index, text) in asked.enumerated() {
      if let place = found.place(of: text) { classOfValue[place] = Double(index) }
    }
    var classes: [Double] = []
    for (value, found) in zip(classOfValue, found.values) {
      guard let value else {
        throw .cell(
          file: table.file,
          line: table.line(ofRow: found.row),
          column: name,
          .unknownClass(found.name, known: asked)
        )
      }
      classes.append(value)
    }
    return classes
  }
}

extension TextValues {
  /// The values of a nominal attribute that occur, in its order; all where one is not among them.
  fileprivate func declared(_ names: [String]?) -> [String]? {
    guard let names else { return nil }
    let isComplete = values.indices.allSatisfy { place in
      names.contains { self.place(of: $0) == place }
    }
    return isComplete ? names.filter { place(of: $0) != nil } : names
  }

  /// Whether the values are too many for their rows to be classes: names, ids, free text.
  var areNames: Bool {
    /// Fewer values may be the classes of a small table.
    let fewest = 10
    /// Classes of fewer rows each teach nothing.
    let rowsEach = 3
    return values.count >= fewest && values.count * rowsEach > presentCount
  }

  /// Spellings merged, values that look alike, and classes of one row.
  func notices(column: String, isTarget: Bool) -> [TableNotice] {
    var notices: [TableNotice] = []
    for value in values where value.isMerged {
      notices.append(.merged(column: column, name: value.name, spellings: value.spellings))
    }
    var firstOfLikeness: [String: String] = [:]
    for value in values {
      let likeness = CellText.likeness(value.name)
      if let first = firstOfLikeness[likeness] {
        notices.append(
          .alike(column: column, isTarget: isTarget, first: first, second: value.name)
        )
      } else {
        firstOfLikeness[likeness] = value.name
      }
    }
    let single = values.filter { $0.count == 1 }.map { $0.name }
    if isTarget && !single.isEmpty { notices.append(.single(column: column, classes: single)) }
    /// Fewer classes are those of a small table; more rows each are enough to learn from.
    let (fewest, rowsEach) = (10, 10)
    if isTarget && values.count >= fewest && presentCount < rowsEach * values.count {
      notices.append(.few(column: column, classes: values.count, rows: presentCount))
    }
    return notices
  }
}
