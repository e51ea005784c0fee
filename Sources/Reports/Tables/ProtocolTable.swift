internal import Statistics
internal import Store

/// Every method of one problem against tuned static weights under neighbouring protocols.
package enum ProtocolTable: ReportTable {
  package static let name = "protocols"
  package static let summary =
    "the difference to tuned static weights under other checkpoints, means, tests and bases"
  package static let scope = ReportScope.problem

  package static func table(of results: SuiteResults) throws(TableError) -> Table {
    guard let problem = results.problems.first, let judgements = results.judgements.first,
      let control = problem.control, control.deltaM != nil
    else {
      throw .notApplicable(
        table: name,
        reason: "it needs single-task training and \(results.rival.name)"
      )
    }
    let rivals = problem.methods.indices.filter { judgements.all[$0].duel.difference != nil }
    guard !rivals.isEmpty else {
      throw .notApplicable(table: name, reason: "no method can be compared with them")
    }
    var rows: [Table.Row] = []
    var above: MethodRecord?
    for index in rivals {
      let method = problem.methods[index]
      rows.append(
        Table.Row(
          label: method.record.label,
          spacing: method.record.spacing(below: above),
          cells: cells(judgements.all[index], judgements.protocols),
          sources: AgainstStaticTable.sources(method, control, seeds: problem.seeds),
          sourceWords:
            "delta_m minus that of \(control.record.label) by seed, under the main protocol"
        )
      )
      above = method.record
    }
    return Table(
      name: name(on: problem),
      title: "Under neighbouring protocols on problem \(problem.problem.label) of suite "
        + results.suite.name,
      columns: columns(judgements.protocols),
      rows: rows,
      caption: caption(judgements, problem)
    )
  }

  private static func columns(_ protocols: [ProtocolComparison]) -> [Table.Column] {
    protocols.flatMap { comparison in
      let name = comparison.protocol.name
      let test = comparison.protocol.test == .tTest ? "paired t" : "exact Wilcoxon signed-rank"
      return [
        Table.Column(
          name: "\(name).difference",
          group: name,
          head: "Diff.",
          direction: .lower,
          decimals: .fixed(2),
          formula: "method minus static (tuned) over the shared seeds"
        ),
        Table.Column(
          name: "\(name).p",
          group: name,
          head: "p",
          decimals: .pValue,
          formula: "\(test), Holm over the methods"
        ),
      ]
    } + [
      Table.Column(
        name: "luck_of_tuning",
        head: "With tuning seeds",
        formula: "95 % interval of difference, tuning and evaluation seeds drawn together"
      ),
      Table.Column(
        name: "decision_stability",
        head: "Same verdict",
        unit: "%",
        direction: .higher,
        decimals: .fixed(0),
        formula: "share of draws of the tuning seeds that come to the same sign and significance"
      ),
      Table.Column(
        name: "same_choice",
        head: "Same choice",
        unit: "%",
        direction: .higher,
        decimals: .fixed(0),
        formula: "share of draws of the tuning seeds that choose the same candidate"
      ),
      Table.Column(
        name: "verdict",
        head: "Verdict",
        formula: "better, worse, depends on what reverses it, or cannot tell"
      ),
    ]
  }

  private static func cells(
    _ judgement: Judgement,
    _ protocols: [ProtocolComparison]
  ) -> [Table.Cell] {
    let numbers = judgement.entries.flatMap { entry -> [Table.Cell] in
      guard let entry else { return [.none, .none] }
      return [
        .value(Table.Measure(mean: entry.difference, count: entry.count)),
        entry.adjustedP.isFinite
          ? .value(Table.Measure(mean: entry.adjustedP, count: entry.count)) : .none,
      ]
    }
    let luck = judgement.joint.map { joint -> [Table.Cell] in
      [
        .text(JudgementText.range(joint.interval.lower, joint.interval.upper)),
        joint.decisionStability.map { share($0) } ?? .none,
        share(joint.methodStability),
      ]
    }
    return numbers + (luck ?? [.none, .none, .none])
      + [.text(words(judgement.word, protocols))]
  }

  /// In whole percent, never rounded up to all.
  private static func share(_ share: Double) -> Table.Cell {
    .value(Table.Measure(mean: (100 * share).rounded(.down)))
  }

  private static func words(_ word: Judgement.Word, _ protocols: [ProtocolComparison]) -> String {
    switch word {
    case .better: "better"
    case .worse: "worse"
    case .depends(let dependences):
      "depends on \(JudgementText.dependences(dependences, protocols))"
    case .undecided: "cannot tell"
    case .failed: "failed"
    case .controlFailed: "static failed"
    case .none: FormatPlusMinus.dash
    }
  }

  private static func caption(
    _ judgements: Judgements,
    _ problem: ProblemResults
  ) -> [String] {
    var sentences = [
      "Differences to \(problem.rival.label) in points of Δm, negative is better; main: "
        + "means over seeds of the arithmetic Δm, paired t, Holm over the methods.",
      "geometric Δ: 100 times the mean of ln(m/b); median: the same numbers, median and exact "
        + "Wilcoxon signed-rank test.",
      "A protocol reverses a verdict where the difference has the other sign, whatever its p.",
    ]
    if let joint = judgements.all.compactMap(\.joint).first {
      sentences.append(
        "With tuning seeds: \(joint.tuningSeedCount) tuning and \(joint.evaluationSeedCount) "
          + "evaluation seeds drawn together, each draw with the finalists it chooses; 2000 draws."
      )
    }
    return sentences
  }
}
