internal import Problems

/// The cells of a file of results in one form, whether it was tidy or wide.
struct ImportedCells {
  /// One value of one metric.
  struct Cell {
    let method: String
    let problem: String
    let seed: String
    let task: String
    let metric: String
    let value: ResultValue
    let line: Int
  }

  /// What a metric of a task is.
  struct Metric {
    let task: String
    let name: String
    /// Nil where neither the file nor the name tells.
    var isHigher: Bool?
    var unit = ""
    var isInDeltaM = true
    let line: Int
  }

  private(set) var cells: [Cell] = []
  /// In the order of the file.
  private(set) var metrics: [Metric] = []
  /// Groups of methods that the file gives.
  private(set) var groups: [String: String] = [:]
  /// Columns that are neither metrics nor anything else.
  private(set) var ignored: [String] = []
  private(set) var hasSpreads = false

  private let file: ResultFile
  private let columns: ResultColumns
  /// Rows of each method on each problem so far, where no column has seeds.
  private var counts: [String: Int] = [:]

  init(_ file: ResultFile, problem: String) throws(ImportError) {
    self.file = file
    columns = try ResultColumns(file)
    if columns.isTidy { try readTidy(problem) } else { try readWide(problem) }
    if cells.isEmpty { throw .file(file.path, .noRows) }
  }

  private mutating func readTidy(_ problem: String) throws(ImportError) {
    for row in file.rows {
      guard let metric = columns.text(.metric, row.cells) else {
        throw .line(file: file.path, line: row.line, .empty(column: "metric"))
      }
      let task = columns.text(.task, row.cells) ?? KnownDirection.bare(metric)
      let text = columns.places[.value].map { row.cells[$0] } ?? ""
      var value = try self.value(text, "value", line: row.line)
      if value == .missing, hasFailed(row.cells) { value = .failed }
      let bare = KnownDirection.bare(metric)
      try declare(metric, bare, task: task, row)
      // Without seeds, the second value of the same metric is that of the second run.
      let place = "\(task)\u{0}\(bare)"
      try add(row, problem, task: task, metric: bare, value, counting: place)
    }
  }

  private mutating func readWide(_ problem: String) throws(ImportError) {
    let numeric = columns.others.filter { column in
      let texts = file.rows.map { $0.cells[column] }
      let values = texts.compactMap { ResultValue.read($0)?.value }
      return values.count == texts.count && values.contains { $0 != .missing }
    }
    ignored = columns.others.filter { !numeric.contains($0) }.map { file.header[$0] }
    guard !numeric.isEmpty else { throw .file(file.path, .noMetrics(columns: file.header)) }
    for row in file.rows {
      for column in numeric {
        let (task, metric) = Self.parts(file.header[column])
        var value = try value(row.cells[column], file.header[column], line: row.line)
        if value == .missing, hasFailed(row.cells) { value = .failed }
        try declare(file.header[column], metric, task: task, row)
        try add(row, problem, task: task, metric: metric, value, counting: "\(column)")
      }
    }
  }

  /// Task and metric of a wide column: `seg/mIoU`, `test.seg.mIoU`, `seg: mIoU`; a name without such a
  /// mark is a task of its own.
  private static func parts(_ name: String) -> (task: String, metric: String) {
    let bare = KnownDirection.bare(name)
    guard let mark = mark(in: bare) else { return (bare, bare) }
    let metric = bare[bare.index(after: mark)...].drop { $0 == " " }
    return (String(bare[..<mark]), String(metric))
  }

  /// The place that splits a name: its last `/`, else its last `:`, else its last `.` that is no decimal
  /// point.
  private static func mark(in name: String) -> String.Index? {
    for sign in "/:." {
      let mark = name.indices.last { index in
        guard name[index] == sign, index != name.startIndex,
          name.index(after: index) != name.endIndex
        else { return false }
        let isBetweenDigits =
          name[name.index(before: index)].isWholeNumber
          && name[name.index(after: index)].isWholeNumber
        return sign != "." || !isBetweenDigits
      }
      if let mark { return mark }
    }
    return nil
  }

  private mutating func value(
    _ text: String,
    _ column: String,
    line: Int
  ) throws(ImportError) -> ResultValue {
    guard let (value, hasSpread) = ResultValue.read(text) else {
      throw .line(file: file.path, line: line, .notANumber(column: column, text: text))
    }
    hasSpreads = hasSpreads || hasSpread
    return value
  }

  private static let failures = ["failed", "diverged", "refused", "crashed", "error"]

  private func hasFailed(_ cells: [String]) -> Bool {
    columns.text(.status, cells).map { Self.failures.contains($0.lowercased()) } ?? false
  }

  /// Takes in a metric of a task where it is met first, and checks that later rows agree.
  private mutating func declare(
    _ written: String,
    _ name: String,
    task: String,
    _ row: TextTable.Row
  ) throws(ImportError) {
    let stated = try direction(row)
    if let known = metrics.firstIndex(where: { $0.task == task && $0.name == name }) {
      guard let stated else { return }
      if let before = metrics[known].isHigher, before != stated {
        throw .line(
          file: file.path,
          line: row.line,
          .otherDirection(metric: name, firstLine: metrics[known].line)
        )
      }
      metrics[known].isHigher = stated
      return
    }
    let counts = columns.text(.inDeltaM, row.cells)?.lowercased()
    metrics.append(
      Metric(
        task: task,
        name: name,
        isHigher: stated ?? KnownDirection.isHigher(written),
        unit: columns.text(.unit, row.cells) ?? "",
        isInDeltaM: counts.map { !["0", "false", "no"].contains($0) } ?? true,
        line: row.line
      )
    )
  }

  private func direction(_ row: TextTable.Row) throws(ImportError) -> Bool? {
    guard columns.isTidy, let text = columns.text(.direction, row.cells) else { return nil }
    switch text.lowercased() {
    case "higher", "max", "maximize", "up", "↑", "+": return true
    case "lower", "min", "minimize", "down", "↓", "-": return false
    default: throw .line(file: file.path, line: row.line, .notADirection(text))
    }
  }

  private mutating func add(
    _ row: TextTable.Row,
    _ problem: String,
    task: String,
    metric: String,
    _ value: ResultValue,
    counting place: String
  ) throws(ImportError) {
    guard let method = columns.text(.method, row.cells) else {
      throw .line(file: file.path, line: row.line, .empty(column: "method"))
    }
    let problem = columns.text(.problem, row.cells) ?? problem
    let key = "\(problem)\u{0}\(method)\u{0}\(place)"
    counts[key, default: 0] += 1
    let seed = columns.text(.seed, row.cells) ?? "\(counts[key] ?? 1)"
    if let group = columns.text(.group, row.cells) { groups[method] = group }
    cells.append(
      Cell(
        method: method,
        problem: problem,
        seed: seed,
        task: task,
        metric: metric,
        value: value,
        line: row.line
      )
    )
  }
}
