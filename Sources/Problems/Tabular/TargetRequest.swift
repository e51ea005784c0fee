internal import Settings

/// What a suite or a description says of one target, or of several by one pattern.
struct TargetRequest {
  /// How a target's kind is stated.
  enum Kind: String, CaseIterable {
    case regression
    case binary
    case multiclass
  }

  /// A column's name or a pattern.
  let column: String
  /// The task whose outputs several columns are; nil for a task of this column alone.
  var task: String?
  /// Columns of the task.
  var outputCount = 1
  /// Stated kind; nil to infer it.
  var kind: Kind?
  var loss: LossKind?
  var metrics: [MetricKind]?
  var huberDelta = 1.0
  /// Class names in the order of their indices; nil to take them from the cells.
  var classNames: [String]?
  var unit = ""
  /// Where the request stands, for messages.
  let askedAt: String

  init(column: String, askedAt: String) {
    self.column = column
    self.askedAt = askedAt
  }

  /// Most columns of one task.
  private static let mostColumns = 1000

  /// The requests of a table: one of its `column`, or one of each of its `columns`, which are the
  /// outputs of one task called `name`.
  static func all(settings: inout SettingsReader) throws(SettingsError) -> [TargetRequest] {
    guard settings.asks("columns") else {
      let column = try settings.text("column")
      return [try TargetRequest(column, "\(settings.place(of: "column"))", settings: &settings)]
    }
    let columns = try settings.texts("columns", default: nil, count: 1...mostColumns)
    let name = try settings.text("name")
    let place = "\(settings.place(of: "columns"))"
    var request = try TargetRequest(columns[0], place, settings: &settings)
    if (request.kind ?? .regression) != .regression || request.classNames != nil {
      throw settings.error(
        settings.has("kind") ? "kind" : "classes",
        "several columns make a regression; give a task of classes one column"
      )
    }
    request.kind = .regression
    request.task = name
    return columns.map { request.with(column: $0) }
  }

  private func with(column: String) -> TargetRequest {
    var request = TargetRequest(column: column, askedAt: askedAt)
    request.task = task
    request.kind = kind
    request.loss = loss
    request.metrics = metrics
    request.huberDelta = huberDelta
    request.unit = unit
    return request
  }

  /// Reads the keys beside the columns: kind, loss, huber_delta, metrics, classes, unit.
  private init(
    _ column: String,
    _ askedAt: String,
    settings: inout SettingsReader
  ) throws(SettingsError) {
    self.init(column: column, askedAt: askedAt)
    if settings.asks("kind") {
      let names = Kind.allCases.map { $0.rawValue }
      kind = Kind(rawValue: try settings.choice("kind", of: names, default: nil))
    }
    if settings.asks("loss") {
      let names = LossKind.allCases.map { $0.rawValue }
      loss = LossKind(rawValue: try settings.choice("loss", of: names, default: nil))
    }
    if let delta = try settings.optionalNumber("huber_delta", in: 1e-6...1e6) {
      guard loss == .huber else {
        throw settings.error("huber_delta", "only loss: huber has a delta")
      }
      huberDelta = delta
    }
    if settings.asks("metrics") {
      metrics = try TargetRequest.metrics(settings: &settings)
    }
    if settings.asks("classes") {
      classNames = try settings.texts("classes", default: nil, count: 2...TargetColumn.mostClasses)
    }
    unit = try settings.text("unit", default: "")
    try requireFit(settings)
  }

  private static func metrics(
    settings: inout SettingsReader
  ) throws(SettingsError) -> [MetricKind] {
    let known = MetricKind.allCases.map { $0.rawValue }
    let names = try settings.texts("metrics", default: nil, count: 1...known.count)
    var metrics: [MetricKind] = []
    for name in names {
      guard let metric = MetricKind(rawValue: name) else {
        let near = NearestName.question(name, among: known).map { "; \($0)" } ?? ";"
        throw settings.error(
          "metrics",
          "unknown metric '\(name)'\(near) known: \(known.joined(separator: ", "))"
        )
      }
      if metrics.contains(metric) {
        throw settings.error("metrics", "metric '\(name)' is given twice")
      }
      metrics.append(metric)
    }
    return metrics
  }

  /// Refuses classes that repeat, or that do not fit a stated kind.
  private func requireFit(_ settings: SettingsReader) throws(SettingsError) {
    guard let classNames else { return }
    if Set(classNames).count < classNames.count {
      throw settings.error("classes", "a class is given twice")
    }
    if kind == .regression { throw settings.error("classes", "a regression has no classes") }
    if kind == .binary && classNames.count != 2 {
      throw settings.error("classes", "a binary task has two classes, not \(classNames.count)")
    }
  }
}

extension SettingsReader {
  /// Whether an optional key is present; counts as asking for it, so that messages list it.
  mutating func asks(_ key: String) -> Bool { rawSetting(key) != nil }
}
