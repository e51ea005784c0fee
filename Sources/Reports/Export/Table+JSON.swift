package import Settings

extension Table {
  /// The table for programs: numbers unrounded, what is not applicable null.
  ///
  /// Members: `name`, `title`, `label_head`, `columns` (`name`, `group`, `head`, `unit`, `better`, `formula`),
  /// `rows` (`label`, `failed`, `cells` by the column's name), `caption`, `footnotes`. A cell is null, a
  /// text, or an object with `mean`, `error`, `count`, `failed`, `lower`, `upper`, `p_vs_best`, `p_holm` and
  /// `mark`.
  package var document: CanonicalTable {
    let table = withVisibleText
    var document = CanonicalTable()
    document["name"] = .text(table.name)
    document["title"] = .text(table.title)
    document["label_head"] = .text(table.labelHead)
    document["columns"] = .list(table.columns.map { .table(Self.document($0)) })
    document["rows"] = .list(table.rows.map { .table(Self.document($0, table.columns)) })
    document["caption"] = .list(table.caption.map { .text($0) })
    document["footnotes"] = .list(table.footnotes.map { .text($0) })
    return document
  }

  private static func document(_ column: Column) -> CanonicalTable {
    var document = CanonicalTable()
    document["name"] = .text(column.name)
    document["group"] = .text(column.group)
    document["head"] = .text(column.head)
    document["unit"] = .text(column.unit)
    document["better"] = column.direction == .none ? .null : .text(column.direction.rawValue)
    document["formula"] = .text(column.formula)
    return document
  }

  private static func document(_ row: Row, _ columns: [Column]) -> CanonicalTable {
    var document = CanonicalTable()
    document["label"] = .text(row.label)
    document["failed"] = .flag(row.isFailed)
    var cells = CanonicalTable()
    for (column, cell) in zip(columns, row.cells) { cells[column.name] = value(cell) }
    document["cells"] = .table(cells)
    return document
  }

  private static func value(_ cell: Cell) -> CanonicalTable.Value {
    switch cell {
    case .none: return .null
    case .text(let text): return .text(text)
    case .failure(let finished, let total):
      var document = CanonicalTable()
      document["mean"] = .null
      document["count"] = .count(finished)
      document["failed"] = .count(total - finished)
      return .table(document)
    case .value(let measure):
      var document = CanonicalTable()
      document["mean"] = .number(orNull: measure.mean)
      document["error"] = .number(orNull: measure.error)
      document["count"] = .count(measure.count)
      document["failed"] = .count(measure.failedCount)
      document["lower"] = .number(orNull: measure.interval?.lowerBound)
      document["upper"] = .number(orNull: measure.interval?.upperBound)
      document["p_vs_best"] = .number(orNull: measure.pAgainstBest)
      document["p_holm"] = .number(orNull: measure.pAdjusted)
      document["mark"] = .text(measure.mark.rawValue)
      return .table(document)
    }
  }
}
