internal import Settings
internal import Store

/// A table that can be made of a suite's results.
package protocol ReportTable: SendableMetatype {
  /// Lower-case letters and hyphens; names files and is what the command is asked for.
  static var name: String { get }
  /// One line of what it shows.
  static var summary: String { get }
  /// Whether there is one for every problem or one for the suite.
  static var scope: ReportScope { get }
  /// Where it stands in the report.
  static var topic: ReportTopic { get }
  /// Whether it is made of losses over training, which are read only for tables that need them.
  static var needsSeries: Bool { get }
  /// Whether it has anything to say of a suite; where it has not, nobody misses it.
  static func applies(to results: SuiteResults) -> Bool
  /// The table; where `scope` is a problem, `results` holds that problem alone, with its losses over
  /// training where `needsSeries` says so.
  ///
  /// - Throws: `TableError` when the results hold nothing it could show.
  static func table(of results: SuiteResults) throws(TableError) -> Table
}

extension ReportTable {
  package static var topic: ReportTopic { .results }
  package static var needsSeries: Bool { false }
  package static func applies(to results: SuiteResults) -> Bool { true }

  /// The name of the table of one problem, which no other table of the suite has.
  static func name(on problem: ProblemResults) -> String {
    FileNames.ofProblem(problem.problem.label) + "-" + name
  }
}

/// The tables there are, one line each.
package enum TableRegistry {
  package static let all: [any ReportTable.Type] = [
    VerdictTable.self,
    ProblemTable.self,
    AgainstStaticTable.self,
    ProtocolTable.self,
    UtilityTable.self,
    OverviewTable.self,
    NetworkTable.self,
    RankingTable.self,
    TuningTable.self,
    CheckpointTable.self,
    CostTable.self,
    EqualStepsTable.self,
    EqualSamplesTable.self,
    EqualSecondsTable.self,
    FailureTable.self,
    TrainingTable.self,
  ]
}

/// Why a table could not be made.
package enum TableError: Error, Hashable, CustomStringConvertible {
  /// The results hold nothing this table could show.
  case notApplicable(table: String, reason: String)
  /// No row has this label.
  case unknownRow(String, known: [String])
  /// No column has this name or head; names and heads are in the same order.
  case unknownColumn(String, known: [String], heads: [String])
  /// Several columns have this head.
  case ambiguousColumn(String, candidates: [String])

  package var description: String {
    switch self {
    case .notApplicable(let table, let reason): "\(table): no table: \(reason)"
    case .unknownRow(let label, let known):
      "no row '\(label)'\(Self.meant(label, known)); the rows are \(known.joined(separator: ", "))"
    case .unknownColumn(let name, let known, let heads):
      "no column '\(name)'\(Self.meant(name, known + heads)); the columns are "
        + Self.columns(known, heads)
    case .ambiguousColumn(let name, let candidates):
      "several columns are headed '\(name)'; choose one of \(candidates.joined(separator: ", "))"
    }
  }

  private static func meant(_ name: String, _ known: [String]) -> String {
    NearestName.question(name, among: known).map { " (\($0))" } ?? ""
  }

  /// Every name with the head that stands over it, where that is another.
  private static func columns(_ names: [String], _ heads: [String]) -> String {
    zip(names, heads).map { $0 == $1 ? $0 : "\($0) (\($1))" }.joined(separator: ", ")
  }
}
