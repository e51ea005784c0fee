internal import Settings

/// A data file that cannot be used as the suite asks, with where and what to do.
package enum CSVError: Error, Hashable, CustomStringConvertible {
  /// The file itself cannot be read.
  case file(String, FileProblem)
  /// The text of the file is no table.
  case text(file: String, line: Int, TextProblem)
  /// The text is no dense ARFF.
  case arff(file: String, line: Int, ARFFProblem)
  /// One cell is wrong.
  case cell(file: String, line: Int, column: String, CellProblem)
  /// A whole column cannot serve as what it is named for.
  case column(file: String, name: String, ColumnProblem)
  /// The suite, or the description beside the file, asks for a column there is not.
  case unknownColumn(file: String, name: String, askedAt: String, known: [String])
  /// No column is left that could be an input.
  case noInputs(file: String, [TableNotice])
  /// The rows cannot be split as asked.
  case split(file: String, SplitProblem)

  package enum FileProblem: Hashable, Sendable {
    case missing
    case isFolder
    /// A pipe or a device, which may never end, and cannot be read twice.
    case notPlain
    case notPermitted
    case tooLarge
    case empty
    case noRows
    /// What gzip packed and cannot be unpacked.
    case damagedPacking
    /// No text of a table.
    case format(FileFormat)
    /// Any other failure, in the system's words.
    case system(String)
  }

  package enum TextProblem: Hashable, Sendable {
    case notUTF8(byte: UInt8)
    case notUTF16
    case ragged(cells: Int, expected: Int, delimiter: String, hint: RaggedHint)
    case openQuote
    case textAfterQuote
    case duplicateColumn(name: String, first: Int, second: Int)
    /// Only one column with this delimiter; another one would give more.
    case wrongDelimiter(used: String, likely: String)
    /// Only one column, and spaces in every row.
    case spaces(used: String)
  }

  /// What a row of another length than the first may be.
  package enum RaggedHint: Hashable, Sendable {
    /// Too long, and not the first.
    case quotes
    /// Too short.
    case short
    case comment
    /// The first row names one column less.
    case rowNames
    /// The first row is a single cell.
    case title
  }

  package enum ARFFProblem: Hashable, Sendable {
    case noAttributes
    case noData
    case openNominal(String)
    case relational
    case sparse
  }

  package enum CellProblem: Hashable, Sendable {
    case notNumber(String, NumberLikeness?, isInput: Bool)
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
    /// Texts of so few rows each are no classes.
    case names(count: Int, rows: Int)
    case dates(example: String)
    case runningNumber
    case identifier
    /// An input that is named and cannot serve.
    case dateInput(example: String)
    /// Dates to be taken apart whose day and month may be either.
    case ambiguousDates(example: String)
    case nameInput(count: Int, rows: Int)
    case manyCategories(count: Int)
    case tooManyCategories(limit: Int)
    /// What the column holds in one part of the data does not suffice.
    case noLabelsInPart(part: String)
    case constantTraining
    case noTrainingValues
    /// An input of another task's file that this file has not as an input.
    case noInputHere(other: String)
    /// An input of texts whose column in another file holds numbers.
    case textsHere(example: String, other: String)
  }

  package enum SplitProblem: Hashable, Sendable {
    case tooFewRows(rows: Int, part: String, needed: Int)
    case emptyPart(column: String, part: String, needed: Int)
  }

  package var description: String { description(for: .keys) }

  /// The message, in the words of how targets were asked for.
  package func description(for asking: TargetAsking) -> String {
    switch self {
    case .file(let file, let problem): "\(file): \(problem.words)"
    case .text(let file, let line, let problem): "\(file):\(line): \(problem.words)"
    case .arff(let file, let line, let problem): "\(file):\(line): \(problem.words)"
    case .cell(let file, let line, let column, let problem):
      "\(file):\(line): column '\(column)': \(problem.words(asking, column))"
    case .column(let file, let name, let problem):
      "\(file): column '\(name)': \(problem.words(asking, name))"
    case .unknownColumn(let file, let name, let askedAt, let known):
      "\(file):1: " + CSVError.words(unknownColumn: name, askedAt: askedAt, known: known)
    case .noInputs(let file, let notices):
      "\(file): no column is left as an input; "
        + notices.map { "\($0)" }.joined(separator: "; ")
    case .split(let file, let problem): "\(file): \(problem.words(asking))"
    }
  }

  private static func words(unknownColumn name: String, askedAt: String, known: [String]) -> String
  {
    let nearest = NearestName.question(name, among: known).map { "; \($0)" } ?? ";"
    let what = ColumnPattern(name).isPattern ? "no column matches" : "no column is named"
    return "\(what) '\(name)', which \(askedAt) asks for\(nearest) columns: "
      + list(known)
  }

  /// Names; a long list is cut.
  fileprivate static func list(_ names: [String]) -> String {
    let most = 20
    return names.prefix(most).joined(separator: ", ") + (names.count > most ? ", …" : "")
  }
}

extension CSVError.FileProblem {
  fileprivate var words: String {
    switch self {
    case .missing: "no such file; a path is relative to the folder of the suite file"
    case .isFolder: "is a folder, expected a CSV file"
    case .notPlain: "is a pipe or a device, expected a CSV file; write what it gives to a file"
    case .notPermitted: "no permission to read this file"
    case .tooLarge: "larger than 4 GiB, too large for this program"
    case .empty: "the file is empty, expected a row of column names and rows of values"
    case .noRows: "the file has column names but no rows"
    case .damagedPacking: "packed by gzip and damaged; fetch or pack it again"
    case .format(let format): "\(format.rawValue); \(format.remedy)"
    case .system(let words): "cannot be read: \(words)"
    }
  }
}

extension CSVError.TextProblem {
  fileprivate var words: String {
    switch self {
    case .notUTF8(let byte):
      "not UTF-8 text: byte 0x\(String(byte, radix: 16, uppercase: true)); save the file as UTF-8"
    case .notUTF16: "UTF-16 text that is damaged here; save the file as UTF-8"
    case .ragged(let cells, let expected, let delimiter, let hint):
      "\(cells) \(cells == 1 ? "cell" : "cells"), expected \(expected) as in the first row; "
        + hint.words(delimiter)
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
    case .spaces(let used):
      "a single column when split at \(used); cells cannot be separated by runs of spaces, write "
        + "commas or tabs between them"
    }
  }
}

extension CSVError.RaggedHint {
  fileprivate func words(_ delimiter: String) -> String {
    let quotes = "put double quotes around a cell that holds \(delimiter)"
    return switch self {
    case .quotes: quotes
    case .short: "complete the row, or delete it"
    case .comment: "if lines that begin with '#' are comments, set comment: '#'"
    case .rowNames: "if a column of row names has no name, write one in front; else \(quotes)"
    case .title:
      "if the first row is a title, delete it; if a comment, set comment to the sign it begins with"
    }
  }
}

extension CSVError.ARFFProblem {
  fileprivate var words: String {
    switch self {
    case .noAttributes: "@data before any @attribute"
    case .noData: "an ARFF file without @data"
    case .openNominal(let name): "attribute \(CellText.quoted(name)): no '}' after its values"
    case .relational: "a relational attribute; only flat tables can be read"
    case .sparse:
      "a sparse row; make the file dense, for example by Weka's filter SparseToNonSparse, or by "
        + "scipy.sparse and pandas as CSV"
    }
  }
}

extension CSVError.CellProblem {
  fileprivate func words(_ asking: TargetAsking, _ column: String) -> String {
    switch self {
    case .notNumber(let value, let likeness, let isInput):
      "expected a number, found \(CellText.quoted(value)); "
        + (likeness?.remedy
          ?? "if it marks a missing value, leave the cell empty"
          + (asking == .keys ? " or add it to missing_values" : ""))
        + (isInput
          ? "; if these are categories, name the column in categories; else leave it out of inputs"
          : likeness == nil && asking == .keys
            ? "; if it is a class, set the kind"
            : "; if these are classes, \(asking.kind("multiclass", of: column))")
    case .notFinite(let value):
      "expected a finite number below 3.4e38, found \(CellText.quoted(value)); leave the cell empty if "
        + "the value is missing"
    case .unknownClass(let value, let known):
      "expected one of the classes \(known.joined(separator: ", ")), found \(CellText.quoted(value)); "
        + "correct the cell or the list of classes"
    case .unknownPart(let value):
      "expected train, val or test, found \(CellText.quoted(value)); for a drawn split set split: seeded"
    }
  }
}

extension CSVError.ColumnProblem {
  fileprivate func words(_ asking: TargetAsking, _ name: String) -> String {
    switch self {
    case .noValues: "every cell is missing; leave the column out of inputs"
    case .noLabels: "every label is missing; leave the column out of \(asking.targets)"
    case .oneClass(let label):
      "every label is '\(label)', a classification needs two classes; leave the column out of "
        + asking.targets
    case .constant(let value):
      "every value is \(value), there is nothing to predict; leave the column out of "
        + asking.targets
    case .notBinary(let classes):
      "kind binary, but \(classes.count) classes: \(CSVError.list(classes)); "
        + "\(asking.kind("multiclass", of: name)), or correct the cells"
    case .tooManyClasses(let limit):
      "more than \(limit) different texts, these are no classes; leave the column out of "
        + asking.targets
    case .names(let count, let rows):
      "\(count) different texts in \(rows) rows are names or free text, not classes; leave the "
        + "column out of \(asking.targets), or \(asking.kind("multiclass", of: name))"
    case .dates(let example):
      "dates or times such as \(CellText.quoted(example)), not classes; leave the column out of "
        + "\(asking.targets), write them as numbers, or \(asking.kind("multiclass", of: name))"
    case .runningNumber:
      "counts the rows one by one, an id and nothing to predict; leave the column out of "
        + "\(asking.targets), or \(asking.kind("regression", of: name))"
    case .identifier:
      "another whole number in every row, an id by its name; leave the column out of "
        + "\(asking.targets), or \(asking.kind("regression", of: name))"
    case .dateInput(let example):
      "dates or times such as \(CellText.quoted(example)); leave the column out of inputs, or set "
        + "dates: split"
    case .ambiguousDates(let example):
      "dates such as \(CellText.quoted(example)), of which no one tells day from month; write them as "
        + "2024-12-31, or set dates: leave_out"
    case .nameInput(let count, let rows):
      "\(count) different texts in \(rows) rows are names or free text; leave the column out of "
        + "inputs, or name it in categories"
    case .manyCategories(let count):
      "\(count) different texts, more than the \(InputColumn.mostCategories) of a category; name "
        + "it in categories to code each that is not rare, or leave the column out of inputs"
    case .tooManyCategories(let limit):
      "more than \(limit) different texts, too many for a category; leave the column out of inputs"
    case .noLabelsInPart(let part):
      "no label in the \(part) part; give that part rows with a label, \(asking.byKeys)or leave the "
        + "column out of \(asking.targets)"
    case .constantTraining:
      "all labels of the training part are alike; give that part rows with another, "
        + "\(asking.byKeys)or leave the column out of \(asking.targets)"
    case .noTrainingValues:
      "every cell of the training part is missing; leave the column out of inputs"
    case .noInputHere(let other):
      "no input here, and one in \(other); all tasks have the same inputs: add the column, or name in "
        + "inputs those that every file has"
    case .textsHere(let example, let other):
      "texts such as \(CellText.quoted(example)) here, and numbers in \(other); all tasks have the "
        + "same inputs: write it alike, name it in categories, or leave it out of inputs"
    }
  }
}

extension CSVError.SplitProblem {
  fileprivate func words(_ asking: TargetAsking) -> String {
    switch self {
    case .tooFewRows(let rows, let part, let needed):
      "\(rows) rows with a label are too few: the \(part) part needs at least \(needed); "
        + (asking == .keys ? "change fractions or add rows" : "add rows")
    case .emptyPart(let column, let part, let needed):
      "column '\(column)' must put at least \(needed) labelled \(needed == 1 ? "row" : "rows") "
        + "into \(part); correct it" + (asking == .keys ? ", or set split: seeded" : "")
    }
  }
}
