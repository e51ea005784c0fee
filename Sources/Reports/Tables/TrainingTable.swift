internal import Store

/// How the runs of a suite were trained and tuned, said once for all its tables.
package enum TrainingTable: ReportTable {
  package static let name = "training"
  package static let summary =
    "how all runs were trained, reported and tuned, which no other table repeats"
  package static let scope = ReportScope.suite

  package static func applies(to results: SuiteResults) -> Bool {
    !TrainingNote.settings(results.problems).isEmpty
  }

  package static func table(of results: SuiteResults) throws(TableError) -> Table {
    let settings = TrainingNote.settings(results.problems)
    guard !settings.isEmpty else {
      throw .notApplicable(table: name, reason: "no settings of training are stored")
    }
    return Table(
      name: name,
      title: "Training and tuning of suite \(results.suite.name)",
      labelHead: "What",
      columns: [Table.Column(name: "setting", head: "How")],
      rows: settings.map { Table.Row(label: $0.name, cells: [.text($0.text)]) }
    )
  }
}
