internal import Reports
internal import Settings
internal import Store

/// What `run --json` and `judge --json` print: the verdict and where everything lies.
enum RunDocument {
  static func document(
    _ outcome: SuiteSession.Outcome,
    _ session: SuiteSession
  ) -> CanonicalTable {
    var document = document(
      outcome.results,
      schema: "mtlbench/run/1",
      database: session.database,
      folder: session.folder.path
    )
    document["runs"] = .count(outcome.runCount)
    document["trained"] = .count(outcome.trainedCount)
    return document
  }

  static func document(
    _ results: SuiteResults,
    schema: String,
    database: String,
    folder: String
  ) -> CanonicalTable {
    var document = results.document
    document["schema"] = .text(schema)
    document["database"] = .text(database)
    document["page"] = .text("\(folder)/\(ReportWriter.fileName(ofSuite: results.suite.name))")
    document["tables"] = .text("\(folder)/tables")
    document["plots"] = .text("\(folder)/plots")
    return document
  }
}
