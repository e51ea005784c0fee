/// A text in which every word that may be a key begins with a letter of its own, so that no two keys are
/// the same to a parser; no place in it moves.
struct Disguise {
  /// The changed text.
  private(set) var text: String
  /// Why it was made, which is also what is thrown if nothing else is found.
  let reason: SettingsError
  private var letters: [Unicode.Scalar: Unicode.Scalar] = [:]

  /// Private-use characters that YAML takes for letters and nobody writes.
  private static let firstLetters: [ClosedRange<UInt32>] = [0xF0000...0xFFFFD, 0x100000...0x10FFFD]

  /// - Parameters:
  ///   - original: YAML; beyond some 130,000 words, or with private-use characters of those kinds, it
  ///     stays as it is.
  ///   - reason: Why a disguise is needed.
  init(of original: String, _ reason: SettingsError) {
    self.reason = reason
    text = original
    let isUsed = original.unicodeScalars.contains { letter in
      Self.firstLetters.contains { $0.contains(letter.value) }
    }
    guard !isUsed else { return }
    var changed = String.UnicodeScalarView()
    var unused = Self.firstLetters.joined().makeIterator()
    var mayBegin = true
    for letter in original.unicodeScalars {
      switch letter {
      case "\n", "\r", "{", "[", ",": mayBegin = true
      case " ", "\t", "-", "?", "\"", "'": break
      default:
        if mayBegin, Self.isWord(letter), let next = unused.next().flatMap({ Unicode.Scalar($0) }) {
          letters[next] = letter
          changed.append(next)
          mayBegin = false
          continue
        }
        mayBegin = false
      }
      changed.append(letter)
    }
    text = String(changed)
  }

  /// The original of a part of the changed text.
  func undone(_ part: String) -> String {
    var original = String.UnicodeScalarView()
    for letter in part.unicodeScalars { original.append(letters[letter] ?? letter) }
    return String(original)
  }

  /// Whether a word may begin with the character, so that another one is as good to the parser.
  private static func isWord(_ letter: Unicode.Scalar) -> Bool {
    letter.value > 0x7F || letter.properties.isAlphabetic || ("0"..."9").contains(letter)
      || letter == "_"
  }
}
