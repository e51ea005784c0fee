/// One input of a table.
enum InputColumn {
  case number(NumberColumn)
  case category(CategoryColumn)

  /// A column with more different values is a category only where the suite says so.
  static let mostCategories = 64
  /// The most values that a category may have at all.
  static let mostValues = 1000

  var name: String {
    switch self {
    case .number(let column): column.name
    case .category(let column): column.name
    }
  }

  /// What `check` tells of it.
  var summary: InputSummary {
    switch self {
    case .number(let column):
      InputSummary(
        name: column.name,
        kind: column.isTruth ? .boolean : .number,
        missingCount: column.values.count { $0.isNaN },
        categories: []
      )
    case .category(let column):
      InputSummary(
        name: column.name,
        kind: .category,
        missingCount: column.places.count { $0 < 0 },
        categories: column.values.map { .init(name: $0.name, count: $0.count) }
      )
    }
  }

  /// Keeps the rows of the given indices.
  mutating func keep(rows: [Int]) {
    switch self {
    case .number(var column):
      column.keep(rows: rows)
      self = .number(column)
    case .category(var column):
      column.keep(rows: rows)
      self = .category(column)
    }
  }
}

/// An input of numbers, or of words for true and false as 1 and 0.
struct NumberColumn {
  let name: String
  /// Whether the cells are words for true and false.
  let isTruth: Bool
  /// Values, NaN where missing, shape [rowCount].
  private(set) var values: [Double]
  /// Whether any row of the file lacks a value.
  let isMissingSome: Bool

  init(name: String, values: [Double], isTruth: Bool = false) {
    self.name = name
    self.isTruth = isTruth
    self.values = values
    isMissingSome = values.contains { $0.isNaN }
  }

  /// Keeps the rows of the given indices.
  mutating func keep(rows: [Int]) { values = rows.map { values[$0] } }
}
