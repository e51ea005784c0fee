/// A table for LaTeX; compiles with the package booktabs alone.
///
/// A column with errors is a pair of columns around ±, so that its numbers align at their points.
enum LaTeXTable {
  /// A wider table is set smaller and closer.
  private static let roomyColumnCount = 8

  static func text(of table: Table) -> String {
    let text = TableText(table)
    var lines = [
      "% Needs \\usepackage{booktabs}.",
      "\\providecommand{\\best}[1]{\\textbf{#1}}      % not significantly worse than the best",
      "\\providecommand{\\second}[1]{\\underline{#1}} % best of the others",
      "\\begin{table}",
      "\\centering",
      "\\caption{\(escaped(([table.title + "."] + table.caption).joined(separator: " ")))}",
      "\\label{tab:\(label(table.name))}",
      "\\medskip",
    ]
    let partCount = text.hasErrors.reduce(0) { $0 + ($1 ? 2 : 1) }
    if partCount > roomyColumnCount {
      lines += ["\\footnotesize", "\\setlength{\\tabcolsep}{3.5pt}"]
    }
    let parts = text.hasErrors.map { $0 ? " r@{\\,$\\pm$\\,}l" : " r" }.joined()
    lines += ["\\begin{tabular}{@{}l\(parts)@{}}", "\\toprule"]
    lines += groupLines(text)
    lines.append(line([escaped(table.labelHead)] + text.columns.indices.map { head(text, $0) }))
    lines.append("\\midrule")
    for row in text.rows {
      switch row.spacing {
      case .none: break
      case .gap: lines.append("\\addlinespace")
      case .rule: lines.append("\\midrule")
      }
      let cells = zip(row.cells, text.hasErrors).map { cell($0, isPair: $1) }
      lines.append(line([escaped(row.label)] + cells))
    }
    lines += ["\\bottomrule", "\\end{tabular}"]
    if !table.footnotes.isEmpty {
      let notes = table.footnotes.map(escaped).joined(separator: " \\\\\n")
      lines += ["\\par\\smallskip", "\\begin{minipage}{\\linewidth}\\footnotesize"]
      lines += [notes, "\\end{minipage}"]
    }
    lines.append("\\end{table}")
    return lines.joined(separator: "\n") + "\n"
  }

  /// LaTeX's own characters are escaped, and the symbols that tables use get their commands.
  static func escaped(_ text: String) -> String {
    text.reduce(into: "") { escaped, character in
      escaped += commands[character] ?? String(character.isNewline ? " " : character)
    }
  }

  private static let commands: [Character: String] = [
    "&": "\\&", "%": "\\%", "$": "\\$", "#": "\\#", "_": "\\_", "{": "\\{", "}": "\\}",
    "~": "\\textasciitilde{}", "^": "\\textasciicircum{}", "\\": "\\textbackslash{}",
    "<": "\\textless{}", ">": "\\textgreater{}", "|": "\\textbar{}", "\"": "''",
    "↑": "$\\uparrow$", "↓": "$\\downarrow$", "→": "$\\rightarrow$", "Δ": "$\\Delta$",
    "α": "$\\alpha$", "×": "$\\times$", "±": "$\\pm$", "−": "\\textminus{}", "–": "--",
    "†": "$^\\dagger$", "▾": "$^{\\bigtriangledown}$", "≤": "$\\leq$", "≥": "$\\geq$",
    "²": "$^2$", "³": "$^3$", "°": "$^\\circ$", "µ": "$\\mu$", "μ": "$\\mu$",
  ]

  private static func label(_ name: String) -> String {
    String(name.map { $0.isLetter || $0.isNumber ? $0 : "-" })
  }

  private static func line(_ cells: [String]) -> String {
    cells.joined(separator: " & ") + " \\\\"
  }

  private static func head(_ text: TableText, _ index: Int) -> String {
    let head = escaped(TableText.head(of: text.columns[index]))
    return text.hasErrors[index] ? "\\multicolumn{2}{c}{\(head)}" : head
  }

  private static func groupLines(_ text: TableText) -> [String] {
    guard text.groups.contains(where: { !$0.head.isEmpty }) else { return [] }
    var heads = [""]
    var rules = ""
    // Columns of the page count from 1, and the first holds the labels.
    var first = 2
    for (index, group) in text.groups.enumerated() {
      let count = group.columns.reduce(0) { $0 + (text.hasErrors[$1] ? 2 : 1) }
      heads.append("\\multicolumn{\(count)}{c}{\(escaped(group.head))}")
      if !group.head.isEmpty {
        let trim = index == text.groups.count - 1 ? "l" : "lr"
        rules += "\\cmidrule(\(trim)){\(first)-\(first + count - 1)}"
      }
      first += count
    }
    return [line(heads), rules]
  }

  private static func cell(_ cell: TableText.Cell, isPair: Bool) -> String {
    switch cell {
    case .words(let words):
      let text = escaped(words)
      return isPair ? "\\multicolumn{2}{c}{\(text)}" : text
    case .number(let value, let error, let mark, let signs):
      let digits = escaped(value)
      let marked =
        switch mark {
        case .best: "\\best{\(digits)}"
        case .second: "\\second{\(digits)}"
        case .other, .excluded: digits
        }
      let sign = signs.map { ($0.hasPrefix("(") ? "~" : "") + escaped($0) }.joined()
      guard isPair else { return marked + sign }
      guard let error else { return "\\multicolumn{2}{c}{\(marked)\(sign)}" }
      return "\(marked) & \(escaped(error))\(sign)"
    }
  }
}
