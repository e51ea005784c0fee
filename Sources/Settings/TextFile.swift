internal import Glibc

/// Reads whole text files.
package enum TextFile {
  /// Settings are written by hand; what is larger is a file of another kind named by mistake.
  static let sizeLimit = 16 << 20

  /// The text of a file in UTF-8.
  ///
  /// - Throws: `SettingsError.file` when it is missing, a folder, not permitted or larger than
  ///   16 MiB; `SettingsError.text` when it is not UTF-8.
  package static func read(path: String) throws(SettingsError) -> String {
    let bytes = try readBytes(path)
    do {
      return String(copying: try UTF8Span(validating: bytes.span))
    } catch {
      throw notUTF8(bytes, offset: error.byteOffsets.lowerBound, path: path)
    }
  }

  private static func readBytes(_ path: String) throws(SettingsError) -> [UInt8] {
    var bytes: [UInt8] = []
    try readChunks(path) { (chunk) throws(SettingsError) in
      bytes += chunk
      guard bytes.count <= sizeLimit else {
        throw .file(path: path, .tooLarge(limit: sizeLimit))
      }
    }
    return bytes
  }

  /// Hands a file's bytes over piece by piece.
  ///
  /// - Throws: `SettingsError.file` when it cannot be read, and what `take` throws.
  static func readChunks(
    _ path: String,
    _ take: (ArraySlice<UInt8>) throws(SettingsError) -> Void
  ) throws(SettingsError) {
    // Opened without blocking: a pipe that nobody writes to would be waited for, and is empty so.
    let file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard file >= 0 else { throw failure(path, code: errno) }
    defer { close(file) }
    _ = fcntl(file, F_SETFL, fcntl(file, F_GETFL) & ~O_NONBLOCK)
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = Glibc.read(file, &chunk, chunk.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw failure(path, code: errno) }
      if count == 0 { return }
      try take(chunk[..<count])
    }
  }

  private static func failure(_ path: String, code: Int32) -> SettingsError {
    let problem: SettingsError.FileProblem =
      switch code {
      case ENOENT, ENOTDIR: .missing
      case EISDIR: .isDirectory
      case EACCES, EPERM: .notPermitted
      default: .system(code: code, words: String(cString: strerror(code)))
      }
    return .file(path: path, problem)
  }

  private static func notUTF8(_ bytes: [UInt8], offset: Int, path: String) -> SettingsError {
    let lineBreak = UInt8(ascii: "\n")
    let before = bytes[..<offset]
    let lineStart = before.lastIndex(of: lineBreak).map { $0 + 1 } ?? 0
    let isContinuation = { (byte: UInt8) in byte & 0b1100_0000 == 0b1000_0000 }
    let place = Place(
      file: path,
      line: before.count { $0 == lineBreak } + 1,
      column: before[lineStart...].count { !isContinuation($0) } + 1
    )
    return .text(place, .notUTF8(byte: bytes[offset], offset: offset))
  }
}
