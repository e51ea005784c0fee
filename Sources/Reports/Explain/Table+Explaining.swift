extension Table {
  /// How a cell came about: the formula, the values and the runs behind them; ends with a line feed.
  ///
  /// The row is named by its label. The column is named by its name (`a.rmse`), its head (`Δm`), or
  /// its group and head (`a RMSE`), with or without unit and arrow. A cell that names no values of
  /// its own, such as an interval or a p, has those of its row.
  ///
  /// - Throws: `TableError` when there is no such row or column, or when a head stands over several.
  package func explanation(row label: String, column name: String) throws(TableError) -> String {
    guard let row = rows.first(where: { $0.label == label }) else {
      throw .unknownRow(label, known: rows.map(\.label))
    }
    let index = try position(ofColumn: name)
    let column = columns[index]
    var lines = [title, "\(label), \(column.name)"]
    if !column.formula.isEmpty { lines.append("formula: \(column.formula)") }
    lines += Self.lines(of: row.cells[index])
    lines += Self.sourceLines(of: row.cells[index], in: row)
    return lines.joined(separator: "\n") + "\n"
  }

  /// The column that goes by a name; the ASCII name comes before what heads say.
  func position(ofColumn name: String) throws(TableError) -> Int {
    if let index = columns.firstIndex(where: { $0.name == name }) { return index }
    let found = columns.indices.filter { Self.heads(of: columns[$0]).contains(name) }
    switch found.count {
    case 0: throw .unknownColumn(name, known: columns.map(\.name), heads: columns.map(\.head))
    case 1: return found[0]
    default: throw .ambiguousColumn(name, candidates: found.map { columns[$0].name })
    }
  }

  private static func heads(of column: Column) -> [String] {
    let heads = [column.head, TableText.head(of: column)]
    return heads + heads.flatMap { ["\(column.group) \($0)", "\(column.group): \($0)"] }
  }

  private static func lines(of cell: Cell) -> [String] {
    switch cell {
    case .none: return ["value: not applicable"]
    case .text(let text): return ["value: \(text)"]
    case .failure(let finished, let total):
      return ["value: none, \(finished) of \(total) runs finished"]
    case .value(let measure):
      var lines = ["value: \(NumberText.exact(measure.mean))"]
      if let error = measure.error {
        lines.append("standard error: \(NumberText.exact(error)) over \(measure.count) values")
      }
      if let interval = measure.interval {
        lines.append(
          "95 % interval: \(NumberText.exact(interval.lowerBound)) to "
            + NumberText.exact(interval.upperBound)
        )
      }
      if let p = measure.pAgainstBest, let adjusted = measure.pAdjusted {
        lines.append(
          "p against the best of the column: \(NumberText.exact(p)), after Holm "
            + NumberText.exact(adjusted)
        )
      }
      return lines
    }
  }

  private static func sourceLines(of cell: Cell, in row: Row) -> [String] {
    var own: [Source] = []
    if case .value(let measure) = cell { own = measure.sources }
    if case .none = cell { return [] }
    let isRow = own.isEmpty && !row.sources.isEmpty
    let head = isRow ? ["from \(row.sourceWords):"] : []
    return head
      + (isRow ? row.sources : own).map { source in
        let value = source.value.isFinite ? NumberText.exact(source.value) : "none"
        guard !source.runs.isEmpty else { return "\(source.label): \(value)" }
        let noun = source.runs.count == 1 ? "run" : "runs"
        return "\(source.label): \(value), \(noun) \(source.runs.joined(separator: ", "))"
      }
  }
}
