internal import Settings
internal import Statistics
internal import Store

/// What the store keeps of the races: candidates, how they did, and what was chosen.
struct TuningRecords {
  private let plan: Plan
  private let tuning: Tuning

  init(_ plan: Plan, _ tuning: Tuning) {
    self.plan = plan
    self.tuning = tuning
  }

  func saveSingleTasks(to store: ResultStore) throws(StoreError) {
    try save(plan.singleTasks + plan.bases, [.mean], to: store)
    var losses: [SingleTaskLoss] = []
    for problem in plan.problemIndices {
      for (task, loss) in (tuning.losses[problem] ?? []).enumerated() {
        losses.append(
          SingleTaskLoss(suite: plan.suite.name, problem: label(problem), task: task, loss: loss)
        )
      }
    }
    try store.save(singleTaskLosses: losses)
  }

  func saveMethods(to store: ResultStore) throws(StoreError) {
    try save(plan.methods, plan.suite.utilities, to: store)
  }

  private func save(
    _ contenders: [Plan.Contender],
    _ utilities: [Utility],
    to store: ResultStore
  ) throws(StoreError) {
    try store.save(candidates: contenders.flatMap { candidates(of: $0) })
    let entries = contenders.flatMap { contender in
      utilities.map { Tuning.Entry(contender: contender, utility: $0) }
    }
    try store.save(scores: entries.flatMap { scores(of: $0) })
    try store.save(choices: entries.compactMap { choice(of: $0) })
  }

  private func label(_ problem: Int) -> String { plan.suite.problems[problem].label }

  private func candidates(of contender: Plan.Contender) -> [CandidateRecord] {
    (tuning.candidates[contender] ?? []).enumerated().map { place, candidate in
      CandidateRecord(
        suite: plan.suite.name,
        problem: label(contender.problem),
        method: contender.method,
        taskIndex: contender.taskIndex,
        position: place,
        learningRate: candidate.learningRate,
        settings: candidate.searched.json,
        weights: candidate.weights,
        units: candidate.units
      )
    }
  }

  private func scores(of entry: Tuning.Entry) -> [CandidateScore] {
    guard let race = tuning.races[entry] else { return [] }
    let shares = race.shares
    return race.runners.map { runner in
      CandidateScore(
        suite: plan.suite.name,
        problem: label(entry.contender.problem),
        method: entry.contender.method,
        taskIndex: entry.contender.taskIndex,
        utility: entry.utility.rawValue,
        candidate: runner.candidate,
        seedCount: runner.seedCount,
        score: runner.score,
        isFinalist: race.remaining.contains(runner.candidate),
        choiceShare: shares[runner.candidate]
      )
    }
  }

  private func choice(of entry: Tuning.Entry) -> TuningChoice? {
    let contender = entry.contender
    guard let race = tuning.races[entry], let list = tuning.candidates[contender], !list.isEmpty
    else { return nil }
    // Where all trials failed, the first one stands for the method, without a score.
    let place = race.winner ?? 0
    let candidate = list[place]
    let counts = tuning.results.trialCounts(contender)
    let rates = plan.suite.problems[contender.problem].tuning.learningRates
    let criterion =
      contender.taskIndex == nil
      ? tuning.results.criterion(of: contender.problem) : TuningCriterion.deltaM
    return TuningChoice(
      suite: plan.suite.name,
      problem: label(contender.problem),
      method: contender.method,
      taskIndex: contender.taskIndex,
      utility: entry.utility.rawValue,
      candidate: place,
      learningRate: candidate.learningRate,
      settings: candidate.searched.json,
      weights: candidate.weights,
      units: candidate.units,
      criterion: criterion,
      score: race.winner.flatMap { race.runners[$0].score },
      choiceShare: race.shares[place],
      edges: race.winner == nil
        ? [] : edges(candidate, among: list, rates, problem: contender.problem),
      trialCount: counts.all,
      failedTrialCount: counts.failed,
      grid: rates
    )
  }

  /// What lies at a border of the range that was tried.
  private func edges(
    _ candidate: Candidate,
    among list: [Candidate],
    _ rates: [Double],
    problem: Int
  ) -> [String] {
    var edges: [String] = []
    if candidate.learningRate == rates.first || candidate.learningRate == rates.last {
      edges.append("learning_rate")
    }
    let sweep = plan.suite.problems[problem].sweep
    if let exponents = candidate.exponents,
      sweep.isAtBorder(exponents, of: tuning.triedExponents(problem))
    {
      edges.append("weights")
    }
    return edges + settingsAtEnd(of: candidate, among: list)
  }

  /// The searched settings, by key, of which the candidate has the least or the largest of the numbers
  /// that were tried; of two values each is at an end, which says nothing.
  private func settingsAtEnd(of candidate: Candidate, among list: [Candidate]) -> [String] {
    candidate.searched.keys.filter { key in
      guard let own = candidate.searched[key]?.number else { return false }
      let tried = Set(list.compactMap { $0.searched[key]?.number })
      return tried.count > 2 && (own == tried.min() || own == tried.max())
    }
  }
}
