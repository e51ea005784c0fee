/// Wins, ties and losses in a cell.
enum VerdictCountCell {
  /// `3/1/0`; a word for the control itself, a dash where nothing could be compared.
  static func cell(_ counts: FamilyCounts?) -> Table.Cell {
    guard let counts else { return .text("(ref.)") }
    guard counts.outcomes.contains(where: { $0 != nil }) else { return .none }
    return .text("\(counts.wins)/\(counts.ties)/\(counts.losses)")
  }
}
