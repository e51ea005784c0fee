import GRDB
import Store
import Testing

@Suite("Asking a store")
struct AskingTests {
  private let folder: TemporaryFolder
  private let store: ResultStore

  init() throws {
    folder = try TemporaryFolder()
    store = try ResultStore(path: folder.file(), mode: .create)
  }

  @Test("a run is found by the first digits of its identity, in either case")
  func prefix() throws {
    try saveRuns("abcd000000000000", "abce000000000000")
    #expect(try store.run("abcd").identity == "abcd000000000000")
    #expect(try store.run("ABCE0").identity == "abce000000000000")
  }

  @Test("an ambiguous beginning names the runs it could mean")
  func ambiguous() throws {
    try saveRuns("abcd000000000000", "abce000000000000", "f000000000000000")
    #expect(
      storeError { () throws(StoreError) in _ = try store.run("abc") }?.description
        == "run 'abc' is ambiguous: it begins the identities of 2 runs, among them "
        + "abcd000000000000, abce000000000000"
    )
  }

  @Test("an unknown run names the nearest")
  func unknown() throws {
    #expect(
      storeError { () throws(StoreError) in _ = try store.run("abcf") }?.description
        == "no run 'abcf': there are no runs in the database"
    )
    try saveRuns("abcd000000000000", "abce000000000000", "f000000000000000")
    #expect(
      storeError { () throws(StoreError) in _ = try store.run("abcf") }?.description
        == "no run 'abcf'; the nearest are abcd000000000000, abce000000000000"
    )
    #expect(
      storeError { () throws(StoreError) in _ = try store.run("zebra'--") }?.description
        == "no run 'zebra'--'; the nearest are abcd000000000000, abce000000000000, "
        + "f000000000000000"
    )
  }

  @Test("an unknown suite names those there are")
  func unknownSuite() throws {
    #expect(
      storeError { () throws(StoreError) in _ = try store.suite(named: "bnech") }?.description
        == "no suite 'bnech': there are no suites in the database"
    )
    try store.save(suite: sampleSuite(), problems: [], methods: [])
    #expect(
      storeError { () throws(StoreError) in _ = try store.suite(named: "bnech") }?.description
        == "no suite 'bnech' in the database; it holds bench"
    )
  }

  @Test("one identity with two specs is refused, and the first stays")
  func collision() throws {
    try store.save(sampleRun())
    var other = sampleRun()
    other.spec = "{}"
    #expect(
      storeError { () throws(StoreError) in try store.save(other) }?.description
        == "run 9e3779b97f4a7c15: is stored already with another spec; two specs have the same "
        + "identity"
    )
    #expect(try store.run(other.identity) == sampleRun())
  }

  @Test(
    "runs are asked for by name, planned here or not, and those that are not stored are left out"
  )
  func someRuns() throws {
    try savePlan()
    let runs = try store.runs(of: [4, 5, 0].map { identity($0) }, part: .validation)
    #expect(runs.keys.sorted() == [4, 0].map { identity($0) }.sorted())
    let run = try #require(runs[identity(4)])
    #expect(run.end == sampleRun(4).end)
    #expect(run.metrics == sampleRun(4).metrics.filter { $0.part == .validation })
  }

  @Test("runs of a problem come with their part in the plan, in the suite's order")
  func evaluationRuns() throws {
    try savePlan()
    let runs = try store.evaluationRuns(suite: "bench")["scaled", default: []]
    #expect(runs.map { $0.method } == ["STL", "STL", "GradNorm", "GradNorm"])
    #expect(runs.map { $0.taskIndex } == [0, 1, nil, nil])
    #expect(runs.map { $0.seed } == [1, 1, 1, 2])
    #expect(runs.map { $0.identity } == [2, 3, 0, 1].map { identity($0) })
    let run = sampleRun(0)
    let expected = EvaluationRun(
      method: "GradNorm",
      seed: 1,
      taskIndex: nil,
      learningRate: 0.001,
      identity: run.identity,
      end: run.end,
      metrics: run.metrics.filter { $0.part == .test }
    )
    // Every property by its name and value.
    #expect(spelt(runs[2]) == spelt(expected))
    let trials = try store.tuningRuns(suite: "bench")["scaled", default: []]
    #expect(trials.map { $0.identity } == [identity(4)])
    #expect(trials.map { $0.learningRate } == [0.0003])
    #expect(trials[0].metrics == sampleRun(4).metrics.filter { $0.part == .validation })
    #expect(try store.evaluationRuns(suite: "bench")["digits", default: []].isEmpty)
  }

  @Test("settings that methods share are as the spec spells them, without the learning rate")
  func settings() throws {
    var run = sampleRun(0)
    run.spec =
      #"{"problem":{"content csv":"0f","name":"csv"},"training":{"learning_rate":0.1,"batch":8,"#
      + #""betas":[0.9,0.99],"optimizer":"adam"}}"#
    try store.save(suite: sampleSuite(), problems: sampleProblems, methods: sampleMethods)
    try store.save(run)
    #expect(try store.settings(of: .training, suite: "bench", problem: "scaled") == [:])
    try store.save(entries: [sampleEntry(0, seed: 1)])
    #expect(
      try store.settings(of: .training, suite: "bench", problem: "scaled")
        == ["batch": "8", "betas": "[0.9,0.99]", "optimizer": "adam"]
    )
    #expect(
      try store.settings(of: .problem, suite: "bench", problem: "scaled")
        == ["content csv": "0f", "name": "csv"]
    )
  }

  @Test("learning curves are one for each run, part and task")
  func learningCurves() throws {
    try savePlan()
    let curves = try store.learningCurves(suite: "bench", problem: "scaled")
    #expect(curves.count == 4 * 4)
    #expect(
      curves[9]
        == LearningCurve(
          method: "GradNorm",
          seed: 1,
          identity: identity(0),
          task: 1,
          part: .train,
          steps: [1, 2, 3, 4],
          losses: [1, 0.5, 1.0 / 3, 0.25]
        )
    )
    let some = try store.learningCurves(
      suite: "bench",
      problem: "scaled",
      part: .validation,
      of: [identity(0)]
    )
    #expect(some == curves.filter { $0.part == .validation && $0.identity == identity(0) })
  }

  @Test("diagnostics are one series for each run and task, and sums over pairs for each step")
  func diagnostics() throws {
    try savePlan()
    let series = try store.taskSeries(suite: "bench", problem: "scaled")
    #expect(series.count == 4 * 2)
    #expect(
      try store.taskSeries(suite: "bench", problem: "scaled", of: [identity(0)])
        == series.filter { $0.identity == identity(0) }
    )
    #expect(
      series[4]
        == TaskSeries(
          method: "GradNorm",
          seed: 1,
          identity: identity(0),
          task: 0,
          steps: [1, 2, 3, 4],
          losses: [0.75, 0.75, 0.75, 0.75],
          weights: [1.5, 1.5, 1.5, 1.5],
          gradientNorms: [2.5, nil, 2.5, 2.5]
        )
    )
    let cosines = try store.cosines(of: [identity(0), identity(0)], mostSamples: 2)
    #expect(cosines.count == 6)
    #expect(cosines.conflictRate == 1)
    #expect(cosines.meanSize == 2 * (0.5 + 1.0 / 3 + 0.25) / 6)
    #expect(cosines.means.map(\.step) == [2, 3, 4])
    #expect(cosines.means.map(\.mean) == [-0.5, -1.0 / 3, -0.25])
    #expect(cosines.samples.map(\.step) == [2, 3, 4])
    #expect(try store.cosines(of: [], mostSamples: 2) == CosineSummary())
  }

  @Test("planned runs that are not stored are entries, but not runs")
  func planned() throws {
    try store.save(suite: sampleSuite(), problems: sampleProblems, methods: sampleMethods)
    try store.save(entries: [sampleEntry(0, seed: 1)])
    #expect(try store.entries(of: "bench").count == 1)
    #expect(try store.evaluationRuns(suite: "bench")["scaled", default: []].isEmpty)
  }

  @Test("a method, task and seed have one evaluation run: the last that was planned")
  func oneEvaluationRun() throws {
    try savePlan()
    try store.save(entries: [sampleEntry(4, seed: 1, learningRate: 0.01)])
    let runs = try store.evaluationRuns(suite: "bench")["scaled", default: []]
    #expect(runs.map { $0.identity } == [2, 3, 4, 1].map { identity($0) })
  }

  @Test("storing a suite again keeps its plan if the plan's hash is the same, and only then")
  func suiteAgain() throws {
    try savePlan()
    try store.save(choices: [sampleChoice()])
    try store.save(
      suite: sampleSuite(),
      problems: sampleProblems,
      methods: sampleMethods.reversed()
    )
    #expect(try store.entries(of: "bench").count == 5)
    #expect(try store.choices(of: "bench").count == 3)
    let changed = sampleSuite(planHash: "bb")
    try store.save(suite: changed, problems: [], methods: [])
    #expect(try store.suites() == [changed])
    #expect(try store.problems(of: "bench") == [])
    #expect(try store.entries(of: "bench") == [])
    #expect(try store.choices(of: "bench") == [])
    #expect(try store.counts().runs == 5)
  }

  @Test("an entry for a problem or method that the suite has not is refused as a whole")
  func unknownLabel() throws {
    try store.save(suite: sampleSuite(), problems: sampleProblems, methods: sampleMethods)
    let path = folder.file()
    #expect(
      storeError { () throws(StoreError) in
        try store.save(entries: [
          sampleEntry(0, seed: 1), sampleEntry(1, method: "nobody", seed: 1),
        ])
      }?.description == "\(path): SQLite error 787: FOREIGN KEY constraint failed"
    )
    #expect(try store.entries(of: "bench") == [])
  }

  @Test("counts tell how runs ended")
  func counts() throws {
    let ends: [RunStatus] = [.finished, .finished, .diverged, .refused, .skipped]
    for (number, status) in ends.enumerated() {
      var run = sampleRun(number)
      run.end.status = status
      try store.save(run)
    }
    let counts = try store.counts()
    #expect(
      counts
        == StoreCounts(
          suites: 0,
          finished: 2,
          diverged: 1,
          refused: 1,
          skipped: 1,
          measurements: 5 * 33
        )
    )
    #expect(counts.runs == 5)
  }

  private func saveRuns(_ identities: String...) throws {
    for identity in identities {
      var run = sampleRun()
      run.identity = identity
      try store.save(run)
    }
  }

  private func savePlan() throws {
    try store.save(suite: sampleSuite(), problems: sampleProblems, methods: sampleMethods)
    for number in 0..<5 { try store.save(sampleRun(number)) }
    try store.save(entries: [
      sampleEntry(0, seed: 1),
      sampleEntry(1, seed: 2),
      sampleEntry(2, method: "STL", seed: 1, taskIndex: 0),
      sampleEntry(3, method: "STL", seed: 1, taskIndex: 1),
      sampleEntry(4, role: .tuning, seed: 101, learningRate: 0.0003),
    ])
    try store.save(choices: [
      sampleChoice(), sampleChoice(method: "STL", taskIndex: 0),
      sampleChoice(method: "STL", taskIndex: 1),
    ])
  }
}

/// All of a value, as text.
private func spelt(_ value: some Any) -> String {
  var text = ""
  dump(value, to: &text)
  return text.replacing(/\ #\d+/, with: "")
}
