package import Store

internal import Statistics

/// What a suite's results say, in plain words made from its tests.
///
/// Per problem: which methods beat the tuned static weights, which are worse, which cannot be told
/// apart from them and how many seeds that would take, what failed, and what weakens the answer.
package enum Verdict {
  /// Half the width, in points of Δm, within which two methods are called practically equal.
  package static let equivalence = 0.5

  /// The whole text, ending with a line feed.
  ///
  /// - Throws: `StoreError` when the suite is not in the store or the store cannot be read.
  package static func text(store: ResultStore, suite: String) throws(StoreError) -> String {
    text(of: try SuiteResults(suite: suite, from: store))
  }

  /// The whole text of results that were read before, ending with a line feed.
  package static func text(of results: SuiteResults) -> String {
    var lines = ["Verdict on suite \(results.suite.name)"]
    for problem in results.problems {
      lines += ["", problem.problem.label]
      for sentence in ProblemVerdict(problem).sentences {
        let wrapped = sentence.wrapped(to: lineWidth)
        for (index, line) in wrapped.enumerated() {
          lines.append((index == 0 ? "  - " : "    ") + line)
        }
      }
    }
    let overall = overallSentences(results)
    if !overall.isEmpty { lines += ["", "Over all problems"] }
    for sentence in overall {
      let wrapped = sentence.wrapped(to: lineWidth)
      for (index, line) in wrapped.enumerated() {
        lines.append((index == 0 ? "  - " : "    ") + line)
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static let lineWidth = 92

  /// The sentences over all problems; none for a single problem.
  package static func overallSentences(_ results: SuiteResults) -> [String] {
    let overview = Overview(results)
    guard overview.problems.count > 1 else { return [] }
    var sentences: [String] = []
    let rivals = overview.lines.filter { $0.duels?.outcomes.contains { $0 != nil } ?? false }
    guard !rivals.isEmpty else { return [] }
    let count = overview.problems.count
    let winners = rivals.filter { ($0.duels?.wins ?? 0) == count }
    let neverLosing = rivals.filter { line in
      guard let duels = line.duels else { return false }
      return duels.wins > 0 && duels.wins < count && duels.losses == 0
    }
    if !winners.isEmpty {
      sentences.append(
        "Better than tuned static weights on every one of the \(count) problems: "
          + "\(list(winners.map(\.record.label)))."
      )
    }
    if !neverLosing.isEmpty {
      let parts = neverLosing.map { "\($0.record.label) (\($0.duels?.wins ?? 0) of \(count))" }
      sentences.append("Better on some problems and worse on none: \(list(parts)).")
    }
    if winners.isEmpty, neverLosing.isEmpty {
      sentences.append(
        "No method beats tuned static weights on some problem without losing to them on another."
      )
    }
    let best = overview.lines.compactMap { line in line.meanDeltaM.map { (line, $0) } }
      .min { $0.1 < $1.1 }
    if let (line, mean) = best {
      let error = line.error.map { " ± \(NumberText.fixed($0, 2))" } ?? ""
      sentences.append(
        "Lowest mean Δm over the problems: \(line.record.label), "
          + "\(NumberText.signed(mean, 2))\(error) %, which holds for these problems and says "
          + "nothing of others."
      )
    }
    return sentences
  }

  /// `a`, `a and b`, `a, b and c`.
  static func list(_ parts: [String]) -> String {
    guard parts.count > 1, let last = parts.last else { return parts.first ?? "" }
    return parts.dropLast().joined(separator: ", ") + " and " + last
  }
}
