import Problems
import Settings
import Statistics
import Store
import Testing
import Training

@testable import Harness

@Suite("What candidates are chosen by")
struct TuningTests {
  private let plan: Plan
  private let contender: Plan.Contender

  init() throws {
    plan = Plan(try suite())
    contender = plan.methods(of: 0)[1]
  }

  /// Results whose validation metrics are what `value` says of a job and task; nil for no run.
  private func results(
    bases: Int = 1,
    _ value: (Job, Int) -> (status: RunStatus, value: Double)?
  ) -> TuningResults {
    let jobs = plan.tuningJobs(plan.plainContenders)
    let tasks = plan.suite.problems[0].tasks
    var outcomes: [String: EvaluationRun] = [:]
    for job in jobs {
      var rows: [MetricValue] = []
      var status: RunStatus?
      for (task, description) in tasks.enumerated() {
        guard let found = value(job, task) else { continue }
        status = found.status
        for metric in description.metrics {
          let name = metric.rawValue
          rows.append(MetricValue(task: task, part: .validation, metric: name, value: found.value))
          // What is measured on the test part would choose otherwise.
          rows.append(MetricValue(task: task, part: .test, metric: name, value: -found.value))
        }
      }
      guard let status else { continue }
      let score: Double = job.learningRate == 1e-2 ? -1 : 2
      outcomes[job.identity] = trial(job, status: status, score: score, rows)
    }
    var results = TuningResults(plan)
    results.take(jobs, outcomes)
    for single in plan.singleTasks(of: 0) { results.setBase(single, candidate: bases) }
    return results
  }

  /// The stored run of a job.
  private func trial(
    _ job: Job,
    status: RunStatus,
    score: Double? = nil,
    _ metrics: [MetricValue]
  ) -> EvaluationRun {
    var end = RunEnd(status)
    end.checkpointScore = score
    return EvaluationRun(
      method: job.contender.method,
      seed: Int(job.spec.seed),
      taskIndex: job.contender.taskIndex,
      candidate: job.candidate,
      learningRate: job.learningRate,
      identity: job.identity,
      end: end,
      metrics: metrics
    )
  }

  private func result(
    _ results: TuningResults,
    _ candidate: Int,
    seed: UInt64 = 1_000_001,
    _ utility: Utility = .mean
  ) -> TuningResults.Result {
    results.result(
      contender,
      candidate: candidate,
      seed: seed,
      utility,
      results.criterion(of: 0)
    )
  }

  @Test("a method by its change against single-task networks of the same seed at their own choice")
  func paired() {
    let results = results { job, _ in
      guard job.contender.taskIndex != nil else { return (.finished, 3) }
      // The base differs by seed; at the rate that was not chosen it would be far lower.
      guard job.learningRate == 1e-2 else { return (.finished, 0.001) }
      return (.finished, job.spec.seed == 1_000_001 ? 1 : 3)
    }
    #expect(results.criterion(of: 0) == .deltaM)
    #expect(result(results, 0) == .value(200))
    #expect(result(results, 0, seed: 1_000_002) == .value(0))
  }

  @Test("each utility by its own measure of the tasks")
  func utilities() {
    let results = results { job, task in
      (.finished, job.contender.taskIndex != nil ? 1 : task == 0 ? 0.5 : 1.1)
    }
    let values = Utility.allCases.map { utility -> Double in
      if case .value(let value) = result(results, 0, utility) { return value }
      return .nan
    }
    // Gains of 50 and -10 %; the first task is the primary one.
    for (value, expected) in zip(values, [-20, 10, 50, -50.0]) {
      #expect(abs(value - expected) < 1e-9)
    }
  }

  @Test("a failed run is out, one that was not made is left out")
  func states() {
    let results = results { job, _ in
      if job.contender.method == "uw", job.learningRate == 1e-2 {
        return job.spec.seed == 1_000_001 ? (.diverged, 1) : nil
      }
      return (.finished, 1)
    }
    #expect(result(results, 1) == .failed)
    #expect(result(results, 1, seed: 1_000_002) == .missing)
    #expect(result(results, 0) == .value(0))
    #expect(results.trialCounts(contender) == (4, 2))
  }

  @Test("a seed whose data cannot be made is left out, and no failure")
  func skipped() {
    let results = results { job, _ in
      (job.contender.method == "uw" ? .skipped : .finished, 1)
    }
    #expect(result(results, 0) == .missing)
  }

  @Test("where a single-task value is 0 at a seed, against its mean over the seeds")
  func zeroBase() {
    let results = results { job, task in
      let isZero = job.contender.taskIndex == 1 && task == 1 && job.spec.seed == 1_000_002
      let isMethod = job.contender.taskIndex == nil
      return (.finished, isZero ? 0 : isMethod && job.learningRate == 1e-3 ? 2 : 1)
    }
    #expect(results.criterion(of: 0) == .meanBase)
    // 2 against 1 and against the mean of 1 and 0: 100 and 300 %; then 1 against the same.
    for seed: UInt64 in [1_000_001, 1_000_002] {
      #expect(result(results, 0, seed: seed) == .value(200))
      #expect(result(results, 1, seed: seed) == .value(50))
    }
    #expect(result(results, 0, .worst) == .value(300))
  }

  @Test("where it is 0 at all seeds, in percentage points of that metric")
  func alwaysZeroBase() {
    let results = results { job, task in
      (.finished, task == 1 ? (job.contender.taskIndex == nil ? 0.25 : 0) : 1)
    }
    #expect(results.criterion(of: 0) == .meanBase)
    #expect(result(results, 0) == .value(12.5))
  }

  @Test("where it is 0 at all seeds, the task's other metrics are in points of theirs too")
  func solvedTask() throws {
    let text = """
      training: {steps: 1}
      tuning: {learning_rates: [1e-3, 1e-2], seeds: 2, race: []}
      problems: [{problem: csv, file: d.csv, targets: [y, z]}]
      """
    let folder = try TemporaryFolder()
    try folder.write(text, to: "suite.yaml")
    let rows = (0..<40).map { "\($0),\($0 % 2),\($0 * 7 % 31).5\n" }.joined()
    try folder.write("x,y,z\n" + rows, to: "d.csv")
    let plan = Plan(try Suite(path: folder.file("suite.yaml")))
    let jobs = plan.tuningJobs(plan.plainContenders)
    var results = TuningResults(plan)
    let outcomes = jobs.map { job -> (String, EvaluationRun) in
      let isLow = job.learningRate == 1e-3
      let isAlone = job.contender.taskIndex != nil
      let values = [
        (0, "error_rate", 0), (0, "log_loss", isAlone || isLow ? 1e-9 : 1e-3),
        (1, "rmse", isLow && !isAlone ? 4 : 1), (1, "mae", isLow && !isAlone ? 4 : 1.0),
      ]
      let rows = values.map {
        MetricValue(task: $0.0, part: .validation, metric: $0.1, value: $0.2)
      }
      return (job.identity, trial(job, status: .finished, rows))
    }
    results.take(jobs, Dictionary(uniqueKeysWithValues: outcomes))
    for single in plan.singleTasks(of: 0) { results.setBase(single, candidate: 0) }
    #expect(results.criterion(of: 0) == .meanBase)
    let equal = plan.methods(of: 0)[0]
    let drops = (0..<2).map { candidate -> Double in
      let seed = plan.suite.tuning.seeds[0]
      let result = results.result(equal, candidate: candidate, seed: seed, .mean, .meanBase)
      if case .value(let value) = result { return value }
      return .nan
    }
    // 300 % of one task of two; a thousandth of 1, in one metric of two, of one task of two.
    #expect(abs(drops[0] - 150) < 1e-6)
    #expect(abs(drops[1] - 0.025) < 1e-6)
  }

  @Test("a metric that the single-task network lacks at a seed is left out there")
  func undefinedBase() {
    let results = results { job, task in
      let isOut = task == 1 && job.spec.seed == 1_000_002
      return (.finished, isOut ? .nan : job.contender.taskIndex == nil ? 3 : 1)
    }
    #expect(results.criterion(of: 0) == .meanBase)
    #expect(result(results, 0, seed: 1_000_001) == .value(200))
    #expect(result(results, 0, seed: 1_000_002) == .value(200))
    #expect(result(results, 0, seed: 1_000_002, .primary) == .value(200))
  }

  @Test("where none is defined, by the logarithm of the validation losses")
  func noBase() {
    let results = results { job, _ in
      (.finished, job.contender.taskIndex == nil ? 1 : .nan)
    }
    #expect(results.criterion(of: 0) == .logLoss)
    #expect(result(results, 0) == .value(2))
    #expect(result(results, 1) == .value(-1))
  }

  @Test("a single-task network by its change against the median candidate, the same measure")
  func singleTask() {
    var results = results { job, _ in (.finished, job.learningRate == 1e-2 ? 1 : 3) }
    let single = plan.singleTasks(of: 0)[0]
    let found = (0..<2).map {
      results.singleTaskResult(single, candidate: $0, seed: 1_000_001, of: 2)
    }
    // The median of 1 and 3 is 2.
    #expect(found == [.value(50), .value(-50)])
  }

  @Test("a metric that is better when higher counts the other way round")
  func direction() throws {
    let text = """
      training: {steps: 1}
      tuning: {learning_rates: [1e-3, 1e-2], seeds: 2, race: []}
      problems: [{problem: csv, file: d.csv, targets: [{column: y, metrics: [auc]}]}]
      """
    let folder = try TemporaryFolder()
    try folder.write(text, to: "suite.yaml")
    let rows = (0..<40).map { "\($0),\($0 % 2)\n" }.joined()
    try folder.write("x,y\n" + rows, to: "d.csv")
    let plan = Plan(try Suite(path: folder.file("suite.yaml")))
    let single = plan.singleTasks(of: 0)[0]
    let jobs = plan.tuningJobs([single])
    var results = TuningResults(plan)
    let outcomes = jobs.map { job -> EvaluationRun in
      let value = job.learningRate == 1e-2 ? 0.9 : 0.6
      return trial(
        job,
        status: .finished,
        [MetricValue(task: 0, part: .validation, metric: "auc", value: value)]
      )
    }
    results.take(jobs, Dictionary(uniqueKeysWithValues: zip(jobs.map { $0.identity }, outcomes)))
    var race = Race()
    race.enter(plan.candidates(of: single))
    race.judge(seedCount: 2) { candidate in
      plan.suite.tuning.seeds.map {
        results.singleTaskResult(single, candidate: candidate, seed: $0, of: 2)
      }
    }
    #expect(race.winner == 1)

    // Of a method too: 0.9 against 0.6 alone is a gain.
    let equal = plan.methods(of: 0)[0]
    let methodJobs = plan.tuningJobs([equal])
    let found = zip(methodJobs, outcomes).map { ($0.0.identity, $0.1) }
    results.take(methodJobs, Dictionary(found) { first, _ in first })
    results.setBase(single, candidate: 0)
    let seed = plan.suite.tuning.seeds[0]
    let result = results.result(equal, candidate: 1, seed: seed, .mean, .deltaM)
    guard case .value(let drop) = result else {
      Issue.record("\(result)")
      return
    }
    #expect(abs(drop + 50) < 1e-9)
  }
}

@Suite("Tuning as a whole")
struct TuningStagesTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  @Test("the sweep is widened while its best point lies at a border, and says where it ends")
  func widened() async throws {
    // Task b is noise: the first task's weight cannot be too large.
    let text =
      tinySuite
      .replacing("steps: 12", with: "steps: 60")
      .replacing("limit: 3", with: "limit: 30")
      .replacing("teacher_width: 3,", with: "teacher_width: 3, noise: [0.01, 30],")
    let store = try makeStore(in: folder)
    try await run(try suite(text), into: store)
    let points = try store.methods(of: "tiny").filter { $0.group == .sweep }
    #expect(points.count > 3)
    let choice = try #require(try store.choices(of: "tiny").first { $0.method == "static (tuned)" })
    let ratios = try store.candidates(of: "tiny").filter { $0.method == "static (tuned)" }
      .compactMap { $0.units.map { $0[0] / $0[1] } }
    let ratio = try #require(choice.units.map { $0[0] / $0[1] })
    #expect(choice.edges.contains("weights") == (ratio > 0.99 * (ratios.max() ?? 0)))
    // Marked only where the limit was reached: 30 is three half decades.
    #expect(!choice.edges.contains("weights") || ratio > 29)
  }

  @Test(
    "a searched setting is marked where the least or the largest number of at least three is chosen"
  )
  func settingAtEnd() async throws {
    var marked = 0
    for draw in 0..<3 {
      let text =
        tinySuite
        .replacing("uw, pcgrad", with: "uw, {method: gradnorm, search: {alpha: [0, 0.5, 1.5]}}")
        .replacing(
          "race: []",
          with: "race: [], trials: 6, draw: \(draw), search: {weight_decay: [0, 0.1]}"
        )
      let store = try makeStore(in: folder, name: "draw\(draw).sqlite")
      try await run(try suite(text), into: store)
      let choices = try store.choices(of: "tiny")
      let choice = try #require(choices.first { $0.method == "gradnorm" })
      let isMiddle = choice.settings.contains("\"alpha\":0.5")
      #expect(choice.edges.contains("alpha") == !isMiddle, "\(choice.settings)")
      marked += isMiddle ? 0 : 1
      #expect(choices.allSatisfy { !$0.edges.contains("weight_decay") })
    }
    #expect(marked > 0)
  }

  @Test("what is chosen is trained on the evaluation seeds, and the front at each of its points")
  func evaluated() async throws {
    let store = try makeStore(in: folder)
    try await run(try suite(), into: store)
    let choices = try store.choices(of: "tiny")
    let entries = try store.entries(of: "tiny").filter { $0.role == .evaluation }
    for choice in choices {
      let own = entries.filter {
        $0.method == choice.method && $0.taskIndex == choice.taskIndex
          && $0.candidate == choice.candidate
      }
      #expect(own.map { $0.seed } == [1, 2], "\(choice.method)")
    }
    let points = try store.methods(of: "tiny").filter { $0.group == .sweep }
    #expect(points.map { $0.label } == ["static 1:3.16", "static 1:1", "static 3.16:1"])
    for point in points { #expect(entries.count { $0.method == point.label } == 2) }
    let runs = try store.evaluationRuns(suite: "tiny")["noisy", default: []]
    #expect(runs.count { $0.method == "uw" } == 2)
    #expect(runs.allSatisfy { !$0.checkpointMetrics.isEmpty })
  }

  @Test("fixed weights are laid out in units of the single-task losses")
  func units() async throws {
    let store = try makeStore(in: folder)
    try await run(try suite(), into: store)
    let losses = try store.singleTaskLosses(of: "tiny").map { $0.loss }
    #expect(losses.count == 2 && losses.allSatisfy { $0 > 0 })
    let choice = try #require(try store.choices(of: "tiny").first { $0.method == "static 1/STL" })
    let weights = try #require(choice.weights)
    #expect(abs(weights[0] * losses[0] - weights[1] * losses[1]) < 1e-4 * weights[0] * losses[0])
    #expect(abs(weights[0] + weights[1] - 2) < 1e-5)
  }

  @Test("the sweep tries equal weights, and every point of those units in both head conventions")
  func sweepTrials() async throws {
    let store = try makeStore(in: folder)
    try await run(try suite(replacing: "[weighted]", with: "[weighted, own]"), into: store)
    let losses = try store.singleTaskLosses(of: "tiny").map { $0.loss }
    let sweep = try store.candidates(of: "tiny").filter { $0.method == "static (tuned)" }
    // Equal weights at two rates, then three points in two conventions at two rates.
    #expect(sweep.count == 2 + 3 * 2 * 2)
    #expect(sweep.prefix(2).allSatisfy { $0.weights == [1, 1] })
    for candidate in sweep {
      let weights = try #require(candidate.weights)
      let units = try #require(candidate.units)
      let ratio = weights[0] * losses[0] / (weights[1] * losses[1])
      #expect(abs(units[0] / units[1] / ratio - 1) < 1e-4)
    }
    let entries = try store.entries(of: "tiny").filter { $0.method == "static (tuned)" }
    for heads in ["weighted", "own"] {
      let own = sweep.dropFirst(2).filter { $0.settings.contains("\"\(heads)\"") }
      #expect(own.count == 6)
      for candidate in own {
        let entry = try #require(entries.first { $0.candidate == candidate.position })
        #expect(try store.run(entry.identity).spec.contains("\"heads\":\"\(heads)\""))
      }
    }
  }

  @Test("the sweep of many tasks draws as many points as every method has trials")
  func randomTrials() async throws {
    let store = try makeStore(in: folder)
    try await run(
      try suite(replacing: "inputs: 4", with: "inputs: 4, noise: [1, 2, 3, 4]"),
      into: store
    )
    let sweep = try store.candidates(of: "tiny").filter { $0.method == "static (tuned)" }
    // Equal weights, one over the losses, and random points: two trials each.
    #expect(sweep.count == 6)
    #expect(Set(sweep.compactMap { $0.units }).count == 4)
  }

  @Test("every method has as many runs in the race, on the same seeds")
  func equalRace() async throws {
    let text =
      tinySuite.replacing("[1e-3, 1e-2]", with: "[1e-3, 2e-3, 5e-3, 1e-2]")
      .replacing("seeds: 2, race: []", with: "seeds: 1, race: [2], keep: 2")
    let store = try makeStore(in: folder)
    try await run(try suite(text), into: store)
    let runs = try store.tuningRuns(suite: "tiny")["noisy", default: []]
    for method in ["equal", "uw", "pcgrad", "static 1/STL"] {
      let seeds = runs.filter { $0.method == method }.map { $0.seed }.sorted()
      #expect(seeds == [Int](repeating: 1_000_001, count: 4) + [1_000_002, 1_000_002], "\(method)")
    }
  }

  @Test("the point that all tuning seeds choose lies inside, whatever the first seed chose")
  func widenedAtTheEnd() async throws {
    for draw in 0..<12 {
      let text =
        tinySuite
        .replacing("seeds: 2, race: []", with: "seeds: 1, draw: \(draw), race: [3], keep: 3")
        .replacing("limit: 3", with: "limit: 1000")
      let store = try makeStore(in: folder, name: "\(draw).sqlite")
      try await run(try suite(text), into: store)
      let choice = try store.choices(of: "tiny").first { $0.method == "static (tuned)" }
      let ratio = try #require(choice?.units.map { max($0[0] / $0[1], $0[1] / $0[0]) })
      #expect(choice?.edges.contains("weights") == false || ratio > 990, "draw \(draw)")
    }
  }

  /// The single-task networks of the two tasks choose different rates.
  @Test("what a candidate scores is each utility of its gains on the bases that the tasks chose")
  func scores() async throws {
    let text =
      tinySuite.replacing("steps: 12", with: "steps: 60")
      .replacing("[1e-3, 1e-2]", with: "[1e-3, 1e-2, 3e-2, 1e-1, 3e-1]")
      .replacing("teacher_width: 3,", with: "teacher_width: 3, noise: [0.01, 3],")
      + "utilities: [mean, primary]\n"
    let store = try makeStore(in: folder)
    try await run(try suite(text), into: store)
    let problem = try #require(try store.problems(of: "tiny").first)
    let runs = try store.tuningRuns(suite: "tiny")["noisy", default: []]
    let bases = try (0..<2).map { task in
      try #require(
        try store.choices(of: "tiny").first {
          $0.method == MethodLabel.singleTask && $0.taskIndex == task
        }
      ).candidate
    }
    #expect(bases[0] != bases[1], "a case in which the bases differ")
    /// The drop of one task of a run, in percent: all its metrics are errors.
    func drop(_ run: EvaluationRun, _ task: Int) throws -> Double {
      let base = try #require(
        runs.first {
          $0.method == MethodLabel.singleTask && $0.taskIndex == task && $0.candidate == bases[task]
            && $0.seed == run.seed
        }
      )
      let metrics = problem.tasks[task].metrics.filter { $0.isInDeltaM }
      #expect(!metrics.isEmpty && metrics.allSatisfy { $0.direction == .lower })
      let drops = try metrics.map { metric in
        let values = try [run, base].map {
          try #require($0.value(of: metric.name, task: task, part: .validation))
        }
        return 100 * (values[0] / values[1] - 1)
      }
      return drops.reduce(0, +) / Double(drops.count)
    }
    for score in try store.scores(of: "tiny") where score.method == "uw" {
      let own = runs.filter { $0.method == "uw" && $0.candidate == score.candidate }
      let drops = try own.map { run in
        score.utility == "mean" ? (try drop(run, 0) + drop(run, 1)) / 2 : try drop(run, 0)
      }
      let mean = drops.reduce(0, +) / Double(drops.count)
      #expect(abs((score.score ?? .nan) - mean) < 1e-6, "\(score)")
    }
  }

  @Test("what any utility chose is evaluated, and who another draw of the seeds may well choose")
  func finalists() async throws {
    let text =
      tinySuite.replacing("steps: 12", with: "steps: 60")
      .replacing("[1e-3, 1e-2]", with: "[1e-3, 3e-3, 1e-2, 2e-2, 4e-2, 1e-1]")
      .replacing("seeds: 2, race", with: "seeds: 4, race")
      .replacing("teacher_width: 3,", with: "teacher_width: 3, noise: [3, 0.01],")
      + "utilities: [mean, worst, primary]\n"
    let store = try makeStore(in: folder)
    try await run(try suite(text), into: store)
    let entries = try store.entries(of: "tiny").filter { $0.role == .evaluation }
    let evaluated = { (method: String) in
      Set(entries.filter { $0.method == method }.map { $0.candidate })
    }
    let methods = ["equal", "uw", "pcgrad", "static 1/STL", "static (tuned)"]
    let rivals = try store.scores(of: "tiny").filter {
      methods.contains($0.method) && $0.utility == "mean" && ($0.choiceShare ?? 0) >= 0.025
    }
    #expect(rivals.count > methods.count, "a case with more than one finalist")
    var others = 0
    for method in methods {
      for utility in ["mean", "worst", "primary"] {
        let choice = try store.choices(of: "tiny", utility: utility).first { $0.method == method }
        let candidate = try #require(choice?.candidate)
        #expect(evaluated(method).contains(candidate), "\(method) by \(utility)")
        let isRival = rivals.contains { $0.method == method && $0.candidate == candidate }
        others += isRival ? 0 : 1
      }
    }
    #expect(others > 0, "a case in which a utility chooses none of the mean's finalists")
    for rival in rivals { #expect(evaluated(rival.method).contains(rival.candidate)) }
  }
}
