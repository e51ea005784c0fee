package import Settings
internal import Statistics
internal import Store

extension SuiteResults {
  /// The verdict for programs.
  ///
  /// Members: `suite`, `missing` (what an unfinished suite lacks, else null), `rival`, `overall` (sentences
  /// over all problems), and `problems` with `label`, `family`, `tasks`, `seeds`, `mechanism`, `sentences` and
  /// `methods`. A method has `label`, `group`, `delta_m` (`mean`, `lower`, `upper`, `seeds`), `failed` seeds,
  /// `verdict`, `depends_on`, and against the rival `difference` (`mean`, `lower`, `upper`, `seeds`) and
  /// `p_holm`.
  package var document: CanonicalTable {
    var document = CanonicalTable()
    document["suite"] = .text(suite.name)
    document["missing"] = .text(orNull: missing)
    document["rival"] = .text(rival.label)
    document["overall"] = .list(Verdict.overallSentences(self).map { .text($0) })
    document["problems"] = .list(
      zip(problems, judgements).map { .table(Self.document($0, $1)) }
    )
    return document
  }

  private static func document(
    _ problem: ProblemResults,
    _ judgements: Judgements
  ) -> CanonicalTable {
    var document = CanonicalTable()
    document["label"] = .text(problem.problem.label)
    document["family"] = .text(problem.problem.family)
    document["tasks"] = .list(
      problem.problem.ownTasks.map { .text($0.name) }
    )
    document["seeds"] = .list(problem.seeds.map { .count($0) })
    document["mechanism"] = .text(problem.mechanism)
    document["sentences"] = .list(
      ProblemVerdict(problem, judgements).sentences.map { .text($0) }
    )
    document["methods"] = .list(
      zip(problem.methods, judgements.all).map { method, judgement in
        var own = CanonicalTable()
        own["label"] = .text(method.record.label)
        own["group"] = .text(method.record.group.rawValue)
        own["delta_m"] = summary(method.deltaMSummary)
        own["failed"] = .count(method.failedCount)
        own["verdict"] = judgement.word == .none ? .null : .text(word(judgement))
        own["depends_on"] = .list(dependences(judgement, judgements.protocols).map { .text($0) })
        own["difference"] = summary(judgement.duel.difference)
        own["p_holm"] = .number(orNull: judgement.duel.adjustedP)
        return .table(own)
      }
    )
    return document
  }

  private static func summary(_ summary: SeedSummary?) -> CanonicalTable.Value {
    guard let summary, summary.count > 0 else { return .null }
    return .table(summary.document)
  }

  private static func word(_ judgement: Judgement) -> String {
    switch judgement.word {
    case .better: "better"
    case .worse: "worse"
    case .depends: "depends"
    case .undecided: "cannot tell"
    case .failed: "failed"
    case .controlFailed: "rival failed"
    case .none: ""
    }
  }

  private static func dependences(
    _ judgement: Judgement,
    _ protocols: [ProtocolComparison]
  ) -> [String] {
    guard case .depends(let dependences) = judgement.word else { return [] }
    return dependences.map { JudgementText.dependence($0, protocols) }
  }
}
