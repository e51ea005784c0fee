/// Parses JSON as RFC 8259 has it; a member given twice is refused.
struct JSONParser {
  /// Lists and objects in one another; far beyond any reference file.
  private static let depthLimit = 200

  private let file: String
  private let bytes: [UInt8]
  private var index = 0
  private var depth = 0

  init(_ text: String, file: String) {
    bytes = Array(text.utf8)
    self.file = file
  }

  /// The one value that the text is.
  ///
  /// - Throws: `VerificationError.notJSON` with line and column.
  mutating func parse() throws(VerificationError) -> JSONValue {
    skipSpace()
    guard index < bytes.count else { throw problem("nothing here, expected a JSON value") }
    let value = try value()
    skipSpace()
    guard index == bytes.count else { throw unexpected("the end after the value") }
    return value
  }

  private mutating func value() throws(VerificationError) -> JSONValue {
    guard depth < Self.depthLimit else { throw problem("nested too deeply") }
    depth += 1
    defer { depth -= 1 }
    guard let byte = current else { throw unexpected("a value") }
    switch byte {
    case UInt8(ascii: "{"): return try object()
    case UInt8(ascii: "["): return try list()
    case UInt8(ascii: "\""): return .text(try text())
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return try number()
    default:
      for (word, value) in Self.words where bytes[index...].starts(with: word.utf8) {
        index += word.utf8.count
        return value
      }
      throw unexpected("a value")
    }
  }

  private static let words: [(String, JSONValue)] = [
    ("null", .null), ("true", .flag(true)), ("false", .flag(false)),
  ]

  private mutating func object() throws(VerificationError) -> JSONValue {
    var members: [String: JSONValue] = [:]
    index += 1
    skipSpace()
    while current != UInt8(ascii: "}") {
      if !members.isEmpty { try skip(",", "',' or '}'") }
      guard current == UInt8(ascii: "\"") else { throw unexpected("a member's name in quotes") }
      let start = index
      let name = try text()
      skipSpace()
      try skip(":", "':' after a member's name")
      guard members.updateValue(try value(), forKey: name) == nil else {
        throw problem("member '\(name)' is given twice", at: start)
      }
      skipSpace()
    }
    index += 1
    return .object(members)
  }

  private mutating func list() throws(VerificationError) -> JSONValue {
    var values: [JSONValue] = []
    index += 1
    skipSpace()
    while current != UInt8(ascii: "]") {
      if !values.isEmpty { try skip(",", "',' or ']'") }
      values.append(try value())
      skipSpace()
    }
    index += 1
    return .list(values)
  }

  private mutating func number() throws(VerificationError) -> JSONValue {
    let start = index
    if current == UInt8(ascii: "-") { index += 1 }
    let whole = index
    try skipDigits()
    guard bytes[whole] != UInt8(ascii: "0") || index == whole + 1 else {
      throw problem("a number does not begin with 0", at: start)
    }
    if current == UInt8(ascii: ".") {
      index += 1
      try skipDigits()
    }
    if current == UInt8(ascii: "e") || current == UInt8(ascii: "E") {
      index += 1
      if current == UInt8(ascii: "+") || current == UInt8(ascii: "-") { index += 1 }
      try skipDigits()
    }
    guard let value = Double(String(decoding: bytes[start..<index], as: UTF8.self)),
      value.isFinite
    else { throw problem("the number is beyond the largest of 64 bits", at: start) }
    return .number(value)
  }

  private mutating func skipDigits() throws(VerificationError) {
    guard isDigit(current) else { throw unexpected("a digit") }
    while isDigit(current) { index += 1 }
  }

  private func isDigit(_ byte: UInt8?) -> Bool {
    guard let byte else { return false }
    return (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }

  private mutating func text() throws(VerificationError) -> String {
    let start = index
    var characters: [UInt8] = []
    index += 1
    while let byte = current, byte != UInt8(ascii: "\"") {
      guard byte >= 0x20 else { throw problem("a control character in a text") }
      if byte == UInt8(ascii: "\\") {
        characters += Array(String(try escape()).utf8)
      } else {
        characters.append(byte)
        index += 1
      }
    }
    guard current != nil else { throw problem("the text begun here does not end", at: start) }
    index += 1
    return String(decoding: characters, as: UTF8.self)
  }

  private static let escapes: [UInt8: Unicode.Scalar] = [
    UInt8(ascii: "\""): "\"", UInt8(ascii: "\\"): "\\", UInt8(ascii: "/"): "/",
    UInt8(ascii: "b"): "\u{8}", UInt8(ascii: "f"): "\u{C}", UInt8(ascii: "n"): "\n",
    UInt8(ascii: "r"): "\r", UInt8(ascii: "t"): "\t",
  ]

  /// The character that a backslash and what follows stand for.
  private mutating func escape() throws(VerificationError) -> Unicode.Scalar {
    let start = index
    index += 1
    if let letter = current, let character = Self.escapes[letter] {
      index += 1
      return character
    }
    guard current == UInt8(ascii: "u") else { throw problem("no such escape", at: start) }
    var code = try hexadecimal()
    if (0xD800..<0xDC00).contains(code), current == UInt8(ascii: "\\") {
      index += 1
      let low = current == UInt8(ascii: "u") ? try hexadecimal() : 0
      guard (0xDC00..<0xE000).contains(low) else {
        throw problem("half of a surrogate pair", at: start)
      }
      code = 0x10000 + (code - 0xD800) << 10 + (low - 0xDC00)
    }
    guard let character = Unicode.Scalar(code) else {
      throw problem("half of a surrogate pair", at: start)
    }
    return character
  }

  /// The four digits after a `u`.
  private mutating func hexadecimal() throws(VerificationError) -> UInt32 {
    let digits = bytes[index...].dropFirst().prefix(4)
    let spelling = String(decoding: digits, as: UTF8.self)
    guard digits.count == 4, spelling.allSatisfy({ $0.isHexDigit && $0.isASCII }),
      let code = UInt32(spelling, radix: 16)
    else { throw problem("expected four hexadecimal digits after \\u") }
    index += 5
    return code
  }

  private var current: UInt8? { index < bytes.count ? bytes[index] : nil }

  private mutating func skipSpace() {
    while let byte = current, byte == 0x20 || (0x09...0x0A).contains(byte) || byte == 0x0D {
      index += 1
    }
  }

  /// Passes a character and the space behind it.
  private mutating func skip(
    _ character: Unicode.Scalar,
    _ expected: String
  ) throws(VerificationError) {
    guard let byte = current, UInt32(byte) == character.value else { throw unexpected(expected) }
    index += 1
    skipSpace()
  }

  private func unexpected(_ expected: String) -> VerificationError {
    guard index < bytes.count else { return problem("expected \(expected), found the end") }
    let rest = String(decoding: bytes[index...].prefix(8), as: UTF8.self)
    return problem("expected \(expected), found '\(rest.prefix(1))'")
  }

  private func problem(_ words: String, at position: Int? = nil) -> VerificationError {
    let before = bytes[..<(position ?? index)]
    let lineBreak = UInt8(ascii: "\n")
    let lineStart = before.lastIndex(of: lineBreak).map { $0 + 1 } ?? 0
    let column = String(decoding: before[lineStart...], as: UTF8.self).unicodeScalars.count + 1
    let line = before.count { $0 == lineBreak } + 1
    return .notJSON("\(file):\(line):\(column): not valid JSON: \(words)")
  }
}
