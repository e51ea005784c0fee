internal import Statistics
internal import Store

/// The methods ranked over all problems, with the tests between them and robust aggregates.
package enum RankingTable: ReportTable {
  package static let name = "ranking"
  package static let summary =
    "mean rank with letters, IQM with interval, wins, ties and losses, p over all problems"
  package static let scope = ReportScope.suite

  package static func table(of results: SuiteResults) throws(TableError) -> Table {
    let overview = Overview(results)
    guard Set(results.problems.map(\.problem.family)).count > 1 else {
      throw .notApplicable(table: name, reason: "there is one family of problems only")
    }
    guard overview.lines.contains(where: { $0.meanRank != nil }) else {
      throw .notApplicable(table: name, reason: "no method has a Δm yet")
    }
    let ranking = SuiteRanking(overview, families: results.problems.map(\.problem.family))
    let scores = SuiteScores(overview)
    let means = InterquartileMeanInterval.all(scores.values)
    let placed = ranking.map { Places($0, overview, results.rival) }
    var rows: [Table.Row] = []
    var above: MethodRecord?
    for (index, line) in overview.lines.enumerated() {
      let place = scores.methods.firstIndex(of: index)
      rows.append(
        Table.Row(
          label: line.record.label,
          isFailed: line.results.contains { ($0?.failedCount ?? 0) > 0 },
          spacing: line.record.spacing(below: above),
          cells: rankCells(index, placed)
            + scoreCells(place.map { (means[$0], scores.values[$0]) })
            + duelCells(line, p: placed?.p[index] ?? nil),
          sources: line.sources(overview.problems),
          sourceWords: Overview.sourceWords
        )
      )
      above = line.record
    }
    return Table(
      name: name,
      title: "Ranking over the \(overview.problems.count) problems of suite \(results.suite.name)",
      columns: columns(results.rival),
      rows: rows,
      caption: caption(overview, ranking, scores, results.rival)
        + ImportNote.sentences(results.problems),
      footnotes: footnotes(overview, ranking, scores)
    )
  }

  private static func columns(_ rival: Rival) -> [Table.Column] {
    [
      Table.Column(
        name: "mean_rank",
        head: "MR",
        direction: .lower,
        decimals: .fixed(2),
        formula: "mean over the families of problems of the rank of the geometric mean; 1 is best"
      ),
      Table.Column(
        name: "letters",
        head: "Letters",
        formula:
          "methods that share a letter are not told apart by Wilcoxon's signed-rank test over "
          + "the families, Holm over all pairs"
      ),
      Table.Column(
        name: "iqm",
        head: "IQM",
        direction: .higher,
        decimals: .fixed(4),
        formula: "mean of the middle half of the scores 1 - delta_m / 100 of all seeds and problems"
      ),
      Table.Column(
        name: "iqm_interval",
        head: "95 % interval",
        formula: "stratified bootstrap of iqm, 2000 draws of the seeds in each problem, expanded "
          + "percentile"
      ),
      Table.Column(
        name: "optimality_gap",
        head: "Gap",
        direction: .lower,
        decimals: .fixed(4),
        formula: "1 - mean of min(score, 1): the mean shortfall against single-task training"
      ),
      Table.Column(
        name: "wins_ties_losses",
        head: "W/T/L",
        formula:
          "families of problems on which the verdict is better; not told apart, or depends on a "
          + "choice; worse or failed"
      ),
      Table.Column(
        name: "p_vs_static",
        head: "p vs \(rival.short)",
        decimals: .pValue,
        formula:
          "exact Wilcoxon signed-rank test of the geometric mean by family against \(rival.label), "
          + "Holm over the methods"
      ),
    ]
  }

  /// The results of the tests by the position of a method in the overview.
  private struct Places {
    var meanRank: [Double?]
    var letters: [String?]
    var ranks: [[Table.Source]]
    var p: [Double?]

    init(_ ranking: SuiteRanking, _ overview: Overview, _ rival: Rival) {
      let count = overview.lines.count
      meanRank = [Double?](repeating: nil, count: count)
      letters = [String?](repeating: nil, count: count)
      ranks = [[Table.Source]](repeating: [], count: count)
      p = [Double?](repeating: nil, count: count)
      let control = ranking.blocks.methods.firstIndex {
        overview.lines[$0].record.label == rival.label
      }
      let adjusted = control.map { ranking.adjustedP(against: $0) }
      let byFamily = ranking.blocks.values.map { Ranking.ranks($0, higherIsBetter: false) }
      for (place, method) in ranking.blocks.methods.enumerated() {
        meanRank[method] = ranking.friedman.meanRanks[place]
        letters[method] = ranking.cliques.letters[place]
        p[method] = adjusted?[place]
        ranks[method] = zip(ranking.blocks.families, byFamily).map { family, ranks in
          Table.Source(label: "rank in \(family)", value: ranks[place], runs: [])
        }
      }
    }
  }

  private static func rankCells(_ method: Int, _ places: Places?) -> [Table.Cell] {
    guard let places, let rank = places.meanRank[method] else { return [.none, .none] }
    let sources = places.ranks[method]
    return [
      .value(Table.Measure(mean: rank, count: sources.count, sources: sources)),
      places.letters[method].map { .text($0) } ?? .none,
    ]
  }

  private static func scoreCells(
    _ scored: (mean: InterquartileMeanInterval, scores: [[Double]])?
  ) -> [Table.Cell] {
    guard let (mean, scores) = scored else { return [.none, .none, .none] }
    let count = scores.count * (scores.first?.count ?? 0)
    let gap = SuiteAggregates(scores).optimalityGap
    let number = { (value: Double) -> Table.Cell in
      value.isFinite ? .value(Table.Measure(mean: value, count: count)) : .none
    }
    let interval = mean.interval.map {
      "[\(NumberText.signed($0.lower, 4)), \(NumberText.signed($0.upper, 4))]"
    }
    return [number(mean.estimate), interval.map { .text($0) } ?? .none, number(gap)]
  }

  private static func duelCells(_ line: Overview.Line, p: Double?) -> [Table.Cell] {
    guard let duels = line.counts else { return [.text("(ref.)"), .text("(ref.)")] }
    return [
      VerdictCountCell.cell(duels),
      p.map { .value(Table.Measure(mean: $0, count: line.results.count)) } ?? .none,
    ]
  }

  private static func caption(
    _ overview: Overview,
    _ ranking: SuiteRanking?,
    _ scores: SuiteScores,
    _ rival: Rival
  ) -> [String] {
    let level = NumberText.fixed(Comparison.alpha, 2)
    return [ranking?.omnibusSentence].compactMap { $0 } + [
      "Δm: change of the test metrics against single-task training of the same seed, averaged within "
        + "a task, then over tasks.",
      "MR: mean rank of the geometric mean Δ; methods that share a letter are not told apart (exact Wilcoxon "
        + "signed-rank over the families, Holm over all pairs, α = \(level)).",
      "IQM: mean of the middle half of the scores 1 − Δm/100 of \(NumberText.counted(scores.seedCount, "seed")) on each "
        + "problem, 1 is parity with single-task training; interval by stratified bootstrap over "
        + "seeds, 2000 draws, for other seeds on the same problems.",
      "Gap: mean shortfall of the scores below 1.",
      "W/T/L: families on which the verdict against \(rival.label) is better; not told apart, or depends "
        + "on a choice; worse; p vs \(rival.short): Wilcoxon over the families, Holm over the methods.",
    ] + RankingNote.sentences(overview)
  }

  private static func footnotes(
    _ overview: Overview,
    _ ranking: SuiteRanking?,
    _ scores: SuiteScores
  ) -> [String] {
    var notes: [String] = []
    if let ranking {
      let (made, needed) = (ranking.blocks.families.count, ranking.familiesNeeded)
      if made < needed {
        notes.append(
          "With \(made) families Wilcoxon–Holm over \(ranking.tests.pairs.count) pairs cannot tell "
            + "any pair apart; it needs \(needed)."
        )
      }
    } else {
      notes.append("Fewer than three methods were run on every problem: no ranks.")
    }
    let left = overview.lines.indices.filter { !scores.methods.contains($0) }
    if !left.isEmpty {
      notes.append(
        "Not run on every problem, thus not ranked: "
          + Verdict.list(left.map { overview.lines[$0].record.label }) + "."
      )
    }
    let failed = overview.lines.filter { $0.results.contains { ($0?.failedCount ?? 0) > 0 } }
    if !failed.isEmpty {
      notes.append(
        "† \(Verdict.list(failed.map(\.record.label))): failed runs take the worst rank, lose, and "
          + "score below all others in the IQM."
      )
    }
    return notes
  }
}
