internal import Settings

/// The text of a cell, as it is compared and as messages show it.
enum CellText {
  /// Longer texts are cut in messages.
  private static let longest = 40

  /// In quotes, short, and with control characters escaped.
  static func quoted(_ text: String) -> String {
    let start = VisibleText.of(String(text.prefix(longest)))
    return "'\(start)\(text.count > longest ? "…" : "")'"
  }

  /// The first of some texts in quotes, with a mark where more follow.
  static func list(_ texts: [String], most: Int = 8) -> String {
    let list = texts.prefix(most).map { quoted($0) }.joined(separator: ", ")
    return texts.count > most ? "\(list), … (\(texts.count) in all)" : list
  }

  /// Without spaces of any kind around it.
  static func trimmed(_ text: String) -> String {
    var rest = text[...]
    while let first = rest.first, first.isWhitespace { rest.removeFirst() }
    while let last = rest.last, last.isWhitespace { rest.removeLast() }
    return String(rest)
  }

  /// Equal for texts that differ only by capitals and spaces.
  static func likeness(_ text: String) -> String {
    text.lowercased().filter { !$0.isWhitespace && $0 != "_" && $0 != "-" }
  }
}
