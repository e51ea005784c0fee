/// A table that can be made of a suite's results.
package protocol ReportTable: SendableMetatype {
  /// Lower-case letters and hyphens; names files and is what the command is asked for.
  static var name: String { get }
  /// One line of what it shows.
  static var summary: String { get }
  /// Whether there is one for every problem or one for the suite.
  static var scope: ReportScope { get }
  /// The table; where `scope` is a problem, `results` holds that problem alone.
  ///
  /// - Throws: `TableError` when the results hold nothing it could show.
  static func table(of results: SuiteResults) throws(TableError) -> Table
}

/// The tables there are, one line each.
package enum TableRegistry {
  package static let all: [any ReportTable.Type] = [
    ProblemTable.self,
    OverviewTable.self,
    TuningTable.self,
    CostTable.self,
  ]
}

/// Why a table could not be made.
package enum TableError: Error, Hashable, CustomStringConvertible {
  /// The results hold nothing this table could show.
  case notApplicable(table: String, reason: String)
  /// No row has this label.
  case unknownRow(String, known: [String])
  /// No column has this name or head.
  case unknownColumn(String, known: [String])

  package var description: String {
    switch self {
    case .notApplicable(let table, let reason): "\(table): no table: \(reason)"
    case .unknownRow(let label, let known):
      "no row '\(label)'; the rows are \(known.joined(separator: ", "))"
    case .unknownColumn(let name, let known):
      "no column '\(name)'; the columns are \(known.joined(separator: ", "))"
    }
  }
}
