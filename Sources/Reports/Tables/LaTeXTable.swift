/// A table for LaTeX that fits the page: across two columns or turned where it is wide, and set smaller
/// as far as it must be.
///
/// A column with errors is a pair of columns around ±, so that its numbers align at their points; long
/// words are set as paragraphs. The caption is the title; what else is said stands below the rows.
enum LaTeXTable {
  static func text(of table: Table) -> String {
    let text = TableText(table)
    let layout = LaTeXLayout(text)
    let packages = ["adjustbox", "array", "booktabs"] + (layout.isTurned ? ["rotating"] : [])
    var lines = [
      "% Needs \\usepackage{\(packages.joined(separator: ","))}.",
      "\\providecommand{\\best}[1]{\\textbf{#1}}      % not significantly worse than the best",
      "\\providecommand{\\second}[1]{\\underline{#1}} % best of the others",
      "\\begin{\(layout.environment)}",
      "\\centering",
    ]
    if !table.title.isEmpty {
      lines += [
        "\\caption{\(escaped(table.title)).}", "\\label{tab:\(label(table.name))}", "\\medskip",
      ]
    }
    lines.append(
      "\\begin{adjustbox}{max width=\\linewidth,max totalheight=\(layout.largestHeight)}"
    )
    lines += tabular(text, layout) + ["\\end{adjustbox}"]
    let notes =
      (table.caption.isEmpty ? [] : [table.caption.joined(separator: " ")]) + table.footnotes
    if !notes.isEmpty {
      lines += [
        "\\par\\smallskip", "\\begin{minipage}{\\linewidth}\\\(layout.noteSize)\\raggedright",
      ]
      lines += [notes.map(escaped).joined(separator: " \\\\\n"), "\\end{minipage}"]
    }
    lines.append("\\end{\(layout.environment)}")
    return lines.joined(separator: "\n") + "\n"
  }

  private static func tabular(_ text: TableText, _ layout: LaTeXLayout) -> [String] {
    var lines = [
      "\\begin{tabular}{@{}l\(layout.columns.joined())@{}}", "\\toprule",
    ]
    lines += groupLines(text)
    lines.append(
      line([escaped(text.table.labelHead)] + text.columns.indices.map { head(text, $0, layout) })
    )
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
    return lines + ["\\bottomrule", "\\end{tabular}"]
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
    "τ": "$\\tau$", "σ": "$\\sigma$", "λ": "$\\lambda$", "β": "$\\beta$", "…": "\\ldots{}",
    "≈": "$\\approx$", "·": "$\\cdot$",
    "²": "$^2$", "³": "$^3$", "°": "$^\\circ$", "µ": "$\\mu$", "μ": "$\\mu$",
  ]

  private static func label(_ name: String) -> String {
    String(name.map { $0.isLetter || $0.isNumber ? $0 : "-" })
  }

  private static func line(_ cells: [String]) -> String {
    cells.joined(separator: " & ") + " \\\\"
  }

  private static func head(_ text: TableText, _ index: Int, _ layout: LaTeXLayout) -> String {
    let head = escaped(TableText.head(of: text.columns[index]))
    if layout.isParagraph[index] { return "\\multicolumn{1}{l}{\(head)}" }
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
