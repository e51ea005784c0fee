internal import Settings

extension Table {
  /// The table without the columns that are details.
  var withoutDetails: Table {
    let kept = columns.indices.filter { !columns[$0].isDetail }
    var table = self
    table.columns = kept.map { columns[$0] }
    table.rows = rows.map { row in
      var row = row
      row.cells = kept.map { row.cells[$0] }
      return row
    }
    return table
  }

  /// The table with all names and words of others made safe to show: a label may hold characters that
  /// would move a terminal's cursor or end a line of the table.
  var withVisibleText: Table {
    var table = self
    table.title = VisibleText.of(title)
    table.labelHead = VisibleText.of(labelHead)
    table.caption = caption.map { VisibleText.of($0) }
    table.footnotes = footnotes.map { VisibleText.of($0) }
    table.columns = columns.map { column in
      var column = column
      column.name = VisibleText.of(column.name)
      column.group = VisibleText.of(column.group)
      column.head = VisibleText.of(column.head)
      column.unit = VisibleText.of(column.unit)
      column.formula = VisibleText.of(column.formula)
      return column
    }
    table.rows = rows.map { row in
      var row = row
      row.label = VisibleText.of(row.label)
      row.cells = row.cells.map { cell in
        guard case .text(let words) = cell else { return cell }
        return .text(VisibleText.of(words))
      }
      return row
    }
    return table
  }
}
