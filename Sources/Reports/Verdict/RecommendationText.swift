internal import Statistics
internal import Store

/// The sentences of a recommendation.
struct RecommendationText {
  let problem: ProblemResults
  let judgements: Judgements
  let choice: Recommendation.Candidate
  let reference: MethodResults
  /// Weightings that the choice was made among.
  let candidateCount: Int
  /// Those of them whose interval of Δm is not wholly above 0.
  let doubtful: [String]

  private var taskCount: Int { problem.problem.ownTasks.count }

  /// The answer, the weighting, each task, what would settle it, and what it costs in use.
  func sentences(
    _ answer: Recommendation.Answer,
    _ deltaM: SeedSummary,
    _ tasks: [Recommendation.TaskChange],
    seedsNeeded: Int?
  ) -> [String] {
    [
      headline(answer, deltaM), weighting, Self.byTask(tasks),
      settling(answer, deltaM, seedsNeeded),
      use, limits,
    ].compactMap { $0 } + UndefinedNote.sentences(problem)
  }

  private func headline(_ answer: Recommendation.Answer, _ deltaM: SeedSummary) -> String {
    let names = Verdict.list(problem.problem.ownTasks.map(\.name))
    let size = "\(NumberText.fixed(deltaM.mean.magnitude, 1)) %"
    let interval =
      "Δm \(NumberText.signed(deltaM.mean, 1)) %, 95 % interval "
      + "\(NumberText.signed(deltaM.interval.lower, 1)) to "
      + "\(NumberText.signed(deltaM.interval.upper, 1)), "
      + NumberText.counted(deltaM.count, "seed")
    switch answer {
    case .together:
      return
        "Learn \(names) together, with \(named): on average the errors are \(size) lower than with a "
        + "network for each (\(interval))."
    case .apart:
      return
        "Learn \(names) apart: even with \(named) the errors are on average \(size) higher than "
        + "with a network for each (\(interval))."
    case .indifferent:
      return
        "Learn \(names) together or apart, as you like: with \(named) the errors are within half a "
        + "percent of those of a network for each (\(interval))."
    case .undecided where deltaM.interval.lower > 0:
      return
        "It cannot be told whether to learn \(names) together: with \(named) the errors are on "
        + "average \(size) higher than with a network for each (\(interval)), but with "
        + "\(Verdict.list(doubtful)) they may not be."
    case .undecided, .none:
      return
        "It cannot be told whether to learn \(names) together: with \(named) the errors differ "
        + "from those of a network for each by no more than the seeds do (\(interval))."
    }
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

  private static func byTask(_ tasks: [Recommendation.TaskChange]) -> String? {
    guard !tasks.isEmpty else { return nil }
    let parts = tasks.map { task in
      let unit = task.unit.isEmpty ? "" : " \(task.unit)"
      let change = task.change.map { change in
        change.magnitude < leastChange
          ? " (the same to \(leastChange) %)"
          : " (\(NumberText.fixed(change.magnitude, 1)) % \(change > 0 ? "worse" : "better"))"
      }
      return "\(task.metric) of \(task.task) \(NumberText.significant(task.alone))\(unit) alone, "
        + "\(NumberText.significant(task.together))\(unit) together\(change ?? "")"
    }
    return "By task, on test rows: \(parts.joined(separator: "; "))."
  }

  /// An interval within so many percent is told as a bound.
  private static let smallBound = 3.0

  private func settling(
    _ answer: Recommendation.Answer,
    _ deltaM: SeedSummary,
    _ seedsNeeded: Int?
  ) -> String? {
    guard answer == .undecided else { return nil }
    let most = max(deltaM.interval.lower.magnitude, deltaM.interval.upper.magnitude)
    let bound =
      most <= Self.smallBound
      ? " Either way it is at most \(NumberText.fixed(most, 1)) %." : ""
    guard let seedsNeeded else {
      return
        "No number of seeds within reason would settle it: if the true difference is this large, it is "
        + "too small beside those between seeds. Choose what is simpler to run."
        + bound
    }
    return
      "About \(seedsNeeded) evaluation seeds instead of \(deltaM.count) would settle it, if the true "
      + "difference is this large." + bound
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
    return "Found on this table with this network and budget; \(candidateCount) weightings were "
      + "compared, and the interval allows for that.\(edges)"
  }
}
