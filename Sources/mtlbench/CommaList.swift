/// The parts of an option between commas.
enum CommaList {
  /// Without the spaces around them; empty parts are kept.
  static func parts(_ text: String) -> [String] {
    text.split(separator: ",", omittingEmptySubsequences: false).map { part in
      let start = part.drop { $0 == " " }
      return String(start.reversed().drop { $0 == " " }.reversed())
    }
  }

  /// The parts that are not empty.
  static func words(_ text: String) -> [String] { parts(text).filter { !$0.isEmpty } }
}
