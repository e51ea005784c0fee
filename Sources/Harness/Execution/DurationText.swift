/// Lengths of time as people read them.
package enum DurationText {
  /// `0.8 s`, `42 s`, `3 min 20 s` or `2 h 5 min`.
  package static func of(_ seconds: Double) -> String {
    if seconds < 10 { return "\((seconds * 10).rounded() / 10) s" }
    let whole = Int(seconds.rounded())
    if whole < 60 { return "\(whole) s" }
    if whole < 3600 { return "\(whole / 60) min \(whole % 60) s" }
    return "\(whole / 3600) h \(whole % 3600 / 60) min"
  }
}
