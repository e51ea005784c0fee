internal import Store

extension MethodRecord {
  /// What stands between a method's row and the one above it: a rule behind single-task training and
  /// between networks, a gap between groups.
  func spacing(below above: MethodRecord?) -> Table.Spacing {
    guard let above else { return .gap }
    if above.group == .singleTask { return group == above.group ? .none : .rule }
    if above.network != network { return .rule }
    return above.group == group ? .none : .gap
  }
}
