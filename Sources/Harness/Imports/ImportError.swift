internal import Settings

/// Why a file of results cannot be taken in, with where and what to do.
package enum ImportError: Error, Hashable, CustomStringConvertible {
  /// The file as a whole.
  case file(String, FileProblem)
  /// One line of it.
  case line(file: String, line: Int, LineProblem)

  package enum FileProblem: Hashable, Sendable {
    /// No column says which method a row is of.
    case noMethods(columns: [String])
    /// Neither `metric` and `value` nor any column of numbers.
    case noMetrics(columns: [String])
    /// Two columns that say the same thing.
    case twice(role: String, first: String, second: String)
    /// Which way a metric improves is not known.
    case noDirection(metrics: [String])
    /// An option names something that the file does not have.
    case unknown(option: String, name: String, kind: String, known: [String])
    case noRows
    /// A JSON array in place of one object a line.
    case array
  }

  package enum LineProblem: Hashable, Sendable {
    case notAnObject(reason: String)
    case nested(key: String)
    case notANumber(column: String, text: String)
    case notADirection(String)
    /// The same cell was given before.
    case repeated(cell: String, firstLine: Int)
    case otherDirection(metric: String, firstLine: Int)
    case empty(column: String)
  }

  package var description: String {
    switch self {
    case .file(let file, let problem): "\(file): \(problem.words)"
    case .line(let file, let line, let problem): "\(file):\(line): \(problem.words)"
    }
  }
}

extension ImportError.FileProblem {
  fileprivate var words: String {
    switch self {
    case .noMethods(let columns):
      "no column says which method a row is of: expected one called method; columns: "
        + columns.joined(separator: ", ")
    case .noMetrics(let columns):
      "expected columns metric and value, or a column of numbers for each metric; columns: "
        + columns.joined(separator: ", ")
    case .twice(let role, let first, let second):
      "the columns '\(first)' and '\(second)' are both taken for the \(role); rename one of them"
    case .noDirection(let metrics):
      "which way is better is not known of \(metrics.map { "'\($0)'" }.joined(separator: ", ")): add a "
        + "column direction with lower or higher, or --lower \(metrics.joined(separator: ",")) or "
        + "--higher …"
    case .unknown(let option, let name, let kind, let known):
      "\(option): there is no \(kind) '\(name)'"
        + (NearestName.question(name, among: known).map { "; \($0)" } ?? "")
        + " (found: \(known.joined(separator: ", ")))"
    case .noRows: "no row holds a result"
    case .array:
      "a JSON array; write one object a line, as pandas does with to_json(orient='records', lines=True)"
    }
  }
}

extension ImportError.LineProblem {
  fileprivate var words: String {
    switch self {
    case .notAnObject(let reason): "expected a JSON object on one line: \(reason)"
    case .nested(let key): "'\(key)': expected a number or a text, found a list or an object"
    case .notANumber(let column, let text):
      "column '\(column)': expected a number, NaN for a failed run, or nothing; found "
        + "'\(VisibleText.of(text))'"
    case .notADirection(let text):
      "expected lower or higher as a direction, found '\(VisibleText.of(text))'"
    case .repeated(let cell, let first):
      "a second value of \(cell); the first is on line \(first). Give runs of one method different "
        + "seeds"
    case .otherDirection(let metric, let first):
      "another direction of '\(metric)' than on line \(first)"
    case .empty(let column): "no \(column) is given"
    }
  }
}
