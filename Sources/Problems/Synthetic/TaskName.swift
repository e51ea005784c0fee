/// Names of generated tasks.
enum TaskName {
  private static let alphabet = Array("abcdefghijklmnopqrstuvwxyz")

  /// `a` to `z`, then `a1` to `z1`, and so on.
  static func letters(_ i: Int) -> String {
    let round = i / alphabet.count
    return String(alphabet[i % alphabet.count]) + (round > 0 ? String(round) : "")
  }
}
