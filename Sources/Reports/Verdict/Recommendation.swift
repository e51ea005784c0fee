package import Statistics
internal import Store

/// What a person with tasks to learn should do, from the tests on one problem.
///
/// The weighting: the best of those that beat tuned static weights; without one, equal weights or one over
/// the single-task losses where they are not told apart from tuned ones and cost at most half a point of
/// Δm more, since they need no search; else the tuned weights.
///
/// Together or apart: together if the interval of its Δm against single-task networks is below 0, apart if
/// those of all weightings are above. The intervals hold together for all weightings at 95 % (Bonferroni),
/// since the best of several looks better than it is.
package struct Recommendation: Sendable {
  /// Whether to train one network for all tasks.
  package enum Answer: String, Sendable, Hashable {
    case together
    case apart
    /// The difference is too small to matter.
    case indifferent
    /// The interval holds both.
    case undecided = "cannot tell"
    /// Nothing to compare.
    case none
  }

  package let answer: Answer
  /// The weighting to use, its row in tables; nil without a comparison.
  package let method: String?
  /// Its Δm in percent, with the simultaneous interval.
  package let deltaM: SeedSummary?
  /// Each task's first metric, alone and together.
  package let tasks: [TaskChange]
  /// Evaluation seeds that would settle an open answer; nil where it is none or none would do.
  package let seedsNeeded: Int?
  /// The answer in words, in the order it is read in.
  package let sentences: [String]

  /// One task's first metric under both.
  package struct TaskChange: Sendable, Hashable {
    package let task: String
    /// As tables call it.
    package let metric: String
    package let unit: String
    /// Mean over the seeds with a network of its own.
    package let alone: Double
    /// Mean over the seeds in the shared network.
    package let together: Double
    /// Change in percent of the mean alone, positive for the worse; nil where that is 0.
    package let change: Double?
  }

  package init(_ problem: ProblemResults, _ judgements: Judgements) {
    let open = Self.candidates(problem, judgements)
    guard let reference = problem.reference, let choice = Self.choice(open) else {
      answer = .none
      method = nil
      deltaM = nil
      tasks = []
      seedsNeeded = nil
      sentences = [Self.noAnswer(ProblemVerdict.reasonForNone(problem, judgements))]
      return
    }
    let level = 1 - Comparison.alpha / Double(open.count)
    let summaries = open.map { SeedSummary($0.method.deltaMBySeed, level: level) }
    let deltaM = SeedSummary(choice.method.deltaMBySeed, level: level)
    let answer = Self.answer(deltaM, summaries)
    let needed = answer == .undecided ? Self.seedsNeeded(deltaM, comparisons: open.count) : nil
    self.answer = answer
    method = choice.label
    self.deltaM = deltaM
    tasks = Self.tasks(problem, choice.method, reference)
    seedsNeeded = needed
    let words = RecommendationText(
      problem: problem,
      judgements: judgements,
      choice: choice,
      reference: reference,
      candidateCount: open.count,
      doubtful: zip(open, summaries).filter { $1.interval.lower <= 0 }.map { $0.0.label }
    )
    sentences = words.sentences(answer, deltaM, tasks, seedsNeeded: needed)
  }

  private static func noAnswer(_ reason: String?) -> String {
    "There is no answer: " + (reason ?? "too few runs have finished to compare anything.")
  }

  /// A weighting that may be chosen.
  struct Candidate {
    let method: MethodResults
    let judgement: Judgement
    var label: String { method.record.label }
  }

  /// The weightings that ran without failure and have an interval; controls of the scale are for
  /// reading, not for use.
  private static func candidates(
    _ problem: ProblemResults,
    _ judgements: Judgements
  ) -> [Candidate] {
    zip(problem.methods, judgements.all).compactMap { method, judgement in
      guard method.record.group != .control, method.failedCount == 0,
        (method.deltaMSummary?.count ?? 0) > 1
      else { return nil }
      return Candidate(method: method, judgement: judgement)
    }
  }

  private static func choice(_ candidates: [Candidate]) -> Candidate? {
    let mean = { (candidate: Candidate) in candidate.method.deltaMSummary?.mean ?? .infinity }
    let lowest = { (some: [Candidate]) in some.min { mean($0) < mean($1) } }
    let winners = candidates.filter { [.better, .controlFailed].contains($0.judgement.word) }
    if let winner = lowest(winners) { return winner }
    guard let tuned = candidates.first(where: { $0.label == MethodLabel.tunedStatic }) else {
      return lowest(candidates)
    }
    let simple = candidates.first {
      $0.method.record.group == .fixed && $0.judgement.word == .undecided
        && mean($0) <= mean(tuned) + Verdict.equivalence
    }
    return simple ?? tuned
  }

  private static func answer(_ chosen: SeedSummary, _ all: [SeedSummary]) -> Answer {
    if chosen.interval.upper < 0 { return .together }
    if all.allSatisfy({ $0.interval.lower > 0 }) { return .apart }
    let isSmall =
      chosen.interval.lower >= -Verdict.equivalence
      && chosen.interval.upper <= Verdict.equivalence
    return isSmall ? .indifferent : .undecided
  }

  private static func seedsNeeded(_ summary: SeedSummary, comparisons: Int) -> Int? {
    let seeds = SeedsNeeded.byTTest(
      effect: summary.mean / summary.standardDeviation,
      comparisons: comparisons,
      alpha: Comparison.alpha
    )
    return seeds.flatMap { $0 <= Comparison.mostSeeds ? max($0, 2 * summary.count) : nil }
  }

  private static func tasks(
    _ problem: ProblemResults,
    _ method: MethodResults,
    _ reference: MethodResults
  ) -> [TaskChange] {
    problem.columns.enumerated().compactMap { index, column in
      guard column.metric.isPrimary, column.task.index != nil else { return nil }
      let alone = reference.summary(column: index)
      let together = method.summary(column: index)
      guard alone.count > 0, together.count > 0 else { return nil }
      let worse = column.higherIsBetter ? -1.0 : 1.0
      return TaskChange(
        task: column.task.name,
        metric: column.metric.title,
        unit: column.metric.unit,
        alone: alone.mean,
        together: together.mean,
        change: alone.mean == 0
          ? nil : worse * 100 * (together.mean - alone.mean) / alone.mean.magnitude
      )
    }
  }
}
