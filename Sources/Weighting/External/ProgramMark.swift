internal import Glibc

/// A word in a program's environment by which all that it has started is found.
///
/// Descendants have it from their parents, also those that have left the program's process group and
/// those whose parents are gone. A process that has cleared its environment is not found.
struct ProgramMark: Sendable {
  /// The variable that holds the mark, behind the marks of programs that this one is part of.
  private static let variable = "MTLBENCH_PROGRAM"
  /// Rounds of looking for processes that others started while they were being killed.
  private static let mostRounds = 10
  private static let chunkSize = 1 << 16

  private let word: String

  /// A mark that no other program has.
  ///
  /// - Parameter descriptor: A file descriptor that only this program's owner has open.
  init(descriptor: Int32) {
    var time = timespec()
    unsafe clock_gettime(CLOCK_MONOTONIC, &time)
    word = "mtlbench.\(getpid()).\(time.tv_sec).\(time.tv_nsec).\(descriptor)."
  }

  /// This process's environment with the mark in it, one `NAME=value` a word.
  var environment: [String] {
    var words: [String] = []
    var marks = ""
    var place = unsafe environ
    while let entry = unsafe place.pointee {
      let text = unsafe String(cString: entry)
      if text.hasPrefix(Self.variable + "=") {
        marks = String(text.dropFirst(Self.variable.count + 1))
      } else {
        words.append(text)
      }
      unsafe place += 1
    }
    return words + ["\(Self.variable)=\(marks)\(word)"]
  }

  /// Kills every process that bears the mark.
  func kill() {
    for _ in 0..<Self.mostRounds {
      let found = Self.processes().filter { isBorne(by: $0) }
      if found.isEmpty { return }
      for process in found { Glibc.kill(process, SIGKILL) }
    }
  }

  private static func processes() -> [pid_t] {
    guard let folder = unsafe opendir("/proc") else { return [] }
    defer { unsafe closedir(folder) }
    var found: [pid_t] = []
    while let entry = unsafe readdir(folder) {
      let name = unsafe withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
        unsafe String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      if let process = pid_t(name) { found.append(process) }
    }
    return found
  }

  /// Whether the mark is in the environment that a process was started with; a process that has ended
  /// has none, and those of other users are not to be read.
  private func isBorne(by process: pid_t) -> Bool {
    let file = unsafe open("/proc/\(process)/environ", O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return false }
    defer { close(file) }
    var text: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: Self.chunkSize)
    while true {
      let count = unsafe read(file, &chunk, chunk.count)
      guard count > 0 else { break }
      text += chunk[..<count]
    }
    return text.contains(word.utf8)
  }
}
