/// The end of what a program writes to its standard error.
struct LastWords: Sendable {
  /// Bytes and lines that are kept; a Python traceback says what matters in its last line.
  private static let byteLimit = 4096
  private static let lineLimit = 3

  private var bytes: [UInt8] = []

  mutating func append(_ more: ArraySlice<UInt8>) {
    bytes += more
    bytes.removeFirst(max(0, bytes.count - Self.byteLimit))
  }

  /// The last lines that are not empty, as one line.
  var text: String {
    String(decoding: bytes, as: UTF8.self)
      .split(whereSeparator: { $0.isNewline })
      .map { $0.drop { $0.isWhitespace } }
      .filter { !$0.isEmpty }
      .suffix(Self.lineLimit)
      .joined(separator: " | ")
  }
}
