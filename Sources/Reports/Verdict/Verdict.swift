internal import Settings
internal import Statistics
package import Store

/// What a suite's results say, in plain words made from its tests.
///
/// First one table that is read in a minute: per problem what wins and loses against tuned static
/// weights, by how much, on what mechanism, what the answers depend on, and whether training the tasks
/// together pays at all. The long text has every method with its grounds.
package enum Verdict {
  /// Half the width, in points of Δm, within which two methods are called practically equal.
  package static let equivalence = 0.5

  /// Whether an interval of differences in points lies within it.
  static func isEquivalence(_ interval: Interval) -> Bool {
    interval.lower >= -equivalence && interval.upper <= equivalence
  }

  /// The text, ending with a line feed; with `isVerbose` the sentences on every method too.
  ///
  /// - Throws: `StoreError` when the suite is not in the store or the store cannot be read.
  package static func text(
    store: ResultStore,
    suite: String,
    isVerbose: Bool = false
  ) throws(StoreError) -> String {
    text(of: try SuiteResults(suite: suite, from: store), isVerbose: isVerbose)
  }

  /// The text of results that were read before, ending with a line feed; names of others in it are
  /// escaped as in tables, and the table has at most `width` columns.
  package static func text(
    of results: SuiteResults,
    isVerbose: Bool = false,
    isStyled: Bool = false,
    width: Int = 120
  ) -> String {
    var lines = ["Verdict on suite \(VisibleText.of(results.suite.name))", ""]
    do throws(TableError) {
      let table = try VerdictTable.table(of: results)
      if results.problems.allSatisfy({ $0.control == nil || $0.reference == nil }) {
        // Every cell would be a dash.
        lines += bullets(table.footnotes)
      } else {
        let text = TableForm.terminal.text(of: table, isStyled: isStyled, maximumWidth: width)
        lines += text.split(separator: "\n", omittingEmptySubsequences: false).dropLast().map {
          String($0)
        }
      }
    } catch {
      lines += bullets(["\(error)."])
    }
    let overall = overallSentences(results)
    if !overall.isEmpty { lines += ["", "Over all problems"] + bullets(overall) }
    let networks = NetworkVerdict.sentences(results)
    if !networks.isEmpty { lines += ["", "Between the networks"] + bullets(networks) }
    guard isVerbose else { return lines.joined(separator: "\n") + "\n" }
    for (problem, judgements) in zip(results.problems, results.judgements) {
      lines += ["", VisibleText.of(problem.problem.label)]
      lines += bullets(ProblemVerdict(problem, judgements).sentences)
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static let lineWidth = 92

  private static func bullets(_ sentences: [String]) -> [String] {
    sentences.flatMap { sentence in
      VisibleText.of(sentence).wrapped(to: lineWidth).enumerated().map {
        ($0 == 0 ? "  - " : "    ") + $1
      }
    }
  }

  /// The sentences over all problems; none for a single problem.
  package static func overallSentences(_ results: SuiteResults) -> [String] {
    let overview = Overview(results)
    guard overview.problems.count > 1 else { return [] }
    let rivals = overview.lines.filter { $0.counts?.outcomes.contains { $0 != nil } ?? false }
    guard !rivals.isEmpty else { return [] }
    let count = overview.familyCount
    var sentences: [String] = []
    let winners = rivals.filter { ($0.counts?.wins ?? 0) == count }
    let neverLosing = rivals.filter { line in
      guard let counts = line.counts else { return false }
      return counts.wins > 0 && counts.wins < count && counts.losses == 0
    }
    let noun = count == overview.problems.count ? "problems" : "families of problems"
    if !winners.isEmpty {
      sentences.append(
        "Better than \(results.rival.name) on every one of the \(count) \(noun): "
          + "\(list(winners.map(\.record.label)))."
      )
    }
    if !neverLosing.isEmpty {
      let parts = neverLosing.map { "\($0.record.label) (\($0.counts?.wins ?? 0) of \(count))" }
      sentences.append("Better on some \(noun) and worse on none: \(list(parts)).")
    }
    if winners.isEmpty, neverLosing.isEmpty {
      sentences.append(
        "No method beats \(results.rival.name) on any of the \(count) \(noun) without losing to them on another."
      )
    }
    let best = overview.lines.compactMap { line in line.meanDelta.map { (line, $0) } }
      .min { $0.1 < $1.1 }
    if let (line, mean) = best {
      let error = line.error.map { " ± \(NumberText.fixed($0, 2))" } ?? ""
      sentences.append(
        "Lowest geometric mean Δ over the problems: \(line.record.label), "
          + "\(NumberText.signed(mean, 2))\(error) %; this holds for these problems and says "
          + "nothing about others."
      )
    }
    return sentences + [atOnce(results)].compactMap { $0 } + RankingNote.sentences(overview)
  }

  /// How many verdicts stay where all comparisons of the suite are one family; nil without a p.
  private static func atOnce(_ results: SuiteResults) -> String? {
    let all = results.judgements.flatMap(\.all)
    let adjusted = Holm.adjusted(all.map { $0.duel.sameAs == nil ? $0.duel.p : nil })
    let kept = { (word: Judgement.Word) in
      zip(all, adjusted).count { $0.word == word && ($1 ?? 1) <= Comparison.alpha }
    }
    let count = adjusted.count { $0 != nil }
    guard count > 0 else { return nil }
    return "Held against chance over all \(count) comparisons of the suite at once (Holm), "
      + "\(kept(.better)) are better and \(kept(.worse)) worse."
  }

  /// `a`, `a and b`, `a, b and c`.
  static func list(_ parts: [String]) -> String {
    guard parts.count > 1, let last = parts.last else { return parts.first ?? "" }
    return parts.dropLast().joined(separator: ", ") + " and " + last
  }
}
