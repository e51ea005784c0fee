/// A word as a shell takes it, for commands to copy.
package enum ShellWord {
  /// The word itself, or in single quotes where it holds anything that acts.
  package static func of(_ word: String) -> String {
    let isPlain = word.allSatisfy { character in
      character.isASCII
        && (character.isLetter || character.isNumber || "._-/=:,+@%".contains(character))
    }
    return isPlain && !word.isEmpty ? word : "'" + word.replacing("'", with: "'\\''") + "'"
  }
}
