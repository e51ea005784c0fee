internal import Harness
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

  /// What a shard is told to have done.
  static func document(
    _ training: SuiteSession.Training,
    _ session: SuiteSession
  ) -> CanonicalTable {
    var document = CanonicalTable()
    document["schema"] = .text("mtlbench/shard/1")
    document["suite"] = .text(session.suite.name)
    document["shard"] = .text(session.suite.shard?.text ?? "")
    document["database"] = .text(session.database)
    document["runs"] = .count(training.runCount)
    document["trained"] = .count(training.trainedCount)
    document["missing"] = .count(training.missingCount)
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
