internal import Glibc

/// Files and folders of the results.
enum FileNames {
  /// A label as part of a file name: letters, digits, dots, hyphens and underscores stay.
  static func safe(_ label: String) -> String {
    let safe = String(
      label.map { character in
        let isPlain = character.isASCII && (character.isLetter || character.isNumber)
        return isPlain || "._-".contains(character) ? character : "-"
      }
    )
    // No hidden files, no way up, and nothing that a program takes for an option.
    return safe.hasPrefix(".") || safe.hasPrefix("-") || safe.isEmpty ? "_" + safe : safe
  }

  /// Makes a folder and those above it; a sentence when that fails.
  static func makeFolder(_ path: String) -> String? {
    var made = path.hasPrefix("/") ? "/" : ""
    for part in path.split(separator: "/") {
      made += part + "/"
      let allButOthersWriting: mode_t = 0o755
      if mkdir(made, allButOthersWriting) != 0 && errno != EEXIST { return failure(path) }
    }
    return nil
  }

  /// Writes a file under another name first, so that it is never half there; a sentence when that
  /// fails.
  static func write(_ text: String, to path: String) -> String? {
    let part = path + ".part"
    guard let file = fopen(part, "w") else { return failure(path) }
    var text = text
    let isWritten = text.withUTF8 { fwrite($0.baseAddress, 1, $0.count, file) == $0.count }
    let isClosed = fclose(file) == 0
    guard isWritten, isClosed, rename(part, path) == 0 else {
      let reason = failure(path)
      unlink(part)
      return reason
    }
    return nil
  }

  /// The whole text of a file; nil when it cannot be read.
  static func text(of path: String) -> String? {
    guard let file = fopen(path, "r") else { return nil }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 65536)
    while case let count = fread(&chunk, 1, chunk.count, file), count > 0 {
      bytes += chunk[..<count]
    }
    return ferror(file) == 0 ? String(decoding: bytes, as: UTF8.self) : nil
  }

  private static func failure(_ path: String) -> String {
    let words = strerror(errno).map { String(cString: $0) } ?? "error \(errno)"
    return "\(path): cannot be written: \(words); choose an output folder that can be written to"
  }
}
