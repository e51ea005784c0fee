internal import Settings

/// One target of a table: the task it makes and its labels.
struct TargetColumn {
  let name: String
  let kind: TaskKind
  let loss: LossKind
  let huberDelta: Double
  let classNames: [String]
  let metrics: [MetricKind]
  let unit: String
  /// Values or class indices, NaN where missing, shape [rowCount].
  private(set) var values: [Double]

  /// A text column with more different texts holds names or dates, not classes.
  static let mostClasses = 1000

  var isMissingSome: Bool { values.contains { $0.isNaN } }

  /// Reads a column as its request asks, inferring what it leaves open.
  ///
  /// Kind: `multiclass` for classes given, or more than two different texts; `binary` for two
  /// different values of any kind; else `regression`. Classes not given are sorted, by number where
  /// all are numbers.
  ///
  /// - Throws: `CSVError` when the cells are not of that kind or leave nothing to predict;
  ///   `SettingsError`, made by `refuse`, when loss or metrics do not fit it.
  init(
    _ request: TargetRequest,
    column: Int,
    of table: CSVTable,
    missing: [String],
    refuse: (_ key: String, _ problem: String) -> SettingsError
  ) throws {
    name = table.header[column]
    unit = request.unit
    huberDelta = request.huberDelta
    let kind = TargetColumn.kind(request, column: column, of: table, missing: missing)
    if kind == .regression {
      values = try table.numbers(columns: [column], missing: missing, isInput: false)[0]
      classNames = []
      self.kind = .regression(outputs: 1)
      try TargetColumn.requireSpread(values, name: name, of: table)
    } else {
      let labels = try TargetLabels(
        request,
        isBinary: kind == .binary,
        column: column,
        of: table,
        missing: missing
      )
      classNames = labels.classNames
      values = labels.values
      self.kind = kind == .binary ? .binary : .multiclass(classes: classNames.count)
    }
    loss = request.loss ?? .standard(for: self.kind)
    metrics = request.metrics ?? MetricKind.standard(for: self.kind)
    try requireFit(refuse)
  }

  /// Keeps the rows of the given indices.
  mutating func keep(rows: [Int]) { values = rows.map { values[$0] } }

  private static func kind(
    _ request: TargetRequest,
    column: Int,
    of table: CSVTable,
    missing: [String]
  ) -> TargetRequest.Kind {
    if let kind = request.kind { return kind }
    if let classNames = request.classNames {
      return classNames.count == 2 ? .binary : .multiclass
    }
    if let few = table.labels(column: column, missing: missing, limit: 2), few.texts.count == 2 {
      return .binary
    }
    return table.isNumeric(column: column, missing: missing) ? .regression : .multiclass
  }

  private static func requireSpread(
    _ values: [Double],
    name: String,
    of table: CSVTable
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

/// The classes of a target and the class of each row.
private struct TargetLabels {
  let classNames: [String]
  /// Class indices, NaN where missing, shape [rowCount].
  let values: [Double]

  init(
    _ request: TargetRequest,
    isBinary: Bool,
    column: Int,
    of table: CSVTable,
    missing: [String]
  ) throws(CSVError) {
    let name = table.header[column]
    let limit = TargetColumn.mostClasses
    guard let labels = table.labels(column: column, missing: missing, limit: limit) else {
      throw .column(file: table.file, name: name, .tooManyClasses(limit: limit))
    }
    if labels.texts.isEmpty { throw .column(file: table.file, name: name, .noLabels) }
    if labels.texts.count == 1 {
      throw .column(file: table.file, name: name, .oneClass(labels.texts[0]))
    }
    let classNames = request.classNames ?? TargetLabels.sorted(labels.texts)
    if isBinary && classNames.count != 2 {
      throw .column(file: table.file, name: name, .notBinary(classes: classNames))
    }
    var classOfText: [Double] = []
    for (index, text) in labels.texts.enumerated() {
      guard let place = classNames.firstIndex(of: text) else {
        let row = labels.indices.firstIndex(of: index) ?? 0
        throw .cell(
          file: table.file,
          line: table.line(ofRow: row),
          column: name,
          .unknownClass(text, known: classNames)
        )
      }
      classOfText.append(Double(place))
    }
    self.classNames = classNames
    values = labels.indices.map { $0 < 0 ? .nan : classOfText[$0] }
  }

  /// Classes in order: by number where all are numbers, else by text.
  private static func sorted(_ texts: [String]) -> [String] {
    let numbers = texts.compactMap { Double($0) }
    guard numbers.count == texts.count else { return texts.sorted() }
    return zip(texts, numbers)
      .sorted { $0.1 < $1.1 || ($0.1 == $1.1 && $0.0 < $1.0) }
      .map { $0.0 }
  }
}
