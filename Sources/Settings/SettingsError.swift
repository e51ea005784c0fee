/// A mistake in a settings text, or a file that cannot be read as one.
package enum SettingsError: Error, Hashable, CustomStringConvertible {
  /// The file itself cannot be read.
  case file(path: String, FileProblem)
  /// The text is not YAML of the kind that settings are written in.
  case text(Place, TextProblem)
  /// A key or value is wrong; `path` is its dotted key path, empty for the top level.
  case setting(Place, path: String, SettingProblem)

  /// Why a file cannot be read.
  package enum FileProblem: Hashable, Sendable {
    case missing
    case isDirectory
    case notPermitted
    case tooLarge(limit: Int)
    /// Any other failure, by the system's error number and its words for it.
    case system(code: Int32, words: String)
  }

  /// Why a text is not read as YAML.
  package enum TextProblem: Hashable, Sendable {
    /// The byte at `offset`, counted from 0, does not continue UTF-8 text.
    case notUTF8(byte: UInt8, offset: Int)
    case forbiddenCharacter(Unicode.Scalar)
    case empty
    case severalDocuments
    /// The YAML parser's words; `construct` is what it was reading, begun at `start`.
    case invalidYAML(String, construct: String, start: Place?)
    case topLevel(Found)
    case duplicateKey(String, first: Place)
    case notTextKey(Found)
    case anchor(String)
    case tag(String)
    case mergeKey
  }

  /// What is wrong with a key or its value.
  package enum SettingProblem: Hashable, Sendable {
    case unexpected(Found, expected: Expectation)
    case missing(expected: Expectation)
    case unknownKey(String, known: [String])
    case unknownName(String, kind: String, known: [String])
    /// In the words of the code that reads the key.
    case other(String)
  }

  /// Place, key path and problem on one line.
  package var description: String {
    switch self {
    case .file(let path, let problem): "\(path): \(problem.words)"
    case .text(let place, let problem): "\(place): \(problem.words)"
    case .setting(let place, "", let problem): "\(place): \(problem.words)"
    case .setting(let place, let path, let problem): "\(place): \(path): \(problem.words)"
    }
  }
}

extension SettingsError.FileProblem {
  fileprivate var words: String {
    switch self {
    case .missing: "no such file"
    case .isDirectory: "is a folder, expected a file"
    case .notPermitted: "no permission to read this file"
    case .tooLarge(let limit): "larger than \(limit) bytes, too large for a settings file"
    case .system(_, let words): "cannot be read: \(words)"
    }
  }
}

extension SettingsError.TextProblem {
  fileprivate var words: String {
    switch self {
    case .notUTF8(let byte, let offset):
      "not UTF-8 text: byte 0x\(hexadecimal(UInt32(byte), width: 2)) at offset \(offset)"
    case .forbiddenCharacter(let character):
      "control character U+\(hexadecimal(character.value, width: 4)) is not allowed"
    case .empty: "nothing here, expected keys and values"
    case .severalDocuments: "a second document begins, expected one in a file"
    case .invalidYAML(let problem, let construct, let start):
      "not valid YAML: \(problem)" + (construct.isEmpty ? "" : " \(construct)")
        + (start.map { ", begun at \($0.line):\($0.column)" } ?? "")
    case .topLevel(let found): "expected keys and values, found \(found)"
    case .duplicateKey(let key, let first):
      "key \(quoted(key)) is given twice, first at \(first.line):\(first.column)"
    case .notTextKey(let found): "expected text as key, found \(found)"
    case .anchor(let name): "anchor '&\(name)' is not allowed; write the value out at each place"
    case .tag(let name): "tag \(quoted(name)) is not allowed; a value is read by its spelling"
    case .mergeKey: "merge key '<<' is not allowed; write the keys out"
    }
  }
}

extension SettingsError.SettingProblem {
  fileprivate var words: String {
    switch self {
    case .unexpected(let found, let expected):
      "expected \(expected), found \(found)" + suggestion(for: found, expected)
    case .missing(let expected): "missing, expected \(expected)"
    case .unknownKey(let key, let known):
      "unknown key \(quoted(key))" + suggestion(for: key, known, title: "known keys")
    case .unknownName(let name, let kind, let known):
      "unknown \(kind) \(quoted(name))" + suggestion(for: name, known, title: "known")
    case .other(let words): words
    }
  }

  private func suggestion(for found: Found, _ expected: Expectation) -> String {
    guard case .choice(let names) = expected, case .scalar(let text, _) = found,
      let question = NearestName.question(text, among: names)
    else { return "" }
    return "; \(question)"
  }

  private func suggestion(for name: String, _ known: [String], title: String) -> String {
    guard !known.isEmpty else { return "" }
    let list = "\(title): " + known.joined(separator: ", ")
    return "; " + (NearestName.question(name, among: known).map { "\($0) " } ?? "") + list
  }
}

private func hexadecimal(_ value: UInt32, width: Int) -> String {
  let digits = String(value, radix: 16, uppercase: true)
  return String(repeating: "0", count: max(0, width - digits.count)) + digits
}
