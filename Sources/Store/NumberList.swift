/// Lists of numbers as JSON arrays, which `json_each` of the sqlite3 shell takes apart.
enum NumberList {
  /// The shortest digits that give each number back.
  static func text(_ numbers: [Double]) -> String {
    "[" + numbers.map { "\($0)" }.joined(separator: ",") + "]"
  }

  /// The numbers of a text made by `text`.
  static func numbers(_ text: String) -> [Double] {
    text.dropFirst().dropLast().split(separator: ",").map { Double($0) ?? .nan }
  }
}
