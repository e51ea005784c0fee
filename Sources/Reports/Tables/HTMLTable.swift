internal import Settings

/// A table for the web: one element, or a page that needs no other file and no script.
package enum HTMLTable {
  /// A whole page with its own style.
  static func page(_ table: Table) -> String {
    """
    <!doctype html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>\(escaped(table.title))</title>
    <style>
    \(style)
    </style>
    </head>
    <body>
    \(element(table))</body>
    </html>

    """
  }

  /// The looks of `element`, for light and dark screens and for paper.
  package static let style = """
    :root { color-scheme: light dark; --ink: #1a1a1a; --rule: #999; --paper: #fff; --faint: #666; }
    @media (prefers-color-scheme: dark) {
      :root { --ink: #e6e6e6; --rule: #666; --paper: #16181c; --faint: #a0a0a0; }
    }
    body { font: 15px/1.45 system-ui, sans-serif; color: var(--ink); background: var(--paper); }
    .scroll { overflow-x: auto; }
    table { border-collapse: separate; border-spacing: 0; font-variant-numeric: tabular-nums; margin: 1em 0;
      border: solid var(--ink); border-width: 2px 0; }
    caption { text-align: left; font-weight: 600; padding-bottom: .5em; }
    th, td { padding: .15em .6em; text-align: right; white-space: nowrap; font-weight: 400; }
    th[scope="row"], thead th:first-child { text-align: left; }
    .l, .w, .l th, .w th, .l td, .w td { text-align: left; }
    td.w, .w td { white-space: normal; min-width: 12em; max-width: 48em; }
    th[scope="colgroup"] { text-align: center; border-bottom: 1px solid var(--rule); }
    tbody th, td { vertical-align: top; }
    thead tr:last-child > * { border-bottom: 1px solid var(--ink); vertical-align: bottom; }
    tbody.rule tr:first-child > * { border-top: 1px solid var(--rule); }
    tbody.gap tr:first-child > * { padding-top: .7em; }
    abbr { text-decoration: none; }
    .note { max-width: 60em; color: var(--faint); margin: .3em 0; }
    """

  /// The table with its caption and footnotes, to be put into a page.
  ///
  /// With `hasFormulas` the heads say how their numbers are computed. A `brief` element has numbers for
  /// scripts only where those that are printed cannot be read by them, and no tags and quotation
  /// marks that HTML does without.
  package static func element(
    _ table: Table,
    hasFormulas: Bool = true,
    isBrief: Bool = false
  ) -> String {
    let text = TableText(table)
    let id = escaped(table.name)
    var looks = text.columns.indices.map { look(text, column: $0) }
    // What all columns look like is said once.
    var common = ""
    if let first = looks.first, looks.allSatisfy({ $0 == first }) {
      common = first
      looks = looks.map { _ in "" }
    }
    // A region that scrolls sideways has to be reachable and named without a mouse.
    var lines = [
      "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-labelledby=\"\(id)-title\">",
      "<table id=\"\(id)\"\(common)>",
      "<caption id=\"\(id)-title\">\(escaped(table.title))</caption>",
    ]
    lines.append("<thead>")
    lines += groupHeads(text)
    let heads = zip(text.columns, looks).map { column, look in
      let head = escaped(TableText.head(of: column))
      let isExplained = !column.formula.isEmpty && hasFormulas
      guard isExplained || !isBrief else { return "<th scope=\"col\"\(look)>\(head)</th>" }
      let title = isExplained ? " title=\"\(escaped(column.formula))\"" : ""
      return "<th scope=\"col\"\(look)><abbr\(title)>\(head)</abbr></th>"
    }
    lines.append(
      "<tr><th scope=\"col\">\(escaped(table.labelHead))</th>\(heads.joined())</tr>"
    )
    lines.append("</thead>")
    for (index, row) in text.rows.enumerated() {
      if index == 0 || row.spacing != .none {
        if index > 0 { lines.append("</tbody>") }
        lines.append(index == 0 ? "<tbody>" : "<tbody class=\"\(row.spacing.rawValue)\">")
      }
      let source = table.rows[index].cells
      let shown = zip(table.columns, source).filter { !$0.0.isOnlyInCSV }.map(\.1)
      let cells = zip(zip(row.cells, shown), looks).map { pair, look in
        cell(pair.0, pair.1, look: look, isBrief: isBrief)
      }.joined()
      lines.append("<tr><th scope=\"row\">\(escaped(row.label))</th>\(cells)</tr>")
    }
    if !text.rows.isEmpty { lines.append("</tbody>") }
    lines += ["</table>", "</div>"]
    if !table.caption.isEmpty {
      lines.append("<p class=\"note\">\(escaped(table.caption.joined(separator: " ")))</p>")
    }
    lines += table.footnotes.map { "<p class=\"note\">\(escaped($0))</p>" }
    let whole = lines.joined(separator: "\n") + "\n"
    guard isBrief else { return whole }
    let short = ["</td>", "</th>", "</tr>"].reduce(whole) { $0.replacing($1, with: "") }
    // Quotation marks in text are entities, so that these are attributes.
    return ["class=\"l\"", "class=\"w\"", "scope=\"row\"", "scope=\"col\""].reduce(short) {
      $0.replacing($1, with: $1.replacing("\"", with: ""))
    }
  }

  /// The four characters that HTML would take for its own become entities, and what would act
  /// instead of being seen becomes visible.
  ///
  /// With `keepsLines`, line feeds and tabs stay.
  package static func escaped(_ text: String, keepsLines: Bool = false) -> String {
    VisibleText.of(text, keepsLines: keepsLines).reduce(into: "") { escaped, character in
      switch character {
      case "&": escaped += "&amp;"
      case "<": escaped += "&lt;"
      case ">": escaped += "&gt;"
      case "\"": escaped += "&quot;"
      default: escaped.append(character)
      }
    }
  }

  private static func groupHeads(_ text: TableText) -> [String] {
    guard text.groups.contains(where: { !$0.head.isEmpty }) else { return [] }
    let heads = text.groups.map { group in
      group.head.isEmpty
        ? "<td colspan=\"\(group.columns.count)\"></td>"
        : "<th scope=\"colgroup\" colspan=\"\(group.columns.count)\">\(escaped(group.head))</th>"
    }
    return ["<tr><td></td>\(heads.joined())</tr>"]
  }

  /// Words with more characters than this take several lines where the page is narrow.
  private static let longestLine = 30

  /// How a column's cells are set, as an attribute: words on the left, long ones on several lines, all
  /// else on the right.
  private static func look(_ text: TableText, column: Int) -> String {
    guard !text.hasErrors[column] else { return "" }
    var words: [String] = []
    for row in text.rows {
      guard case .words(let own) = row.cells[column] else { return "" }
      words.append(own)
    }
    if words.contains(where: { $0.count > longestLine }) { return " class=\"w\"" }
    let said = words.compactMap(\.first).filter { !"–(".contains($0) }
    return !said.isEmpty && said.allSatisfy(\.isLetter) ? " class=\"l\"" : ""
  }

  /// Digits of the number that scripts sort by.
  private static let sortedDigits = 6

  /// `data-value` holds the number with more digits than are printed, for scripts that sort; a number
  /// that is printed whole has none.
  private static func cell(
    _ cell: TableText.Cell,
    _ source: Table.Cell,
    look: String,
    isBrief: Bool
  ) -> String {
    var exact = ""
    if case .value(let measure) = source, measure.mean.isFinite {
      let rounded = Double(NumberText.significant(measure.mean, sortedDigits)) ?? measure.mean
      exact = NumberText.exact(rounded)
      if case .number(let value, _, _, let signs) = cell, signs.isEmpty,
        let printed = Double(value.replacing("−", with: "-")), isBrief || printed == rounded
      {
        exact = ""
      }
    }
    let open = exact.isEmpty ? "<td\(look)>" : "<td\(look) data-value=\"\(exact)\">"
    switch cell {
    case .words(let words): return "\(open)\(escaped(words))</td>"
    case .number(let value, let error, let mark, let signs):
      let marked =
        switch mark {
        case .best: "<strong>\(value)</strong>"
        case .second: "<u>\(value)</u>"
        case .other, .excluded: value
        }
      return open + marked + (error.map { " ± " + $0 } ?? "") + signs.map { " " + $0 }.joined()
        + "</td>"
    }
  }
}
