/// The forms a table can take.
package enum TableForm: String, Sendable, Hashable, CaseIterable {
  /// Aligned columns of a fixed-width font.
  case terminal
  /// A Markdown table with pipes.
  case markdown
  /// A floating table that fits A4 and letter; it names the packages it needs.
  case latex
  /// Full precision, one line per row and column of the table.
  case csv
  /// A page that needs no other file.
  case html

  /// The ending of a file that holds this form.
  package var fileExtension: String {
    switch self {
    case .terminal: "txt"
    case .markdown: "md"
    case .latex: "tex"
    case .csv: "csv"
    case .html: "html"
    }
  }

  /// The whole text of `table`, ending with a line feed.
  ///
  /// The terminal form alone takes notice of the rest: `isStyled` allows escape sequences for bold
  /// and underline, without which `*` and `_` stand before such numbers; a table wider than
  /// `maximumWidth` columns has long words on several lines, groups of its columns under each other,
  /// and leaves out details, which it names.
  package func text(
    of table: Table,
    isStyled: Bool = false,
    maximumWidth: Int? = nil
  ) -> String {
    let table = table.withVisibleText
    return switch self {
    case .terminal:
      TerminalTable.text(of: table, isStyled: isStyled, maximumWidth: maximumWidth)
    case .markdown: MarkdownTable.text(of: table)
    case .latex: LaTeXTable.text(of: table)
    case .csv: CSVTable.text(of: table)
    case .html: HTMLTable.page(table)
    }
  }
}
