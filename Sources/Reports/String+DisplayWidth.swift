extension String {
  /// Columns this text takes in a terminal: combining marks none, wide East Asian characters two.
  var displayWidth: Int {
    unicodeScalars.reduce(0) { $0 + $1.displayWidth }
  }

  /// The text with spaces before it, up to `width` columns.
  func leftPadded(to width: Int) -> String {
    String(repeating: " ", count: max(0, width - displayWidth)) + self
  }

  /// The text with spaces behind it, up to `width` columns.
  func rightPadded(to width: Int) -> String {
    self + String(repeating: " ", count: max(0, width - displayWidth))
  }

  /// The text with spaces on both sides, up to `width` columns.
  func centred(in width: Int) -> String {
    let spare = max(0, width - displayWidth)
    return (String(repeating: " ", count: spare / 2) + self).rightPadded(to: width)
  }

  /// The text in lines of at most `width` columns, broken at spaces only.
  func wrapped(to width: Int) -> [String] {
    var lines: [String] = []
    var line = ""
    for word in split(separator: " ") {
      if line.isEmpty {
        line = String(word)
      } else if line.displayWidth + 1 + String(word).displayWidth <= width {
        line += " " + word
      } else {
        lines.append(line)
        line = String(word)
      }
    }
    return line.isEmpty ? lines : lines + [line]
  }

  /// The text in lines of at most `width` columns, one for no text, broken at spaces and in words that
  /// are longer.
  func broken(to width: Int) -> [String] {
    let lines = wrapped(to: width).flatMap { line -> [String] in
      guard line.displayWidth > width else { return [line] }
      var parts = [""]
      for character in line {
        if (parts[parts.count - 1] + String(character)).displayWidth > width { parts.append("") }
        parts[parts.count - 1].append(character)
      }
      return parts
    }
    return lines.isEmpty ? [""] : lines
  }
}

extension Unicode.Scalar {
  /// The blocks that East Asian fonts draw two columns wide, and emoji.
  private static let wideRanges: [ClosedRange<UInt32>] = [
    0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0x9FFF,
    0xA000...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60,
    0xFFE0...0xFFE6, 0x1F300...0x1F64F, 0x1F900...0x1F9FF, 0x20000...0x3FFFD,
  ]

  fileprivate var displayWidth: Int {
    switch properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format, .control: 0
    default: Self.wideRanges.contains { $0.contains(value) } ? 2 : 1
    }
  }
}
