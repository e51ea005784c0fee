import Statistics
import Store
import Testing

@testable import Reports

/// Two tasks, one with two metrics; values are put in by hand.
struct Hand {
  static let problem = ProblemRecord(
    label: "p",
    problem: "p",
    family: "p",
    order: 0,
    tasks: [
      TaskRecord(
        index: 0,
        name: "a",
        kind: "binary",
        loss: "cross-entropy",
        unit: "",
        classCount: 2,
        metrics: [metric("accuracy", .higher), metric("log_loss", .lower)]
      ),
      TaskRecord(
        index: 1,
        name: "b",
        kind: "regression",
        loss: "mean squared error",
        unit: "",
        classCount: 0,
        metrics: [metric("rmse", .lower)]
      ),
    ]
  )

  static func metric(_ name: String, _ direction: MetricDirection) -> MetricRecord {
    MetricRecord(
      name: name,
      title: name,
      direction: direction,
      isInDeltaM: true,
      unit: "",
      isPrimary: true
    )
  }

  static func method(_ label: String, _ group: MethodGroup, order: Int) -> MethodRecord {
    MethodRecord(
      label: label,
      method: label == "equal" ? "equal" : "m",
      group: group,
      order: order,
      settings: "{}"
    )
  }

  /// A run with accuracy, log-loss and RMSE; nil for one that diverged.
  static func run(
    _ method: String,
    seed: Int,
    _ values: (Double, Double, Double)?,
    task: Int? = nil
  ) -> EvaluationRun {
    let all = values.map { values in
      [
        MetricValue(task: 0, part: .test, metric: "accuracy", value: values.0),
        MetricValue(task: 0, part: .test, metric: "log_loss", value: values.1),
        MetricValue(task: 1, part: .test, metric: "rmse", value: values.2),
        MetricValue(task: 1, part: .validation, metric: "rmse", value: 1000),
      ]
    }
    return EvaluationRun(
      method: method,
      seed: seed,
      taskIndex: task,
      learningRate: 0.1,
      identity: "\(method)-\(seed)-\(task ?? 9)",
      end: values == nil ? end(.diverged, reason: "loss not finite") : end(.finished),
      metrics: (all ?? []).filter { task == nil || $0.task == task }
    )
  }

  /// The end of a run of a hundred steps.
  static func end(_ status: RunStatus, reason: String = "") -> RunEnd {
    var end = RunEnd(status, reason: reason)
    end.stepCount = 100
    end.trainSeconds = 0.5
    end.totalSeconds = 1
    end.forwardPasses = 100
    end.backwardPasses = 100
    end.samplesSeen = 3200
    return end
  }

  static func results(
    methods: [MethodRecord],
    runs: [EvaluationRun],
    choices: [TuningChoice] = []
  ) -> ProblemResults {
    ProblemResults(
      problem: problem,
      methods: methods,
      seeds: Set(runs.map(\.seed)).sorted(),
      runs: runs,
      choices: choices,
      trials: []
    )
  }

  /// Single-task training: accuracy 0.8, log-loss 0.5, RMSE 2, at any number of seeds.
  static func singleTask(seeds: Int) -> [EvaluationRun] {
    (0..<seeds).flatMap { seed in
      (0..<2).map { run("single", seed: seed, (0.8, 0.5, 2), task: $0) }
    }
  }
}

@Suite("Comparing the methods of a problem")
struct ComparisonTests {
  private let single = Hand.method("single", .singleTask, order: 0)
  private let equal = Hand.method("equal", .fixed, order: 1)
  private let tuned = Hand.method("static (tuned)", .fixed, order: 2)
  private let own = Hand.method("own", .loss, order: 3)

  @Test("Δm averages within a task, then over tasks, against single-task training of the same seed")
  func deltaM() throws {
    let results = Hand.results(
      methods: [single, own],
      runs: Hand.singleTask(seeds: 1) + [Hand.run("own", seed: 0, (0.84, 0.45, 2.2))]
    )
    // Gains: accuracy +5 %, log-loss +10 %, so task a +7.5 %; RMSE -10 %, so task b -10 %.
    let own = try #require(results.methods.first)
    #expect(abs(own.deltaMBySeed[0].number - 1.25) < 1e-9)
    // Flat: -(5 + 10 - 10) / 3.
    #expect(abs((own.deltaM?.summaryFlat.mean ?? 0) + 5.0 / 3) < 1e-9)
    #expect(results.reference?.deltaM == nil)
  }

  @Test("the interval of a difference is at the level of its step in Holm's correction")
  func stepLevels() throws {
    let far = Hand.method("far", .loss, order: 4)
    let runs = (0..<4).flatMap { seed in
      [
        Hand.run("static (tuned)", seed: seed, (0.8, 0.5, 2)),
        Hand.run("own", seed: seed, (0.8, 0.5, 2.04 + 0.04 * Double(seed))),
        Hand.run("far", seed: seed, (0.8, 0.5, 3 + 0.01 * Double(seed))),
      ]
    }
    let results = Hand.results(
      methods: [single, tuned, own, far],
      runs: Hand.singleTask(seeds: 4) + runs
    )
    let tunedResults = try #require(results.methods.first { $0.record.label == tuned.label })
    let duels = Comparison.duels(results.methods, control: tunedResults)
    // Differences 1, 2, 3, 4: mean 2.5, sd 1.291, t = 3.87, p = .0305, the last step of two.
    let difference = try #require(duels[1].difference)
    #expect(duels[2].level == 0.975 && duels[1].level == 0.95)
    #expect(abs(difference.mean - 2.5) < 1e-9)
    #expect(abs(difference.interval.lower - (2.5 - 3.182_446_3 * 0.645_497_2)) < 1e-5)
  }

  @Test("single-task training speaks for each task with that task's network")
  func reference() throws {
    let results = Hand.results(
      methods: [single, own],
      runs: [
        Hand.run("single", seed: 0, (0.8, 0.5, 2), task: 0),
        Hand.run("single", seed: 0, nil, task: 1),
        Hand.run("own", seed: 0, (0.84, 0.45, 2.2)),
      ]
    )
    let reference = try #require(results.reference)
    #expect(reference.values[0] == [0.8])
    #expect(reference.values[2] == [.failed])
    #expect(reference.outcomes == [.failed(reason: "loss not finite")])
    // Its seed has no base: that is no failure of the method.
    #expect(results.methods[0].deltaMBySeed == [.undefined(.failedBase)])
    #expect(Comparison(results).duels.map(\.result) == [.none])
  }

  @Test("a diverged run leaves the method without marks and counts as a loss")
  func failed() throws {
    let runs = (0..<4).flatMap { seed in
      [
        Hand.run("static (tuned)", seed: seed, (0.8, 0.5, 2 - 0.01 * Double(seed))),
        Hand.run("own", seed: seed, seed == 1 ? nil : (0.9, 0.4, 1.5)),
      ]
    }
    let results = Hand.results(
      methods: [single, tuned, own],
      runs: Hand.singleTask(seeds: 4) + runs
    )
    let comparison = Comparison(results)
    #expect(results.methods[1].failedCount == 1)
    #expect(comparison.duels[1].result == .failed)
    #expect(comparison.deltaMMarks.bold == [true, false])
    let table = try ProblemTable.table(
      of: SuiteResults(
        suite: SuiteRecord(name: "s", text: "", planHash: "", createdAt: ""),
        methods: [],
        problems: [results]
      )
    )
    let row = try #require(table.rows.last)
    #expect(row.isFailed)
    let column = try #require(table.columns.firstIndex { $0.name == "delta_m" })
    #expect(row.cells[column] == .failure(finished: 3, total: 4))
    #expect(
      table.footnotes.contains(
        "† own: 1 of 4 seeds failed (loss not finite); means over the finished seeds, no marks."
      )
    )
  }

  @Test("a method is better only when the paired test after Holm says so")
  func duels() {
    let seeds = 10
    let runs = (0..<seeds).flatMap { seed -> [EvaluationRun] in
      let wobble = 0.01 * Double((seed * 7) % 5)
      return [
        Hand.run("equal", seed: seed, (0.8, 0.5, 2.1 + wobble)),
        Hand.run("static (tuned)", seed: seed, (0.8, 0.5, 2 + wobble / 2)),
        Hand.run("own", seed: seed, (0.8, 0.5, 2 + (seed.isMultiple(of: 2) ? 0.02 : -0.02))),
      ]
    }
    let results = Hand.results(
      methods: [single, equal, tuned, own],
      runs: Hand.singleTask(seeds: seeds) + runs
    )
    let comparison = Comparison(results)
    #expect(comparison.duels.map(\.result) == [.worse, .none, .undecided])
    #expect(comparison.duelCount == 2)
    #expect(comparison.duels[0].shareWon == 0)
    // RMSE is one of two tasks: 0.1 to 0.12 of 2 is 5 to 6 %, so 2.5 to 3 points of Δm.
    let difference = comparison.duels[0].difference?.mean ?? 0
    #expect(difference > 2.5 && difference < 3)
  }

  @Test("without a row of tuned static weights, the sweep point that validation chose is the rival")
  func fromSweep() throws {
    var points = [
      Hand.method("static 1", .sweep, order: 4), Hand.method("static 2", .sweep, order: 5),
    ]
    points[0].sweepWeights = [0.5, 1.5]
    points[1].sweepWeights = [1.5, 0.5]
    let choices = zip(points, [-1.0, -2.0]).map { point, score in
      TuningChoice(
        suite: "s",
        problem: "p",
        method: point.label,
        taskIndex: nil,
        candidate: 0,
        learningRate: 0.1,
        score: score,
        edges: [],
        trialCount: 1,
        failedTrialCount: 0,
        grid: [0.1]
      )
    }
    let results = Hand.results(
      methods: [single, equal] + points + [own],
      runs: Hand.singleTask(seeds: 1) + [
        Hand.run("static 1", seed: 0, (0.9, 0.4, 1)),
        Hand.run("static 2", seed: 0, (0.8, 0.5, 1.9)),
      ],
      choices: choices
    )
    #expect(results.methods.map(\.record.label) == ["equal", "static (tuned)", "own"])
    let control = try #require(results.control)
    #expect(control.runLabel == "static 2")
    #expect(abs(control.deltaMBySeed[0].number + 2.5) < 1e-9)
    #expect(results.sweep.map(\.record.label) == ["static 1", "static 2"])
  }

  @Test("time is that of all networks of a seed together")
  func time() {
    let results = Hand.results(
      methods: [single, equal],
      runs: Hand.singleTask(seeds: 2) + (0..<2).map { Hand.run("equal", seed: $0, (0.8, 0.5, 2)) }
    )
    #expect(results.reference?.secondsPerStep == 0.01)
    #expect(results.equal?.secondsPerStep == 0.005)
  }

  @Test("what is not run yet is neither failed nor finished")
  func notRun() {
    let results = Hand.results(
      methods: [single, equal],
      runs: Hand.singleTask(seeds: 2) + [Hand.run("equal", seed: 0, (0.8, 0.5, 2))]
    )
    #expect(results.equal?.outcomes == [.finished, .notRun])
    #expect(results.equal?.deltaMBySeed.map { $0 == .missing } == [false, true])
  }
}
