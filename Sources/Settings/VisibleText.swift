/// Texts of others, such as names in files and messages of programs, as they may be shown.
package enum VisibleText {
  /// The text with every character escaped that would act instead of being seen: control characters
  /// as `\u{1B}` or `\n`, those that turn the direction of writing as `\u{202E}`.
  ///
  /// With `keepsLines`, line feeds and tabs stay, for texts of several lines.
  package static func of(_ text: String, keepsLines: Bool = false) -> String {
    // Nearly all texts are clean, and most are long.
    guard text.unicodeScalars.contains(where: { isHidden($0) }) else { return text }
    var visible = ""
    for scalar in text.unicodeScalars {
      let stays = !isHidden(scalar) || (keepsLines && (scalar == "\n" || scalar == "\t"))
      if stays { visible.unicodeScalars.append(scalar) } else { visible += escaped(scalar) }
    }
    return visible
  }

  /// Whether a character acts on what shows it: control characters of ASCII and of Latin-1, line and
  /// paragraph separators, marks and overrides of direction, invisible tags, and what no text holds.
  package static func isHidden(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x20..<0x7F, 0xA0..<0x61C: false
    case 0..<0x20, 0x7F..<0xA0: true
    case 0x61C, 0x200E, 0x200F, 0x2028...0x202E, 0x2060...0x206F, 0xFEFF, 0xFFF9...0xFFFB: true
    case 0xFFFE, 0xFFFF, 0xE0000...0xE007F: true
    default: false
    }
  }

  private static func escaped(_ scalar: Unicode.Scalar) -> String {
    let digits = String(scalar.value, radix: 16, uppercase: true)
    return switch scalar {
    case "\0", "\n", "\r", "\t": scalar.escaped(asASCII: true)
    default: "\\u{" + digits + "}"
    }
  }
}
