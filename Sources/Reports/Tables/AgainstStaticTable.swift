internal import Statistics
internal import Store

/// Every method of one problem against the tuned static weights, seed by seed.
package enum AgainstStaticTable: ReportTable {
  package static let name = "against-static"
  package static let summary =
    "Δm of every method minus that of tuned static weights, with tests, effect and seeds needed"
  package static let scope = ReportScope.problem

  /// With fewer pairs a sign-flip test cannot reach a p below 0.002.
  private static let fewestSignFlips = 10

  package static func table(of results: SuiteResults) throws(TableError) -> Table {
    guard let problem = results.problems.first, let control = problem.control,
      control.deltaM != nil
    else {
      throw .notApplicable(
        table: name,
        reason: "it needs single-task training and \(results.rival.name)"
      )
    }
    let comparison = results.judgements[0].comparison
    let againstEqual = EqualDuels(problem)
    let rivals = problem.methods.indices.filter {
      problem.methods[$0].record.label != control.record.label
    }
    guard !rivals.isEmpty else {
      throw .notApplicable(table: name, reason: "there is no other method")
    }
    var rows: [Table.Row] = []
    var above: MethodRecord?
    for index in rivals {
      let method = problem.methods[index]
      let sources = sources(method, control, seeds: problem.seeds)
      rows.append(
        Table.Row(
          label: method.record.label,
          isFailed: method.failedCount > 0,
          spacing: method.record.spacing(below: above),
          cells: cells(comparison.duels[index], comparison, sources)
            + againstEqual.cells(of: index),
          sources: sources,
          sourceWords: "delta_m minus that of \(control.record.label) by seed"
        )
      )
      above = method.record
    }
    return Table(
      name: name(on: problem),
      title: "Against \(control.record.label) on problem \(problem.problem.label) of suite "
        + results.suite.name,
      columns: columns(comparison) + againstEqual.columns,
      rows: rows,
      caption: caption(problem, comparison) + againstEqual.caption,
      footnotes: problem.methods.compactMap { ReportNotes.failures(of: $0) }
        + UndefinedNote.sentences(problem)
    )
  }

  private static func columns(_ comparison: Comparison) -> [Table.Column] {
    [
      Table.Column(
        name: "difference",
        head: "Difference",
        unit: "points",
        direction: .lower,
        formula: "mean over shared seeds of delta_m minus that of static (tuned)"
      ),
      Table.Column(
        name: "interval",
        head: "95 % interval",
        formula: "t interval of difference, at the level of the method's step in Holm's correction"
      ),
      Table.Column(
        name: "dz",
        head: "dz",
        decimals: .fixed(2),
        formula: "difference divided by the standard deviation of the seeds' differences",
        isDetail: true
      ),
      Table.Column(
        name: "seeds_won",
        head: "Seeds won",
        unit: "%",
        direction: .higher,
        decimals: .fixed(0),
        formula: "share of the shared seeds with a lower delta_m; ties count half",
        isDetail: true
      ),
      Table.Column(
        name: "p",
        head: "p",
        decimals: .pValue,
        formula: "two-sided paired t test of the differences",
        isDetail: true
      ),
      Table.Column(
        name: "p_holm",
        head: "p (Holm)",
        decimals: .pValue,
        formula:
          "p after Holm's correction over \(NumberText.counted(comparison.duelCount, "method"))"
      ),
      Table.Column(
        name: "p_sign_flip",
        head: "p (sign flip)",
        decimals: .pValue,
        formula: "two-sided sign-flip permutation test of the differences, without correction",
        isDetail: true
      ),
      Table.Column(
        name: "seeds_needed",
        head: "Seeds needed",
        decimals: .fixed(0),
        formula: "seeds with which the paired t test finds a true effect of dz with power 0.8 at "
          + "Holm's hardest step"
      ),
      Table.Column(
        name: "result",
        head: "Result",
        formula: "better or worse: p (Holm) of at most 0.05; equal: the interval within "
          + "±\(NumberText.fixed(Verdict.equivalence, 1)) points"
      ),
    ]
  }

  /// Δm minus that of the control at each seed that both have.
  static func sources(
    _ method: MethodResults,
    _ control: MethodResults,
    seeds: [Int]
  ) -> [Table.Source] {
    seeds.indices.compactMap { index in
      guard let own = method.deltaMBySeed[index].value,
        let other = control.deltaMBySeed[index].value
      else { return nil }
      return Table.Source(
        label: "seed \(seeds[index])",
        value: own - other,
        runs: (method.runs[index] + control.runs[index]).map(\.identity)
      )
    }
  }

  private static func cells(
    _ duel: Comparison.Duel,
    _ comparison: Comparison,
    _ sources: [Table.Source]
  ) -> [Table.Cell] {
    guard let difference = duel.difference else {
      return [Table.Cell](repeating: .none, count: 8) + [.text(words(duel.result))]
    }
    let number = { (value: Double?) -> Table.Cell in
      guard let value, value.isFinite else { return .none }
      return .value(Table.Measure(mean: value, count: difference.count))
    }
    var measure = Table.Measure(difference)
    measure.sources = sources
    let signFlip =
      difference.count >= fewestSignFlips
      ? SignFlipTest(differences: sources.map(\.value)).twoSided : nil
    return [
      .value(measure), interval(difference),
      number(difference.mean / difference.standardDeviation),
      number(duel.shareWon.map { 100 * $0 }),
      duel.isDegenerate ? .text("no variance") : number(duel.p),
      duel.isDegenerate ? .text("no variance") : number(duel.adjustedP),
      number(signFlip),
      duel.result == .undecided ? needed(comparison.seedsNeeded(duel)) : .none,
      .text(duel.isPracticallyEqual ? "equal" : words(duel.result)),
    ]
  }

  private static func interval(_ difference: SeedSummary) -> Table.Cell {
    guard difference.interval.lower.isFinite else { return .none }
    let decimals = NumberText.decimals(for: difference.standardError)
    let (lower, upper) = (difference.interval.lower, difference.interval.upper)
    return .text("[\(NumberText.signed(lower, decimals)), \(NumberText.signed(upper, decimals))]")
  }

  private static func needed(_ count: Int?) -> Table.Cell {
    count.map { .value(Table.Measure(mean: Double($0))) }
      ?? .text("over \(Comparison.mostSeeds)")
  }

  private static func words(_ result: Comparison.Duel.Result) -> String {
    switch result {
    case .better: "better"
    case .worse: "worse"
    case .undecided: "cannot tell"
    case .failed: "failed"
    case .controlFailed: "static failed"
    case .none: "–"
    }
  }

  private static func caption(_ problem: ProblemResults, _ comparison: Comparison) -> [String] {
    let level = NumberText.fixed(Comparison.alpha, 2)
    let flips = problem.seeds.count >= fewestSignFlips
    return [
      "Δm of the test metrics against single-task training of the same seed, averaged within a task, "
        + "then over tasks, minus that of \(problem.rival.label) at the same seed: mean ± "
        + "standard error over \(NumberText.counted(problem.seeds.count, "evaluation seed")) with its t interval, "
        + "adjusted as p is: it excludes 0 exactly where p (Holm) is at most α. Negative is better.",
      "p: paired t, two-sided, then Holm over \(NumberText.counted(comparison.duelCount, "method")); better and worse: α = "
        + "\(level)" + (flips ? "; sign flip: exact for up to 20 seeds, without correction." : "."),
      "dz: mean difference in standard deviations of the seeds' differences.",
      "Seeds needed: for power 0.8 at Holm's hardest step, if the true dz is this large.",
      "Equal: the interval lies within ±\(NumberText.fixed(Verdict.equivalence, 1)) points.",
    ] + ImportNote.sentences([problem])
  }
}
