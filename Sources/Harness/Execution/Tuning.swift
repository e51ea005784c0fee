internal import Statistics
internal import Store

/// Runs the races of a suite's contenders and keeps what they came to.
final class Tuning {
  /// What a race is for.
  struct Entry: Hashable {
    let contender: Plan.Contender
    let utility: Utility
  }

  /// Trains jobs and stores them.
  typealias Train = (_ jobs: [Job]) async throws -> Void

  private let plan: Plan
  private let known: KnownRuns
  private let train: Train
  private(set) var results: TuningResults
  /// What each contender tries, in the order it was thought of.
  private(set) var candidates: [Plan.Contender: [Candidate]] = [:]
  private(set) var races: [Entry: Race] = [:]
  /// Validation loss of each task's single-task network, by problem; 1 where it has none.
  private(set) var losses: [Int: [Double]] = [:]

  init(_ plan: Plan, known: KnownRuns, train: @escaping Train) {
    self.plan = plan
    self.known = known
    self.train = train
    results = TuningResults(plan)
  }

  /// Tunes the single-task networks, and takes their losses as the units of fixed weights.
  func tuneSingleTasks() async throws {
    let contenders = plan.singleTasks + plan.bases
    for contender in contenders { candidates[contender] = plan.candidates(of: contender) }
    try await race(contenders, [.mean]) { [self] contender, candidate, seed, _ in
      results.singleTaskResult(
        contender,
        candidate: candidate,
        seed: seed,
        of: candidates[contender]?.count ?? 0
      )
    }
    for contender in plan.singleTasks {
      guard let winner = winner(contender, .mean) else { continue }
      results.setBase(contender, candidate: winner)
    }
    for problem in plan.problemIndices { losses[problem] = try singleTaskLosses(of: problem) }
  }

  /// Tunes every method, with fixed weights laid out by the single-task losses.
  func tuneMethods() async throws {
    var criteria: [TuningCriterion] = []
    for problem in plan.problemIndices {
      criteria.append(results.criterion(of: problem))
      layOut(problem)
    }
    try await race(plan.methods, plan.suite.utilities) {
      [self] contender, candidate, seed, utility in
      results.result(
        contender,
        candidate: candidate,
        seed: seed,
        utility,
        criteria[contender.problem]
      )
    }
  }

  /// The candidate that won; nil where all failed.
  func winner(_ contender: Plan.Contender, _ utility: Utility) -> Int? {
    races[Entry(contender: contender, utility: utility)]?.winner
  }

  /// Exponents of the sweep of a problem that were tried.
  func triedExponents(_ problem: Int) -> [[Int]] {
    guard let sweep = plan.sweep(of: problem) else { return [] }
    var tried: [[Int]] = []
    for candidate in candidates[sweep] ?? [] {
      if let exponents = candidate.exponents, !tried.contains(exponents) { tried.append(exponents) }
    }
    return tried
  }

  private func singleTaskLosses(of problem: Int) throws -> [Double] {
    try plan.singleTasks(of: problem).map { contender in
      let identities = winner(contender, .mean).map { winner in
        plan.suite.tuning.seeds.compactMap {
          results.identity(contender, candidate: winner, seed: $0)
        }
      }
      let found = try known.checkpointLosses(identities ?? []).values.flatMap { $0 }.map { $0.loss }
      let mean = CompensatedSum.mean(found.sorted())
      return mean.isFinite ? mean : 1
    }
  }

  /// Sets what the methods of a problem try; the sweep begins with its grid, and with the trials of
  /// equal weights and of one over the single-task losses.
  private func layOut(_ problem: Int) {
    let methods = plan.suite.problems[problem].methods
    for (contender, method) in zip(plan.methods(of: problem), methods) where method.rival == nil {
      candidates[contender] = plan.candidates(of: contender)
    }
    guard let units = plan.singleTaskUnits(of: problem), let sweep = plan.sweep(of: problem),
      let losses = losses[problem]
    else { return }
    let own = plan.suite.problems[problem]
    let count = losses.count
    let ones = [Double](repeating: 1, count: count)
    let unitTrials = plan.candidates(of: problem, units: ones, losses: losses, heads: "weighted")
    candidates[units] = unitTrials
    let equalUnits = StaticSweep.units(weights: ones, losses: losses)
    var points = (candidates[plan.equal(of: problem)] ?? []).map {
      $0.weighing(ones, units: equalUnits)
    }
    if StaticSweep.hasGrid(taskCount: count) {
      points += gridTrials(problem, own.sweep.grid(taskCount: count))
    } else {
      points += unitTrials
    }
    candidates[sweep] = points
  }

  private func gridTrials(_ problem: Int, _ exponents: [[Int]]) -> [Candidate] {
    let own = plan.suite.problems[problem]
    return exponents.flatMap { point in
      own.sweep.heads.flatMap { heads in
        plan.candidates(
          of: problem,
          units: own.sweep.units(point),
          exponents: point,
          losses: losses[problem] ?? [],
          heads: heads
        )
      }
    }
  }

  /// What the sweep of a problem tries beside what it has: the next points where the best one lies at a
  /// border, or the random ones of many tasks, once.
  private func moreOfSweep(_ problem: Int) -> [Candidate] {
    guard let sweep = plan.sweep(of: problem), let losses = losses[problem],
      let race = races[Entry(contender: sweep, utility: .mean)], let own = candidates[sweep]
    else { return [] }
    let settings = plan.suite.problems[problem].sweep
    if StaticSweep.hasGrid(taskCount: losses.count) {
      let onGrid = race.remaining.filter { own[$0].exponents != nil }
      guard let best = race.ranked(onGrid).first, let exponents = own[best].exponents else {
        return []
      }
      return gridTrials(
        problem,
        settings.neighbours(of: exponents, beside: triedExponents(problem))
      )
    }
    let equalCount = candidates[plan.equal(of: problem)]?.count ?? 0
    let units = plan.singleTaskUnits(of: problem)
    let unitCount = units.flatMap { candidates[$0]?.count } ?? 0
    guard own.count == equalCount + unitCount else { return [] }
    let ranked = race.ranked(Array(equalCount..<own.count)).prefix(2).map { $0 - equalCount }
    guard let first = ranked.first, let last = ranked.last else { return [] }
    return settings.randomUnits(taskCount: losses.count, count: unitCount).enumerated().map {
      index,
      units in
      plan.candidate(
        of: problem,
        trial: index.isMultiple(of: 2) ? first : last,
        units,
        losses: losses,
        heads: settings.heads[index / 2 % settings.heads.count]
      )
    }
  }

  private func race(
    _ contenders: [Plan.Contender],
    _ utilities: [Utility],
    _ result: (Plan.Contender, Int, UInt64, Utility) -> TuningResults.Result
  ) async throws {
    let tuning = plan.suite.tuning
    var entries: [Entry] = []
    for contender in contenders {
      for utility in utilities {
        let entry = Entry(contender: contender, utility: utility)
        entries.append(entry)
        races[entry] = Race()
        races[entry]?.enter(candidates[contender] ?? [])
      }
    }
    for (rung, seedCount) in tuning.rungs.enumerated() {
      let seeds = tuning.seeds.prefix(seedCount)
      func run(_ running: [Entry]) async throws {
        try await train(running, seeds: seeds)
        for entry in running {
          races[entry]?.judge(seedCount: seedCount) { candidate in
            seeds.map { result(entry.contender, candidate, $0, entry.utility) }
          }
        }
      }
      try await run(entries)
      // On the first seeds the sweep finds its range, and on the last ones its choice must lie inside.
      if rung == 0 || rung + 1 == tuning.rungs.count {
        var widened = try widen(entries)
        while !widened.isEmpty {
          try await run(widened)
          widened = try widen(widened)
        }
      }
      if rung + 1 < tuning.rungs.count {
        for entry in entries {
          let count = races[entry]?.remaining.count ?? 0
          races[entry]?.cut(to: tuning.survivorCount(of: count))
        }
      }
    }
  }

  /// Gives sweeps the candidates they still lack; the entries that got some.
  private func widen(_ entries: [Entry]) throws -> [Entry] {
    var widened: [Entry] = []
    for problem in Set(entries.map { $0.contender.problem }).sorted() {
      guard let sweep = plan.sweep(of: problem) else { continue }
      let own = entries.filter { $0.contender == sweep }
      guard !own.isEmpty else { continue }
      let more = moreOfSweep(problem)
      guard !more.isEmpty else { continue }
      candidates[sweep, default: []] += more
      for entry in own { races[entry]?.enter(candidates[sweep] ?? []) }
      widened += own
    }
    return widened
  }

  /// Trains what still runs in some races on some seeds and takes in how it came out.
  private func train(_ entries: [Entry], seeds: ArraySlice<UInt64>) async throws {
    var jobs: [Job] = []
    var seen: Set<TuningResults.Trial> = []
    for entry in entries {
      guard let list = candidates[entry.contender] else { continue }
      for place in races[entry]?.remaining ?? [] {
        for seed in seeds {
          let trial = TuningResults.Trial(
            contender: entry.contender,
            candidate: place,
            seed: seed
          )
          guard !results.has(trial), seen.insert(trial).inserted else { continue }
          jobs.append(plan.job(entry.contender, .tuning, list[place], at: place, seed))
        }
      }
    }
    try await train(jobs)
    results.take(jobs, try known.tuningRuns(of: jobs.map { $0.identity }))
  }
}
