internal import Statistics
internal import Store

/// The sentences of a recommendation.
struct RecommendationText {
  let problem: ProblemResults
  let judgements: Judgements
  let choice: Recommendation.Candidate
  let reference: MethodResults
  /// Weightings whose interval of Δm is not wholly above 0.
  let doubtful: [String]
  /// What answering the same for every row achieves.
  let constants: [Recommendation.Constant]

  private var taskCount: Int { problem.problem.ownTasks.count }

  /// The answer, the weighting, each task, what would settle it, and what it costs in use.
  func sentences(
    _ answer: Recommendation.Answer,
    _ deltaM: SeedSummary,
    _ tasks: [Recommendation.TaskChange],
    seedsNeeded: Int?
  ) -> [String] {
    [
      headline(answer, deltaM, tasks), leftOut, weighting, byTask(tasks), idle(tasks),
      settling(answer, deltaM, tasks, seedsNeeded),
      use, limits,
    ].compactMap { $0 } + UndefinedNote.sentences(problem)
  }

  private func headline(
    _ answer: Recommendation.Answer,
    _ deltaM: SeedSummary,
    _ tasks: [Recommendation.TaskChange]
  ) -> String {
    let names = Verdict.list(problem.problem.ownTasks.map(\.name))
    let size = "\(NumberText.fixed(deltaM.mean.magnitude, 1)) %"
    let interval =
      "Δm \(choice.isOfMeans ? "of means " : "")\(NumberText.signed(deltaM.mean, 1)) %, 95 % interval "
      + "\(NumberText.signed(deltaM.interval.lower, 1)) to "
      + "\(NumberText.signed(deltaM.interval.upper, 1)), "
      + NumberText.counted(deltaM.count, "seed")
    switch answer {
    case .together:
      return
        "Learn \(names) together, with \(named): on average the errors are \(size) lower than with a "
        + "network for each (\(interval)).\(but(tasks.filter(\.isWorse), "worse"))"
    case .apart:
      return
        "Learn \(names) apart: even with \(named) the errors are on average \(size) higher than "
        + "with a network for each (\(interval)).\(but(tasks.filter(\.isBetter), "better"))"
    case .depends:
      return
        "Whether to learn \(names) together depends on the task: with \(named) "
        + "\(sure(tasks.filter(\.isBetter), "better")) than with a network for each, and "
        + "\(sure(tasks.filter(\.isWorse), "worse")); on average over the tasks the change is "
        + "\(interval)."
    case .indifferent:
      return
        "Learn \(names) together or apart, as you like: with \(named) the errors are on average over "
        + "the tasks within half a percent of those of a network for each (\(interval))."
        + but(tasks.filter(\.isToldApart), "not the same")
    case .undecided where deltaM.interval.lower > 0:
      return
        "It cannot be told whether to learn \(names) together: with \(named) the errors are on "
        + "average \(size) higher than with a network for each (\(interval)), but with "
        + "\(Verdict.list(doubtful)) they may not be."
    case .undecided, .none:
      return
        "It cannot be told whether to learn \(names) together: with \(named) the errors differ on "
        + "average over the tasks from those of a network for each by no more than the seeds do "
        + "(\(interval))."
    }
  }

  /// `digit and position are surely better`.
  private func sure(_ tasks: [Recommendation.TaskChange], _ word: String) -> String {
    let names = Self.unique(tasks)
    return "\(Verdict.list(names)) \(names.count == 1 ? "is" : "are") surely \(word)"
  }

  /// What goes against the answer, a sentence.
  private func but(_ tasks: [Recommendation.TaskChange], _ word: String) -> String {
    tasks.isEmpty ? "" : " But \(sure(tasks, word)) together."
  }

  /// Names of the tasks, each once.
  private static func unique(_ tasks: [Recommendation.TaskChange]) -> [String] {
    var names: [String] = []
    for task in tasks where !names.contains(task.task) { names.append(task.task) }
    return names
  }

  /// Why the change is not that of each seed.
  private var leftOut: String? {
    guard choice.isOfMeans else { return nil }
    let count = choice.method.deltaMBySeed.count(where: \.isUndefined)
    return
      "At \(count) of \(NumberText.counted(problem.seeds.count, "seed")) a single-task value is 0, so that no "
      + "change in percent can be given against it; Δm of means is the change in percent of the "
      + "single-task values averaged over all seeds, and leaves no such seed out."
  }

  /// Tasks of which nothing was learnt.
  private func idle(_ tasks: [Recommendation.TaskChange]) -> String? {
    let parts = tasks.compactMap { task -> String? in
      guard let constant = constants.first(where: { $0.task == task.task }) else { return nil }
      let sign = constant.higherIsBetter ? -1.0 : 1.0
      let most = constant.value.magnitude * Self.leastChange / 100
      let beats = [task.alone, task.together].contains { sign * (constant.value - $0) > most }
      return beats ? nil : "\(task.task) is no better than always answering \(constant.answer)"
    }
    return parts.isEmpty
      ? nil
      : "Neither alone nor together is anything learnt of some tasks on test rows: "
        + "\(Verdict.list(parts))."
  }

  /// The weighting as a person would say it.
  private var named: String {
    switch choice.label {
    case MethodLabel.equal: "equal weights"
    case MethodLabel.tunedStatic: "fixed weights" + weights
    default: choice.label
    }
  }

  private var weights: String {
    problem.tunedWeights.map { " (\($0) in units of the single-task losses)" } ?? ""
  }

  /// Whether the weighting matters.
  private var weighting: String? {
    let named = zip(problem.methods, judgements.all).filter { $1.word != .none }
    guard !named.isEmpty else { return nil }
    let labels = { (word: Judgement.Word) in
      named.filter { $1.word == word }.map { $0.0.record.label }
    }
    let better = labels(.better)
    let worse = labels(.worse) + labels(.failed)
    var sentence: String
    if better.isEmpty {
      sentence =
        named.count == 1
        ? "\(named[0].0.record.label) is not better than tuned fixed weights"
        : "None of the \(named.count) weightings is better than tuned fixed weights"
    } else {
      sentence = "Better than tuned fixed weights: \(Verdict.list(better))"
    }
    sentence += worse.isEmpty ? "" : "; worse: \(Verdict.list(worse))"
    if choice.label != MethodLabel.tunedStatic, better.isEmpty {
      sentence +=
        "; \(self.named) \(self.named == choice.label ? "needs" : "need") no search and "
        + "cannot be told apart from them"
    }
    return sentence + "."
  }

  /// A smaller change of a task, in percent, is shown as none.
  private static let leastChange = 0.05

  private func byTask(_ tasks: [Recommendation.TaskChange]) -> String? {
    guard !tasks.isEmpty else { return nil }
    let parts = tasks.map { task in
      let unit = task.unit.isEmpty ? "" : " \(task.unit)"
      let change = task.change.map { change in
        change.magnitude < Self.leastChange
          ? " (the same to \(Self.leastChange) %)"
          : " (\(NumberText.fixed(change.magnitude, 1)) % \(change > 0 ? "worse" : "better")"
            + "\(task.isToldApart ? "" : ", not told apart"))"
      }
      return "\(task.metric) of \(task.task) \(NumberText.significant(task.alone))\(unit) alone, "
        + "\(NumberText.significant(task.together))\(unit) together\(change ?? "")"
    }
    let averaged = problem.columns.count { $0.metric.isInDeltaM && $0.task.index != nil }
    return "By task, on test rows: \(parts.joined(separator: "; "))."
      + (averaged > tasks.count
        ? " Δm averages the changes of all metrics of a task, not of its first alone." : "")
  }

  /// An interval within so many percent is told as a bound.
  private static let smallBound = 3.0

  private func settling(
    _ answer: Recommendation.Answer,
    _ deltaM: SeedSummary,
    _ tasks: [Recommendation.TaskChange],
    _ seedsNeeded: Int?
  ) -> String? {
    guard answer == .undecided else { return nil }
    let most = max(deltaM.interval.lower.magnitude, deltaM.interval.upper.magnitude)
    let bound =
      most <= Self.smallBound
      ? " Either way it is at most \(NumberText.fixed(most, 1)) %." : ""
    let told = tasks.filter(\.isToldApart)
    let hint = told.isEmpty ? nil : self.hint(told)
    guard let seedsNeeded else {
      return
        (hint.map { $0 + " " } ?? "")
        + "No number of seeds within reason would settle the average: if the true difference is this "
        + "large, it is too small beside those between seeds."
        + (hint == nil && deltaM.undefinedCount == 0 ? " Choose what is simpler to run." : "")
        + bound
    }
    let run = deltaM.count + deltaM.undefinedCount
    let undefined =
      deltaM.undefinedCount == 0 ? "" : " (Δm is defined at \(deltaM.count) of them)"
    return
      (hint.map { $0 + " " } ?? "")
      + "About \(seedsNeeded) evaluation seeds instead of \(run)\(undefined) would settle it"
      + (problem.isOfFile ? " for these rows" : "")
      + ", if the true difference is this large." + bound
  }

  /// What the tasks that are told apart say where their average says nothing.
  private func hint(_ tasks: [Recommendation.TaskChange]) -> String {
    let worse = tasks.filter(\.isWorse)
    let better = tasks.filter(\.isBetter)
    if better.isEmpty {
      return
        "But \(sure(worse, "worse")) together, and no task is surely better: that speaks for "
        + "learning apart where these tasks count most."
    }
    if worse.isEmpty {
      return "But \(sure(better, "better")) together, and no task is surely worse: that speaks "
        + "for learning together where these tasks count most."
    }
    return "But metrics of one task change in opposite directions."
  }

  /// What one network saves.
  private var use: String {
    var sentence =
      "In use, one network\(size) answers \(taskCount == 2 ? "both" : "all \(taskCount)") tasks instead "
      + "of \(taskCount) networks whose trunks are as large: about 1/\(taskCount) of their memory and time."
    if let own = choice.method.secondsPerStep, let alone = reference.secondsPerStep, alone > 0 {
      sentence +=
        " A training step takes \(NumberText.significant(own / alone, 2)) times as long as one of the "
        + "\(taskCount) networks together."
    }
    return sentence
  }

  /// ` of 4930 parameters`, where the store has it.
  private var size: String {
    problem.networks.first.map { " of \($0.parameters) parameters" } ?? ""
  }

  private var limits: String {
    let edges = ReportNotes.edges(problem).map { " \($0)" } ?? ""
    return "Found on this table with this network and budget; the interval allows for the choice "
      + "among the weightings.\(rows)\(edges)\(failures)"
  }

  /// Runs that failed while settings were chosen, a sentence.
  private var failures: String {
    let parts = problem.methods.compactMap { method -> String? in
      let own = problem.choices.filter { $0.method == method.record.label }
      let count = own.reduce(0) { $0 + $1.failedTrialCount }
      return count == 0 ? nil : "\(method.record.label) \(count)"
    }
    return parts.isEmpty ? "" : " Runs that failed in tuning: \(Verdict.list(parts))."
  }

  /// What the seeds cannot say of other rows.
  private var rows: String {
    guard problem.isOfFile else { return "" }
    return problem.problem.hasFixedRows
      ? " The test rows are the same at every seed, so that more seeds say nothing of other rows; more "
        + "test rows do."
      : " Seeds split the same rows in other ways, so that it all holds for these rows; of others like "
        + "them more rows would tell, and not more seeds."
  }
}
