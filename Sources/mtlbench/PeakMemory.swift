internal import Foundation

/// The most memory that this process has held at a time.
enum PeakMemory {
  /// Such as `84 MB`.
  ///
  /// Linux' own mark of this program's memory is read: `getrusage` would begin with the memory of
  /// the program that started this one.
  static var text: String {
    guard let status = FileManager.default.contents(atPath: "/proc/self/status") else {
      return "unknown"
    }
    let lines = String(decoding: status, as: UTF8.self).split(separator: "\n")
    let words = lines.first { $0.hasPrefix("VmHWM:") }?.split(whereSeparator: \.isWhitespace)
    guard let words, words.count > 1, let kilobytes = Int(words[1]) else { return "unknown" }
    return "\((kilobytes * 1024 + 500_000) / 1_000_000) MB"
  }
}
