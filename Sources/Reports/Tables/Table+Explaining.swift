extension Table {
  /// How a cell came about: the formula, the values and the runs behind them; ends with a line feed.
  ///
  /// The row is named by its label, the column by its name, its head, or its group and head.
  ///
  /// - Throws: `TableError` when there is no such row or column.
  package func explanation(row label: String, column name: String) throws(TableError) -> String {
    guard let row = rows.first(where: { $0.label == label }) else {
      throw .unknownRow(label, known: rows.map(\.label))
    }
    let index = columns.firstIndex { column in
      column.name == name || column.head == name || "\(column.group): \(column.head)" == name
    }
    guard let index else { throw .unknownColumn(name, known: columns.map(\.name)) }
    let column = columns[index]
    var lines = ["\(label), \(column.name)"]
    if !column.formula.isEmpty { lines.append("formula: \(column.formula)") }
    switch row.cells[index] {
    case .none: lines.append("value: not applicable")
    case .text(let text): lines.append("value: \(text)")
    case .failure(let finished, let total):
      lines.append("value: none, \(finished) of \(total) runs finished")
    case .value(let measure):
      lines.append("value: \(NumberText.exact(measure.mean))")
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
      lines += measure.sources.map { source in
        "\(source.label): \(NumberText.exact(source.value)), run "
          + source.runs.joined(separator: ", ")
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }
}
