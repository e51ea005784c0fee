/// Walks a text character by character and knows line and column, counted as the YAML parser does.
struct TextCursor {
  private(set) var line = 1
  private(set) var column = 1
  private(set) var index: String.Index
  private let characters: String.UnicodeScalarView

  init(_ text: String) {
    characters = text.unicodeScalars
    index = characters.startIndex
  }

  /// The character under the cursor, nil at the end.
  var character: Unicode.Scalar? { index < characters.endIndex ? characters[index] : nil }

  mutating func advance() {
    guard let passed = character else { return }
    characters.formIndex(after: &index)
    switch passed {
    case "\r" where character == "\n": column += 1
    case "\n", "\r", "\u{85}", "\u{2028}", "\u{2029}": (line, column) = (line + 1, 1)
    default: column += 1
    }
  }
}
