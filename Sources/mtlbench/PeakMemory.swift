internal import Glibc

/// The most memory that this process has held at a time.
enum PeakMemory {
  /// Such as `84 MB`.
  static var text: String {
    var usage = rusage()
    guard getrusage(RUSAGE_SELF.rawValue, &usage) == 0 else { return "unknown" }
    let bytes = usage.ru_maxrss * 1024
    return "\((bytes + 500_000) / 1_000_000) MB"
  }
}
