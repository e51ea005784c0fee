/// Text in double quotes, as JSON and YAML both read it back.
package enum JSONString {
  /// The text with its quotes, on one line.
  package static func of(_ text: String) -> String {
    var json = "\""
    for character in text.unicodeScalars {
      switch character {
      case "\"": json += "\\\""
      case "\\": json += "\\\\"
      case "\n": json += "\\n"
      case "\r": json += "\\r"
      case "\t": json += "\\t"
      case _ where needsEscape(character): json += escape(character)
      default: json.unicodeScalars.append(character)
      }
    }
    return json + "\""
  }

  /// Whether YAML refuses the character as it is, or folds it as a line break.
  private static func needsEscape(_ character: Unicode.Scalar) -> Bool {
    switch character.value {
    case 0..<0x20, 0x7F...0x9F, 0x2028, 0x2029, 0xFEFF, 0xFFFE, 0xFFFF: true
    default: false
    }
  }

  private static func escape(_ character: Unicode.Scalar) -> String {
    let digits = String(character.value, radix: 16)
    return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
  }
}
