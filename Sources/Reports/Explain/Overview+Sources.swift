internal import Statistics

extension Overview {
  /// What explanations say of a line's sources.
  static let sourceWords = "mean delta_m by problem"
}

extension Overview.Line {
  /// Mean Δm of each problem with all runs behind it; problems without one are left out.
  func sources(_ problems: [String]) -> [Table.Source] {
    zip(problems, results).compactMap { problem, result in
      guard let result, let summary = result.deltaMSummary, summary.count > 0 else { return nil }
      return Table.Source(label: problem, value: summary.mean, runs: result.identities)
    }
  }
}
