internal import Problems
internal import Reports
internal import Settings

/// The columns of a table with what each was taken for, and which could be targets.
enum OutlineText {
  /// What separates cells, as suite files write it and as people say it.
  private static let delimiters = [",": "commas", ";": "semicolons", "\\t": "tabs"]
  private static let mostColumns = 60
  private static let mostValues = 4
  private static let longestValue = 16
  private static let longestNote = 90
  /// Classes up to which a column is suggested as a target.
  private static let mostClasses = 20

  static func text(_ outline: TableOutline) -> String {
    var text =
      "\(outline.file): \(NumberText.counted(outline.rowCount, "row")), "
      + "\(NumberText.counted(outline.columns.count, "column")), separated by "
      + "\(delimiters[outline.delimiter] ?? "'\(outline.delimiter)'")\n"
    for setting in outline.settings {
      text +=
        setting.key == "thousands"
        ? "numbers are read with '\(setting.value)' between thousands\n"
        : "numbers are read with a decimal comma\n"
    }
    var rows = [["column", "as an input", "as a target", "missing", "values"]]
    for column in outline.columns.prefix(mostColumns) {
      rows.append([
        column.name, column.isSplit ? "split" : column.inputKind?.rawValue ?? "left out",
        column.targetKind?.title ?? "–",
        "\(column.missingCount)", values(column),
      ])
    }
    text += "\n" + TextColumns.text(rows)
    let more = outline.columns.count - mostColumns
    if more > 0 { text += "… and \(more) more\n" }
    let notes = outline.columns.prefix(mostColumns).map(\.note).filter { !$0.isEmpty }
    text += notes.map { "note: \($0)\n" }.joined()
    if !notes.isEmpty {
      text += "note: the settings named in notes belong in the suite that try writes\n"
    }
    return text + "\n" + suggestion(outline) + "\n"
  }

  private static func values(_ column: TableOutline.Column) -> String {
    let shown = column.values.prefix(mostValues).map { value in
      value.count > longestValue ? value.prefix(longestValue - 1) + "…" : value
    }
    let more = column.values.count - shown.count
    return shown.joined(separator: ", ") + (more > 0 ? ", … (\(column.values.count))" : "")
  }

  /// Columns to begin with: the last two that can be targets, have few classes or none, and leave an input;
  /// none where there are none.
  static func suggestedTargets(_ outline: TableOutline) -> [String] {
    let fit = outline.columns.filter { column in
      guard let kind = column.targetKind else { return false }
      return kind.classCount <= mostClasses && !column.name.contains(",") && !column.isSplit
    }
    let inputs = outline.columns.filter { $0.inputKind != nil && !$0.isSplit }.map { $0.name }
    for second in fit.indices.reversed() {
      for first in fit.indices.prefix(second).reversed() {
        let pair = [fit[first].name, fit[second].name]
        if inputs.contains(where: { !pair.contains($0) }) { return pair }
      }
    }
    return []
  }

  private static func suggestion(_ outline: TableOutline) -> String {
    let targets = suggestedTargets(outline)
    guard targets.count > 1 else {
      return
        "There are no two columns that can be targets and leave another one as an input, so that there is "
        + "nothing to learn together."
    }
    return """
      Name the columns to predict, two or more; all others are inputs. For example:
        mtlbench try \(ShellWord.of(outline.file)) --targets \(ShellWord.of(targets.joined(separator: ",")))
      """
  }
}
