internal import Statistics
internal import Store

/// The sentences of a recommendation.
struct RecommendationText {
  let problem: ProblemResults
  let judgements: Judgements
  let choice: Recommendation.Candidate
  let reference: MethodResults
  let base: ChangeBase
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
    [headline(answer, deltaM, tasks)]
      + base.zeroColumns.map { zero($0) }
      + [
        ofMeans, weighting, byTask(tasks), idle(tasks),
        settling(answer, deltaM, tasks, seedsNeeded), use, limits,
      ].compactMap { $0 }
      + (isOfAll ? UndefinedNote.sentences(problem) : UndefinedNote.besideDeltaM(problem))
  }

  /// What is said where nothing can be chosen.
  static func noAnswer(_ reason: String?) -> String {
    "There is no answer. " + (reason ?? "Too few runs have finished to compare anything.")
  }

  /// That single-task training leaves nothing to compare with; nil where it does.
  static func solved(_ base: ChangeBase, _ problem: ProblemResults) -> String? {
    guard base.tasks.isEmpty, !base.zeroColumns.isEmpty else { return nil }
    let columns = base.zeroColumns.map { problem.columns[$0] }
    return columns.contains(where: \.higherIsBetter)
      ? "Of every task a single-task value is 0 at every seed, and no change in percent of 0 can tell "
        + "anything apart. The tables have the values of the weightings."
      : "Alone, every task is solved without an error at every seed: together there cannot be fewer, and "
        + "no change in percent of 0 can tell anything apart. The tables have the errors of the weightings."
  }

  /// Whether Δm is of every task, at each seed against its own single-task values.
  private var isOfAll: Bool { base.zeroColumns.isEmpty && !base.isOfMeans }

  /// The errors that the answer averages.
  private var errors: String {
    base.zeroColumns.isEmpty ? "the errors" : "the errors of \(Verdict.list(base.tasks))"
  }

  /// What the average is over, where the errors do not say it.
  private var overTasks: String { base.zeroColumns.isEmpty ? " over the tasks" : "" }

  private func headline(
    _ answer: Recommendation.Answer,
    _ deltaM: SeedSummary,
    _ tasks: [Recommendation.TaskChange]
  ) -> String {
    let names = Verdict.list(problem.problem.ownTasks.map(\.name))
    let size = "\(NumberText.fixed(deltaM.mean.magnitude, 1)) %"
    let interval =
      "Δm \(base.isOfMeans ? "of means " : "")\(NumberText.signed(deltaM.mean, 1)) %, 95 % interval "
      + "\(NumberText.signed(deltaM.interval.lower, 1)) to "
      + "\(NumberText.signed(deltaM.interval.upper, 1)), "
      + NumberText.counted(deltaM.count, "seed")
    switch answer {
    case .together:
      return
        "Learn \(names) together, with \(named): on average \(errors) are \(size) lower than with a "
        + "network for each (\(interval)).\(but(tasks.filter(\.isWorse), "worse"))"
    case .apart:
      return
        "Learn \(names) apart: even with \(named), \(errors) are on average \(size) higher than "
        + "with a network for each (\(interval)).\(but(tasks.filter(\.isBetter), "better"))"
    case .depends:
      return
        "Whether to learn \(names) together depends on the task: with \(named) "
        + "\(sure(tasks.filter(\.isBetter), "better")) than with a network for each, and "
        + "\(sure(tasks.filter(\.isWorse), "worse")); on average, \(errors) change by \(interval)."
    case .indifferent:
      return
        "Learn \(names) together or apart, as you like: with \(named), \(errors) are on average\(overTasks) "
        + "within half a percent of those of a network for each (\(interval))."
        + but(tasks.filter(\.isToldApart), "not the same")
    case .undecided where deltaM.interval.lower > 0:
      return
        "Whether to learn \(names) together remains open: with \(named), \(errors) are on "
        + "average \(size) higher than with a network for each (\(interval)), but with "
        + "\(Verdict.list(doubtful)) they may not be."
    case .undecided, .none:
      return
        "Whether to learn \(names) together remains open: with \(named), \(errors) differ on "
        + "average\(overTasks) from those of a network for each by no more than they vary from seed to seed "
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

  /// Why a task is in no average, and what becomes of it together.
  private func zero(_ place: Int) -> String {
    let column = problem.columns[place]
    let metric = Quantity(column)
    let together = choice.method.summary(column: place)
    let differs = choice.method.values[place].compactMap(\.value).count { $0 != 0 }
    let what =
      column.higherIsBetter
      ? "the \(metric.inSentence) of \(column.task.name) is 0 at every seed"
      : "\(column.task.name) is solved without an error at every seed"
    let result =
      differs == 0
      ? ", and so it is together"
      : "; together its \(metric.inSentence) is \(metric.points(abs(together.mean))) "
        + "\(together.mean < 0 ? "lower" : "higher") on average, and not 0 "
        + "at \(differs) of \(NumberText.counted(together.count, "seed"))"
    return "Alone, \(what)\(result). No change in percent can be given, so Δm here "
      + "leaves it out; the tables, whose Δm is of all tasks, have none."
  }

  /// Why the change is not that of each seed, and what the tables have.
  private var ofMeans: String? {
    guard base.isOfMeans else { return nil }
    let inTables = choice.method.deltaMSummary?.count ?? 0
    return
      "At \(base.zeroSeedCount) of \(NumberText.counted(problem.seeds.count, "seed")) a single-task value"
      + (base.zeroColumns.isEmpty ? "" : " of these tasks")
      + " is 0, against which no change in percent can "
      + "be given. Δm of means is therefore in percent of the single-task values averaged over all seeds, "
      + "and leaves none out; "
      + (inTables == 0
        ? "the tables have no Δm."
        : inTables == 1
          ? "Δm in the tables is that of the other seed alone."
          : "Δm in the tables is the mean over the other \(inTables) seeds.")
  }

  /// Tasks of which nothing was learnt.
  private func idle(_ tasks: [Recommendation.TaskChange]) -> String? {
    let parts = tasks.compactMap { task -> String? in
      guard let constant = constants.first(where: { $0.task == task.task }) else { return nil }
      let sign = constant.higherIsBetter ? -1.0 : 1.0
      let most = constant.value.magnitude * Self.leastChange / 100
      let beats = [task.alone, task.together].contains { sign * (constant.value - $0) > most }
      return beats ? nil : "\(task.task) is no better than always predicting \(constant.answer)"
    }
    return parts.isEmpty
      ? nil
      : "Not learnt at all, alone or together: on test rows, \(Verdict.list(parts))."
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
    guard !named.isEmpty else { return notCompared }
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

  /// That there are several weightings and no test of them.
  private var notCompared: String? {
    guard let summary = problem.control?.deltaMSummary, summary.count < 2, problem.methods.count > 1
    else { return nil }
    return
      "The weightings are not compared with each other: Δm of all tasks is defined at fewer than two seeds."
  }

  /// A smaller change of a task, in percent, is shown as none.
  private static let leastChange = 0.05

  private func byTask(_ tasks: [Recommendation.TaskChange]) -> String? {
    guard !tasks.isEmpty else { return nil }
    let parts = tasks.map { task in
      let metric = Quantity(title: task.metric, unit: task.unit)
      let change = task.change.map { change in
        change.magnitude < Self.leastChange
          ? " (the same to \(Self.leastChange) %)"
          : " (\(NumberText.fixed(change.magnitude, 1)) % \(change > 0 ? "worse" : "better")"
            + "\(task.isToldApart ? "" : ", not told apart"))"
      }
      let sureness = task.isWorse ? " (surely worse)" : task.isBetter ? " (surely better)" : ""
      return "\(metric.name) of \(task.task) \(metric.text(task.alone)) alone, "
        + "\(metric.text(task.together)) together\(change ?? sureness)"
    }
    let averaged = problem.columns.count { $0.metric.isInDeltaM && $0.task.index != nil }
    return "By task, on test rows: \(parts.joined(separator: "; "))."
      + (averaged > tasks.count
        ? " Δm averages the changes in all metrics of a task, not just in the first." : "")
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
      ? " Either way the difference is at most \(NumberText.fixed(most, 1)) %." : ""
    let told = tasks.filter(\.isToldApart)
    let hint = told.isEmpty ? nil : self.hint(told)
    guard let seedsNeeded else {
      return
        (hint.map { $0 + " " } ?? "")
        + "No reasonable number of seeds would settle the average: a true difference of this size is too "
        + "small beside those between seeds."
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
        + "learning apart where \(counts(worse)) most."
    }
    if worse.isEmpty {
      return "But \(sure(better, "better")) together, and no task is surely worse: that speaks "
        + "for learning together where \(counts(better)) most."
    }
    return "But metrics of one task change in opposite directions."
  }

  private func counts(_ tasks: [Recommendation.TaskChange]) -> String {
    Self.unique(tasks).count == 1 ? "it counts" : "they count"
  }

  /// What one network saves.
  private var use: String {
    let shares = [2: "half the", 3: "a third of the"]
    var sentence =
      "In use, one network\(size) does the work of \(taskCount) networks whose trunks are as large, in about "
      + "\(shares[taskCount] ?? "1/\(taskCount) of the") memory and time."
    if let own = choice.method.secondsPerStep, let alone = reference.secondsPerStep, alone > 0 {
      sentence +=
        " A training step takes \(NumberText.significant(own / alone, 2)) times as long as the steps of the "
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
    return
      "This was found with this \(problem.isOfFile ? "table" : "problem"), network and budget; the "
      + "interval allows for the choice among the weightings.\(rows)\(edges)\(failures)"
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
      ? " The test rows are the same at every seed, so that more seeds say nothing about other rows; more "
        + "test rows do."
      : " The seeds only split the same rows in different ways; to say more about other rows like them takes "
        + "more rows, not more seeds."
  }
}

/// A metric's values as sentences have them.
private struct Quantity {
  /// The metric's name, which begins a sentence.
  let name: String
  private let unit: String

  /// A title may end with its unit, as `Error (%)` does.
  init(title: String, unit: String) {
    let percent = " (%)"
    let isPercent = unit.isEmpty && title.hasSuffix(percent)
    name = isPercent ? String(title.dropLast(percent.count)) : title
    self.unit = isPercent ? "%" : unit
  }

  init(_ column: MetricColumn) {
    self.init(title: column.metric.title, unit: column.metric.unit)
  }

  /// The name inside a sentence: `error`, and `RMSE`.
  var inSentence: String {
    name.dropFirst().contains(where: \.isUppercase) ? name : name.lowercased()
  }

  /// A value with its unit.
  func text(_ value: Double) -> String { Self.joined(NumberText.significant(value), unit) }

  /// A difference of two values with its unit.
  func points(_ difference: Double) -> String {
    Self.joined(NumberText.significant(difference), unit == "%" ? "percentage points" : unit)
  }

  private static func joined(_ number: String, _ unit: String) -> String {
    unit.isEmpty ? number : "\(number) \(unit)"
  }
}
