internal import Problems
internal import Reports
internal import Settings
internal import Store

/// What `try --json` prints.
enum TryDocument {
  /// The columns of a table.
  static func columns(_ outline: TableOutline) -> CanonicalTable {
    var document = CanonicalTable()
    document["schema"] = .text("mtlbench/columns/1")
    document["file"] = .text(outline.file)
    document["rows"] = .count(outline.rowCount)
    document["delimiter"] = .text(outline.delimiter)
    var reading = CanonicalTable()
    for setting in outline.settings { reading[setting.key] = .text(setting.value) }
    document["reading"] = .table(reading)
    document["columns"] = .list(
      outline.columns.map { column in
        var table = CanonicalTable()
        table["name"] = .text(column.name)
        table["input"] = .text(orNull: column.inputKind?.rawValue)
        table["target"] = .text(orNull: column.targetKind?.title)
        table["missing"] = .count(column.missingCount)
        table["values"] = .list(column.values.map { .text($0) })
        table["note"] = .text(column.note)
        return .table(table)
      }
    )
    document["suggested_targets"] = .list(
      OutlineText.suggestedTargets(outline).map { .text($0) }
    )
    return document
  }

  /// The answer and where everything lies.
  static func answer(
    _ recommendation: Recommendation,
    _ results: SuiteResults,
    suite: String,
    folder: String,
    database: String
  ) -> CanonicalTable {
    var document = CanonicalTable()
    document["schema"] = .text("mtlbench/try/1")
    document["suite"] = .text(suite)
    document["database"] = .text(database)
    document["page"] = .text("\(folder)/\(ReportWriter.fileName(ofSuite: results.suite.name))")
    document["tables"] = .text("\(folder)/tables")
    document["plots"] = .text("\(folder)/plots")
    for key in recommendation.document.keys { document[key] = recommendation.document[key] }
    return document
  }
}
