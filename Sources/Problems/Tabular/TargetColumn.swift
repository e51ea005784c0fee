internal import Settings

/// One target of a table: the task it makes and its labels.
struct TargetColumn {
  let name: String
  let file: String
  /// The task whose outputs several columns are; nil for a task of this column alone.
  let task: String?
  let kind: TaskKind
  let loss: LossKind
  let huberDelta: Double
  let classNames: [String]
  let metrics: [MetricKind]
  let unit: String
  /// Values or class indices, NaN where missing, shape [rowCount].
  private(set) var values: [Double]
  /// Marks of missing values met, with the cells that hold them.
  let markedTexts: [(text: String, count: Int)]
  let notices: [TableNotice]

  /// A text column with more different texts holds names or dates, not classes.
  static let mostClasses = 1000

  var isMissingSome: Bool { values.contains { $0.isNaN } }

  /// Reads a column as its request asks, inferring what it leaves open.
  ///
  /// Kind: two different values of any kind, `binary`; numbers, `regression`; other texts,
  /// `multiclass`. Classes not given are those found, in the order of `TextValues`. Without a kind
  /// or classes, a column that is mostly numbers with other texts among them is refused, and so are
  /// dates, names and numbers of rows.
  ///
  /// - Throws: `CSVError` when the cells are not of that kind or leave nothing to predict;
  ///   `SettingsError`, made by `refuse`, when loss or metrics do not fit it.
  init(
    _ request: TargetRequest,
    _ cells: ColumnCells,
    of table: CSVFile,
    marks: MissingMarks,
    refuse: (_ key: String, _ problem: String) -> SettingsError
  ) throws {
    let column = cells.column
    name = table.header[column]
    file = table.file
    task = request.task
    unit = request.unit
    huberDelta = request.huberDelta
    let content = ColumnContent(cells, of: table, marks: marks)
    let isNominal = table.nominal?[column] != nil
    let isInferred = request.kind == nil && request.classNames == nil && !isNominal
    let kind =
      isInferred
      ? try TargetColumn.kind(of: content, cells, table)
      : TargetColumn.statedKind(request)
    if kind == .regression {
      if request.kind == .regression { try content.requireNumbers(cells, table, isInput: false) }
      values = cells.values
      classNames = []
      self.kind = .regression(outputs: request.outputCount)
      markedTexts = content.marks
      notices =
        TargetColumn.notices(name, values, isInferred: isInferred)
        + Sentinel.notices(cells, of: table)
      try TargetColumn.requireSpread(values, name: name, of: table)
    } else {
      let labels = try TargetLabels(
        request,
        isBinary: kind == .binary,
        isInferred: isInferred,
        column: column,
        of: table,
        marks: marks
      )
      classNames = labels.classNames
      values = labels.values
      markedTexts = labels.marks
      notices = labels.notices
      let isOpen = request.kind == nil && request.classNames == nil
      let isBinary = kind == .binary || isOpen && classNames.count == 2
      self.kind = isBinary ? .binary : .multiclass(classes: classNames.count)
    }
    loss = request.loss ?? .standard(for: self.kind)
    metrics = request.metrics ?? MetricKind.standard(for: self.kind)
    try requireFit(refuse)
  }

  /// Keeps the rows of the given indices.
  mutating func keep(rows: [Int]) { values = rows.map { values[$0] } }

  /// Makes the rows some of a larger table, where all others lack a label.
  mutating func place(inRows rows: Range<Int>, of count: Int) {
    precondition(rows.count == values.count, "\(values.count) labels for \(rows.count) rows")
    var placed = Array(repeating: Double.nan, count: count)
    placed.replaceSubrange(rows, with: values)
    values = placed
  }

  /// Takes the values of some rows for missing.
  mutating func drop(rows: [Int]) {
    for row in rows { values[row] = .nan }
  }

  private static func statedKind(_ request: TargetRequest) -> TargetRequest.Kind {
    request.kind ?? (request.classNames?.count == 2 ? .binary : .multiclass)
  }

  /// The kind that a column's cells have, where nothing is stated.
  private static func kind(
    of content: ColumnContent,
    _ cells: ColumnCells,
    _ table: CSVFile
  ) throws(CSVError) -> TargetRequest.Kind {
    let name = table.header[cells.column]
    switch content.kind {
    case .empty: throw .column(file: table.file, name: name, .noLabels)
    case .truth: return .binary
    case .texts: return .multiclass
    case .dates(let example):
      throw .column(file: table.file, name: name, .dates(example: example))
    case .mixed(let row): throw table.notNumber(row: row, column: cells.column, isInput: false)
    case .numbers:
      try content.requireNumbers(cells, table, isInput: false)
      if TargetColumn.hasTwoValues(cells.values) { return .binary }
      if RunningNumber.counts(cells.values) {
        throw .column(file: table.file, name: name, .runningNumber)
      }
      if RunningNumber.isIdentifier(name, cells.values) {
        throw .column(file: table.file, name: name, .identifier)
      }
      if RunningNumber.areDays(cells.values),
        let row = cells.values.firstIndex(where: { !$0.isNaN })
      {
        let example = table.text(row: row, column: cells.column)
        throw .column(file: table.file, name: name, .dates(example: example))
      }
      return .regression
    }
  }

  private static func hasTwoValues(_ values: [Double]) -> Bool {
    var first: Double?
    var second: Double?
    for value in values where !value.isNaN && value != first && value != second {
      if first == nil {
        first = value
      } else if second == nil {
        second = value
      } else {
        return false
      }
    }
    return second != nil
  }

  /// Says that few whole numbers might be classes.
  private static func notices(
    _ name: String,
    _ values: [Double],
    isInferred: Bool
  ) -> [TableNotice] {
    let most = 10
    var different: Set<Double> = []
    for value in values where isInferred && !value.isNaN {
      if value != value.rounded() { return [] }
      different.insert(value)
      if different.count > most { return [] }
    }
    return different.count > 2 ? [.fewValues(column: name, count: different.count)] : []
  }

  private static func requireSpread(
    _ values: [Double],
    name: String,
    of table: CSVFile
  ) throws(CSVError) {
    let present = values.filter { !$0.isNaN }
    guard let first = present.first else {
      throw .column(file: table.file, name: name, .noLabels)
    }
    if present.allSatisfy({ $0 == first }) {
      let text = "\(first)"
      let whole = text.hasSuffix(".0") ? String(text.dropLast(".0".count)) : text
      throw .column(file: table.file, name: name, .constant(whole))
    }
  }

  /// Refuses a loss or a metric that the kind cannot have.
  private func requireFit(
    _ refuse: (_ key: String, _ problem: String) -> SettingsError
  ) throws(SettingsError) {
    let task = "does not apply to the \(kind.title) task '\(name)', which can have"
    let losses = LossKind.choices(for: kind)
    if !losses.contains(loss) {
      let list = losses.map { $0.rawValue }.joined(separator: ", ")
      throw refuse("loss", "\(loss.rawValue) \(task) \(list)")
    }
    let known = MetricKind.choices(for: kind)
    for metric in metrics where !known.contains(metric) {
      let list = known.map { $0.rawValue }.joined(separator: ", ")
      throw refuse("metrics", "\(metric.rawValue) \(task) \(list)")
    }
  }
}
