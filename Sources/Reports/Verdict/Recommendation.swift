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
///
/// Where a single-task value is 0 at some seeds, at which Δm is undefined, all of this is said of the change
/// in percent of the single-task values averaged over the seeds, which leaves no seed out. A task of which one
/// is 0 at every seed is in no average, and told by its own values. Tasks are told apart by paired t tests,
/// Holm over the tasks, at a level that allows for the weightings too; where some are surely better and others
/// surely worse, and Δm says neither, it depends on the task.
package struct Recommendation: Sendable {
  /// Whether to train one network for all tasks.
  package enum Answer: String, Sendable, Hashable {
    case together
    case apart
    /// The difference is too small to matter.
    case indifferent
    /// Some tasks are surely better together and others surely worse.
    case depends = "it depends on the task"
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
    /// Interval of the change over paired seeds, that leaves 0 out exactly where the task is told apart; nil
    /// where there is none.
    package let interval: Interval?
    /// Whether the task is surely worse together.
    let isWorse: Bool
    /// Whether it is surely better.
    let isBetter: Bool

    /// Whether it is surely worse or surely better.
    package var isToldApart: Bool { isWorse || isBetter }
  }

  /// What answering the same for every row achieves in a task's first metric.
  package struct Constant: Sendable, Hashable {
    package let task: String
    /// Mean over some seeds' test rows.
    package let value: Double
    package let higherIsBetter: Bool
    /// Such as `the mean` or `'adults'`.
    package let answer: String

    package init(task: String, value: Double, higherIsBetter: Bool, answer: String) {
      self.task = task
      self.value = value
      self.higherIsBetter = higherIsBetter
      self.answer = answer
    }
  }

  /// - Parameters:
  ///   - problem: Results with single-task training.
  ///   - judgements: The tests on them.
  ///   - constants: What no network is needed for, by task; empty where the data are not at hand.
  package init(
    _ problem: ProblemResults,
    _ judgements: Judgements,
    constants: [Constant] = []
  ) {
    let base = problem.reference.map { ChangeBase(problem, reference: $0) }
    let open = base.map { Self.candidates(problem, judgements, $0) } ?? []
    guard let reference = problem.reference, let base, let choice = Self.choice(open) else {
      answer = .none
      method = nil
      deltaM = nil
      tasks = []
      seedsNeeded = nil
      sentences = [
        RecommendationText.noAnswer(
          base.flatMap { RecommendationText.solved($0, problem) }
            ?? ProblemVerdict.reasonForNone(problem, judgements)
        )
      ]
      return
    }
    let level = 1 - Comparison.alpha / Double(open.count)
    let summaries = open.map { SeedSummary($0.scores, level: level) }
    let deltaM = SeedSummary(choice.scores, level: level)
    let tasks = Self.tasks(problem, choice.method, reference, candidates: open.count)
    let answer = Self.answer(deltaM, summaries, tasks)
    let needed = answer == .undecided ? Self.seedsNeeded(deltaM, comparisons: open.count) : nil
    self.answer = answer
    method = choice.label
    self.deltaM = deltaM
    self.tasks = tasks
    seedsNeeded = needed
    let words = RecommendationText(
      problem: problem,
      judgements: judgements,
      choice: choice,
      reference: reference,
      base: base,
      doubtful: zip(open, summaries).filter { $1.interval.lower <= 0 }.map { $0.0.label },
      constants: constants
    )
    sentences = words.sentences(answer, deltaM, tasks, seedsNeeded: needed)
  }

  /// A weighting that may be chosen.
  struct Candidate {
    let method: MethodResults
    let judgement: Judgement
    /// Δm at each seed, or the change against averaged single-task values.
    let scores: [Score]
    var label: String { method.record.label }
    var mean: Double { SeedSummary(scores).mean }
  }

  /// The weightings that ran without failure and have an interval; controls of the scale are for
  /// reading, not for use.
  private static func candidates(
    _ problem: ProblemResults,
    _ judgements: Judgements,
    _ base: ChangeBase
  ) -> [Candidate] {
    zip(problem.methods, judgements.all).compactMap { method, judgement in
      guard method.record.group != .control, method.failedCount == 0 else { return nil }
      let scores = base.changes(of: method)
      guard SeedSummary(scores).count > 1 else { return nil }
      return Candidate(method: method, judgement: judgement, scores: scores)
    }
  }

  private static func choice(_ candidates: [Candidate]) -> Candidate? {
    let lowest = { (some: [Candidate]) in some.min { $0.mean < $1.mean } }
    let winners = candidates.filter { [.better, .controlFailed].contains($0.judgement.word) }
    if let winner = lowest(winners) { return winner }
    guard let tuned = candidates.first(where: { $0.label == MethodLabel.tunedStatic }) else {
      return lowest(candidates)
    }
    let simple = candidates.first {
      $0.method.record.group == .fixed && $0.judgement.word == .undecided
        && $0.mean <= tuned.mean + Verdict.equivalence
    }
    return simple ?? tuned
  }

  private static func answer(
    _ chosen: SeedSummary,
    _ all: [SeedSummary],
    _ tasks: [TaskChange]
  ) -> Answer {
    if chosen.interval.upper < 0 { return .together }
    if all.allSatisfy({ $0.interval.lower > 0 }) { return .apart }
    if differ(tasks) { return .depends }
    let isSmall =
      chosen.interval.lower >= -Verdict.equivalence
      && chosen.interval.upper <= Verdict.equivalence
    return isSmall ? .indifferent : .undecided
  }

  /// Whether one task is surely better together and another surely worse.
  private static func differ(_ tasks: [TaskChange]) -> Bool {
    let better = Set(tasks.filter(\.isBetter).map(\.task))
    let worse = Set(tasks.filter(\.isWorse).map(\.task))
    return !better.subtracting(worse).isEmpty && !worse.subtracting(better).isEmpty
  }

  /// Seeds to run: more than those at which Δm is needed, where it is undefined at some.
  private static func seedsNeeded(_ summary: SeedSummary, comparisons: Int) -> Int? {
    let seeds = SeedsNeeded.byTTest(
      effect: summary.mean / summary.standardDeviation,
      comparisons: comparisons,
      alpha: Comparison.alpha
    )
    guard let seeds else { return nil }
    let run = summary.count + summary.undefinedCount
    let all = Double(max(seeds, 2 * summary.count)) * Double(run) / Double(summary.count)
    return seeds <= Comparison.mostSeeds && all <= Double(Comparison.mostSeeds)
      ? Int(all.rounded(.up)) : nil
  }

  private static func tasks(
    _ problem: ProblemResults,
    _ method: MethodResults,
    _ reference: MethodResults,
    candidates: Int
  ) -> [TaskChange] {
    let places = problem.columns.indices.filter { index in
      let column = problem.columns[index]
      return column.metric.isPrimary && column.task.index != nil
        && reference.summary(column: index).count > 0 && method.summary(column: index).count > 0
    }
    let pairs = places.map { Score.pairs(method.values[$0], reference.values[$0]) }
    let p = pairs.map { own, other in own.count > 1 ? PairedTTest(own, other).twoSided : nil }
    let levels = Holm.levels(
      p,
      alpha: Comparison.alpha / Double(candidates),
      countingOnce: Array(p.indices)
    )
    return places.indices.map { i in
      let column = problem.columns[places[i]]
      let alone = reference.summary(column: places[i]).mean
      let together = method.summary(column: places[i]).mean
      let sign = column.higherIsBetter ? -1.0 : 1.0
      let percent = 100 / alone.magnitude
      let loss = levels[i].map { level in
        let both = PairedTTest(pairs[i].x, pairs[i].y, level: level).interval
        let ends = [sign * both.lower, sign * both.upper]
        return Interval(lower: min(ends[0], ends[1]), upper: max(ends[0], ends[1]))
      }
      return TaskChange(
        task: column.task.name,
        metric: column.metric.title,
        unit: column.metric.unit,
        alone: alone,
        together: together,
        change: alone == 0 ? nil : percent * sign * (together - alone),
        interval: alone == 0
          ? nil : loss.map { Interval(lower: percent * $0.lower, upper: percent * $0.upper) },
        isWorse: loss.map { $0.lower > 0 } ?? false,
        isBetter: loss.map { $0.upper < 0 } ?? false
      )
    }
  }
}
