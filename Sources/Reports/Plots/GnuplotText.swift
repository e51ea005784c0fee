internal import Settings

/// Texts as gnuplot reads them.
package enum GnuplotText {
  /// A text without what ends a quoted text in a data block (quotes, backslashes, control characters)
  /// or a text in an SVG (`]]>`, which XML has for its own).
  package static func plain(_ text: String) -> String {
    let characters = String(
      text.map { character in
        switch character {
        case "\"": "'"
        case "\\": "/"
        default: character.isNewline || character == "\t" || character == "\0" ? " " : character
        }
      }
    )
    let isClean = !characters.unicodeScalars.contains { VisibleText.isHidden($0) }
    let visible = isClean ? characters : withoutHidden(characters)
    return visible.replacing("]]>", with: "]] >")
  }

  /// A text in quotes.
  ///
  /// Single quotes know no escapes but the doubled quote, which gnuplot misreads at the start of a
  /// text; in double quotes it would run what stands between backquotes.
  package static func quoted(_ text: String) -> String {
    let text = plain(text)
    guard text.contains("'") else { return "'\(text)'" }
    return "\"" + text.replacing("`", with: "\\140") + "\""
  }

  /// A text in quotes for a tic, which gnuplot reads as a format.
  package static func quotedTic(_ text: String) -> String {
    quoted(text.replacing("%", with: "%%"))
  }

  /// The text with the sign for a character that cannot be shown in place of each such.
  private static func withoutHidden(_ text: String) -> String {
    var visible = ""
    for scalar in text.unicodeScalars {
      visible.unicodeScalars.append(VisibleText.isHidden(scalar) ? "\u{FFFD}" : scalar)
    }
    return visible
  }
}
