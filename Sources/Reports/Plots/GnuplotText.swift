/// Texts as gnuplot reads them.
package enum GnuplotText {
  /// A text without what ends a quoted text in a data block: quotes, backslashes, control characters.
  package static func plain(_ text: String) -> String {
    String(
      text.map { character in
        switch character {
        case "\"": "'"
        case "\\": "/"
        default: character.isNewline || character == "\t" || character == "\0" ? " " : character
        }
      }
    )
  }

  /// A text in single quotes, in which gnuplot knows no escapes but the doubled quote.
  package static func quoted(_ text: String) -> String {
    "'" + plain(text).replacing("'", with: "''") + "'"
  }

  /// A text in single quotes for a tic, which gnuplot reads as a format.
  package static func quotedTic(_ text: String) -> String {
    quoted(text.replacing("%", with: "%%"))
  }
}
