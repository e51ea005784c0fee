internal import Statistics
internal import Store

/// What is said of the networks of a suite, each against the first.
package enum NetworkVerdict {
  /// A sentence for each network but the first, after one that says what is compared; none for a single
  /// network.
  package static func sentences(_ results: SuiteResults) -> [String] {
    let comparisons = results.problems.map { NetworkComparison($0).lines }
    guard let lines = comparisons.first, let first = lines.first, lines.count > 1 else { return [] }
    let isMatched = results.problems.contains { $0.networks.contains { $0.widthFactor != nil } }
    let size =
      isMatched ? "All have about as many parameters." : "Their sizes differ: see table networks."
    return [
      "Against \(first.network.label), in points of Δm: the mean over the methods that ran on both, on "
        + "the same seeds, data and batches, with adjusted 95 % intervals. \(size)"
    ]
      + lines.indices.dropFirst().map { index in
        let parts = zip(results.problems, comparisons).map { problem, lines in
          "\(words(lines[index])) on \(problem.problem.label)"
        }
        return "\(lines[index].network.label): \(parts.joined(separator: "; "))."
      }
  }

  private static func words(_ line: NetworkComparison.Line) -> String {
    let word = NetworkTable.words(line.word)
    guard let difference = line.difference, difference.count > 0, line.word != .failed else {
      return word
    }
    let mean = NumberText.signed(difference.mean, 2)
    guard difference.interval.lower.isFinite else { return "\(word) (\(mean))" }
    return "\(word) (\(mean), "
      + "\(JudgementText.range(difference.interval.lower, difference.interval.upper)))"
  }
}
