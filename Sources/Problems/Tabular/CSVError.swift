internal import Settings

/// A data file that cannot be used as the suite asks, with where and what to do.
package enum CSVError: Error, Hashable, CustomStringConvertible {
  /// The file itself cannot be read.
  case file(String, FileProblem)
  /// The text of the file is no table.
  case text(file: String, line: Int, TextProblem)
  /// One cell is wrong.
  case cell(file: String, line: Int, column: String, CellProblem)
  /// A whole column cannot serve as what it is named for.
  case column(file: String, name: String, ColumnProblem)
  /// The suite, or the description beside the file, asks for a column there is not.
  case unknownColumn(file: String, name: String, askedAt: String, known: [String])
  /// The rows cannot be split as asked.
  case split(file: String, SplitProblem)

  package enum FileProblem: Hashable, Sendable {
    case missing
    case isFolder
    case notPermitted
    case tooLarge
    case empty
    case noRows
    /// Any other failure, in the system's words.
    case system(String)
  }

  package enum TextProblem: Hashable, Sendable {
    case notUTF8(byte: UInt8)
    case utf16
    case ragged(cells: Int, expected: Int, delimiter: String)
    case openQuote
    case textAfterQuote
    case duplicateColumn(name: String, first: Int, second: Int)
    /// Only one column with this delimiter; another one would give more.
    case wrongDelimiter(used: String, likely: String)
  }

  package enum CellProblem: Hashable, Sendable {
    case notNumber(String, isInput: Bool)
    case notFinite(String)
    case unknownClass(String, known: [String])
    case unknownPart(String)
  }

  package enum ColumnProblem: Hashable, Sendable {
    case noValues
    case noLabels
    case oneClass(String)
    case constant(String)
    case notBinary(classes: [String])
    case tooManyClasses(limit: Int)
    /// What the column holds in one part of the data does not suffice.
    case noLabelsInPart(part: String)
    case constantTraining
    case noTrainingValues
  }

  package enum SplitProblem: Hashable, Sendable {
    case tooFewRows(rows: Int, part: String, needed: Int)
    case emptyPart(column: String, part: String, needed: Int)
  }

  package var description: String {
    switch self {
    case .file(let file, let problem): "\(file): \(problem.words)"
    case .text(let file, let line, let problem): "\(file):\(line): \(problem.words)"
    case .cell(let file, let line, let column, let problem):
      "\(file):\(line): column '\(column)': \(problem.words)"
    case .column(let file, let name, let problem): "\(file): column '\(name)': \(problem.words)"
    case .unknownColumn(let file, let name, let askedAt, let known):
      "\(file):1: " + CSVError.words(unknownColumn: name, askedAt: askedAt, known: known)
    case .split(let file, let problem): "\(file): \(problem.words)"
    }
  }

  private static func words(unknownColumn name: String, askedAt: String, known: [String]) -> String
  {
    /// Longer lists of columns are cut.
    let most = 20
    let list = known.prefix(most).joined(separator: ", ") + (known.count > most ? ", …" : "")
    let nearest = NearestName.of(name, among: known).map { "; did you mean '\($0)'?" } ?? ";"
    let what = ColumnPattern(name).isPattern ? "no column matches" : "no column is named"
    return "\(what) '\(name)', which \(askedAt) asks for\(nearest) columns: \(list)"
  }
}

extension CSVError.FileProblem {
  fileprivate var words: String {
    switch self {
    case .missing: "no such file; a path is relative to the folder of the suite file"
    case .isFolder: "is a folder, expected a CSV file"
    case .notPermitted: "no permission to read this file"
    case .tooLarge: "larger than 4 GiB, too large for this program"
    case .empty: "the file is empty, expected a row of column names and rows of values"
    case .noRows: "the file has column names but no rows"
    case .system(let words): "cannot be read: \(words)"
    }
  }
}

extension CSVError.TextProblem {
  fileprivate var words: String {
    switch self {
    case .notUTF8(let byte):
      "not UTF-8 text: byte 0x\(String(byte, radix: 16, uppercase: true)); save the file as UTF-8"
    case .utf16: "UTF-16 text; save the file as UTF-8"
    case .ragged(let cells, let expected, let delimiter):
      "\(cells) \(cells == 1 ? "cell" : "cells"), expected \(expected) as in the first row; "
        + "put double quotes around a cell that holds \(delimiter)"
    case .openQuote:
      "the quoted cell that begins here is never closed; a quote inside it is "
        + "written twice"
    case .textAfterQuote:
      "text after the closing quote of a cell; a quote inside a quoted cell "
        + "is written twice"
    case .duplicateColumn(let name, let first, let second):
      "columns \(first) and \(second) are both named '\(name)'; give each a name of its own"
    case .wrongDelimiter(let used, let likely):
      "a single column when split at \(used); try delimiter: \(likely)"
    }
  }
}

extension CSVError.CellProblem {
  fileprivate var words: String {
    switch self {
    case .notNumber(let value, let isInput):
      "expected a number, found \(quoted(value)); if it marks a missing value, leave the cell "
        + "empty or add it to missing_values; "
        + (isInput ? "else leave the column out of inputs" : "if it is a class, set the kind")
    case .notFinite(let value):
      "expected a finite number below 3.4e38, found \(quoted(value)); leave the cell empty if "
        + "the value is missing"
    case .unknownClass(let value, let known):
      "expected one of the classes \(known.joined(separator: ", ")), found \(quoted(value)); "
        + "correct the cell or the list of classes"
    case .unknownPart(let value):
      "expected train, val or test, found \(quoted(value)); for a drawn split set split: seeded"
    }
  }

  private func quoted(_ text: String) -> String {
    let longest = 40
    let start = VisibleText.of(String(text.prefix(longest)))
    return "'\(start)\(text.count > longest ? "…" : "")'"
  }
}

extension CSVError.ColumnProblem {
  fileprivate var words: String {
    switch self {
    case .noValues: "every cell is missing; leave the column out of inputs"
    case .noLabels: "every label is missing; leave the column out of targets"
    case .oneClass(let label): "every label is '\(label)', a classification needs two classes"
    case .constant(let value): "every value is \(value), there is nothing to predict"
    case .notBinary(let classes):
      "kind binary, but \(classes.count) classes: \(classes.joined(separator: ", ")); "
        + "set kind: multiclass, or correct the cells"
    case .tooManyClasses(let limit):
      "more than \(limit) different texts, these are no classes; leave the column out of targets"
    case .noLabelsInPart(let part):
      "no label in the \(part) part; give it a larger fraction, or leave the column out of targets"
    case .constantTraining:
      "all labels of the training part are alike; give it a larger fraction, or leave the column "
        + "out of targets"
    case .noTrainingValues:
      "every cell of the training part is missing; leave the column out of inputs"
    }
  }
}

extension CSVError.SplitProblem {
  fileprivate var words: String {
    switch self {
    case .tooFewRows(let rows, let part, let needed):
      "\(rows) rows with a label are too few: the \(part) part needs at least \(needed); "
        + "change fractions or add rows"
    case .emptyPart(let column, let part, let needed):
      "column '\(column)' must put at least \(needed) labelled \(needed == 1 ? "row" : "rows") "
        + "into \(part); correct it, or set split: seeded"
    }
  }
}
