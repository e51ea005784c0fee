/// What a person ought to know of how a table was read, though nothing is wrong.
package enum TableNotice: Hashable, Sendable, CustomStringConvertible {
  /// Different spellings in a column are one value.
  case merged(column: String, name: String, spellings: [String])
  /// Two values of a column differ only by capitals, spaces, dashes or underscores.
  case alike(column: String, isTarget: Bool, first: String, second: String)
  /// Classes that one row has.
  case single(column: String, classes: [String])
  /// Classes of few rows each.
  case few(column: String, classes: Int, rows: Int)
  /// A numeric target of few different values.
  case fewValues(column: String, count: Int)
  /// Texts read as missing values, beside the empty cell and the suite's own marks.
  case marks([Mark])
  /// A column that is no input since it holds nothing to learn from.
  case leftOut(column: String, Reason)
  /// A number that may stand for a missing value.
  case sentinel(column: String, value: String, count: Int)
  /// A row of names that looks like one of values.
  case numericNames(count: Int)
  /// A column of dates that is several columns of numbers.
  case split(column: String, into: [String], strange: Int)
  /// An input that equals a target in every row.
  case copy(input: String, target: String)
  /// What is to be known of one task's own file.
  indirect case ofTask(String, TableNotice)

  /// A text read as a missing value.
  package struct Mark: Hashable, Sendable {
    let text: String
    let cells: Int
  }

  /// Why a column is no input.
  package enum Reason: Hashable, Sendable {
    case empty
    case constant(String)
    case dates(example: String)
    case names(count: Int, rows: Int)
    case runningNumber
    case identifier
  }

  /// Whether the first version of this program would have read the column otherwise.
  var changesNumbers: Bool {
    switch self {
    case .merged, .marks, .leftOut: true
    case .alike, .single, .few, .fewValues, .sentinel, .numericNames, .split, .copy: false
    case .ofTask(_, let notice): notice.changesNumbers
    }
  }

  package var description: String {
    switch self {
    case .merged(let column, let name, let spellings):
      spellings.count == 1
        ? "column '\(column)': \(CellText.quoted(name)) is one value with and without spaces"
        : "column '\(column)': \(CellText.list(spellings)) are read as one value, "
          + CellText.quoted(name)
    case .alike(let column, let isTarget, let first, let second):
      "column '\(column)': \(CellText.quoted(first)) and \(CellText.quoted(second)) look alike; "
        + "they are two \(isTarget ? "classes" : "categories") unless the cells are corrected"
    case .single(let column, let classes):
      "column '\(column)': \(classes.count == 1 ? "a class" : "classes") of a single row each: "
        + "\(CellText.list(classes)); no class of one row can be learnt and tested"
    case .few(let column, let classes, let rows):
      "column '\(column)': \(classes) classes in \(rows) rows; what only a few rows have can hardly be "
        + "learnt, and may be names"
    case .fewValues(let column, let count):
      "column '\(column)': \(count) different whole numbers, read as a regression; "
        + "kind: multiclass makes classes of them"
    case .marks(let marks):
      "read as missing: "
        + marks.map {
          "\(CellText.quoted($0.text)) (\($0.cells == 1 ? "1 cell" : "\($0.cells) cells"))"
        }.joined(separator: ", ")
        + "; usual_missing: false keeps them"
    case .leftOut(let column, let reason):
      "column '\(column)' is left out of inputs: \(reason.words)"
    case .sentinel(let column, let value, let count):
      "column '\(column)': \(value) stands in \(count) cells and far from all others; if it marks "
        + "a missing value, set missing_values: ['\(value)']"
    case .numericNames(let count):
      "\(count) of the names in the first row are numbers; if the file has no row of names, write one"
    case .split(let column, let names, let strange):
      "column '\(column)' is taken apart into \(names.joined(separator: ", "))"
        + (strange == 0
          ? ""
          : "; \(strange == 1 ? "1 cell is no date" : "\(strange) cells are no dates"), and missing")
    case .copy(let input, let target):
      "column '\(input)' equals the target '\(target)' in every row; take it out of inputs, "
        + "unless that is meant"
    case .ofTask(let task, let notice): "\(task): \(notice)"
    }
  }
}

extension TableNotice.Reason {
  /// What the column is, in a few words.
  fileprivate var words: String {
    switch self {
    case .empty: "every cell is missing"
    case .constant(let value): "every value is \(CellText.quoted(value))"
    case .dates(let example):
      "dates or times such as \(CellText.quoted(example)); dates: split makes numbers of them"
    case .names(let count, let rows):
      "\(count) different texts in \(rows) rows, names or free text"
    case .runningNumber: "it counts the rows; name it in inputs to keep it"
    case .identifier: "an id, another one in every row; name it in inputs to keep it"
    }
  }
}
