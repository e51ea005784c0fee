/// How a person asks for the targets of a table, which is where messages send them.
package enum TargetAsking: Hashable, Sendable {
  /// By the keys of a suite, or of a file beside the table.
  case keys
  /// By an option of a command, which takes names and `NAME:KIND`.
  case option(String)

  /// What holds the targets.
  var targets: String {
    switch self {
    case .keys: "targets"
    case .option(let name): name
    }
  }

  /// How a column is given a kind.
  func kind(_ kind: String, of column: String) -> String {
    switch self {
    case .keys: "set kind: \(kind)"
    case .option: "write '\(column):\(kind)'"
    }
  }

  /// What gives a part other rows, to stand before `or`; empty where there are no keys.
  var byKeys: String { self == .keys ? "by fractions or split, " : "" }
}
