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

  /// Without spaces of any kind around it, and without marks that no one sees.
  static func trimmed(_ text: String) -> String {
    var rest = text.unicodeScalars[...]
    while let first = rest.first, isBlank(first) { rest.removeFirst() }
    while let last = rest.last, isBlank(last) { rest.removeLast() }
    return rest.count == text.unicodeScalars.count ? text : String(rest)
  }

  private static func isBlank(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.value < 0x80 { return scalar == " " || (0x09...0x0D).contains(scalar.value) }
    return scalar.properties.isWhitespace || unseen.contains(scalar)
  }

  /// Zero-width space, joiners, word joiner and byte order mark.
  private static let unseen: Set<Unicode.Scalar> = [
    "\u{200B}", "\u{200C}", "\u{200D}", "\u{2060}", "\u{FEFF}",
  ]

  /// Equal for texts that differ only by capitals, and by spaces, dashes and underscores between
  /// other characters; `A-` is another grade than `A`.
  static func likeness(_ text: String) -> String {
    let characters = Array(trimmed(text).lowercased())
    var likeness = ""
    for (place, character) in characters.enumerated() {
      let isJoint = character.isWhitespace || character == "_" || character == "-"
      let isInside = place > 0 && place < characters.count - 1
      if !(isJoint && isInside) { likeness.append(character) }
    }
    return likeness
  }
}
