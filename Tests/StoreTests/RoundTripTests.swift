import GRDB
import Store
import Testing

@Suite("What is stored comes back as it was")
struct RoundTripTests {
  private let folder: TemporaryFolder
  private let store: ResultStore

  init() throws {
    folder = try TemporaryFolder()
    store = try ResultStore(path: folder.file(), mode: .create)
  }

  @Test("a run with all its measurements")
  func run() throws {
    let run = sampleRun()
    try store.save(run)
    #expect(try store.run(run.identity) == run)
    #expect(try store.has(run.identity))
    #expect(try !store.has(identity(1)))
  }

  @Test("which task of a problem is the primary one, and whether its test rows are fixed")
  func facts() throws {
    var problems = sampleProblems
    problems[0].primaryTask = 1
    problems[1].hasFixedRows = true
    try store.save(suite: sampleSuite(), problems: problems, methods: sampleMethods)
    #expect(try store.problems(of: "bench") == problems)
  }

  @Test("what a run measured of its mechanism")
  func mechanism() throws {
    var run = sampleRun()
    run.mechanism = [
      MechanismValue(step: 0, kind: "cosine", taskA: 0, taskB: 1, value: -0.25),
      MechanismValue(step: 7, kind: "cosine", taskA: 0, taskB: 1, value: nil),
      MechanismValue(step: 0, kind: "norm", taskA: 0, taskB: nil, value: 1.5),
      MechanismValue(step: 0, kind: "norm", taskA: 1, taskB: nil, value: 0.1),
    ]
    try store.save(run)
    #expect(try store.run(run.identity) == run)
  }

  @Test("penalties, which belong to no task, apart from the losses")
  func penalties() throws {
    var run = sampleRun()
    run.penalties = [PenaltyValue(step: 50, value: 0.25), PenaltyValue(step: 100, value: 0.125)]
    try store.save(run)
    #expect(try store.run(run.identity) == run)
  }

  @Test("the networks of a suite, with what cannot run on them")
  func networks() throws {
    var methods = sampleMethods
    methods[2].network = "soft"
    try store.save(suite: sampleSuite(), problems: sampleProblems, methods: methods)
    #expect(try store.methods(of: "bench") == methods)
    let networks = [
      NetworkRecord(
        problem: "scaled",
        label: "hard",
        order: 0,
        settings: #"{"sharing":"hard"}"#,
        parameters: 100,
        sharedParameters: 80,
        multiplyAdds: 9000
      ),
      NetworkRecord(
        problem: "scaled",
        label: "soft",
        order: 1,
        settings: #"{"sharing":"soft"}"#,
        parameters: 99,
        sharedParameters: 0,
        multiplyAdds: 8500,
        widthFactor: 0.75,
        leftOut: [
          NetworkRecord.LeftOut(method: "mgda", reason: "nothing is shared"),
          NetworkRecord.LeftOut(method: "pcgrad", reason: "nothing is shared"),
        ]
      ),
    ]
    for _ in 0..<2 { try store.save(networks: networks, of: "bench") }
    #expect(try store.networks(of: "bench") == networks)
    #expect(try store.networks(of: "other").isEmpty)
  }

  @Test("a run that did not finish")
  func failedRun() throws {
    var run = sampleRun()
    run.end.status = .diverged
    run.end.reason = "the loss of task 1 is not finite"
    run.end.failedStep = 17
    run.bestStep = nil
    run.flushToZero = false
    run.metrics = []
    run.evaluations = []
    run.taskSteps = []
    run.pairSteps = []
    try store.save(run)
    #expect(try store.run(run.identity) == run)
  }

  @Test("how a run ended, each value in the column of its name")
  func end() throws {
    var run = sampleRun()
    run.end = RunEnd(.refused, reason: "a loss of 0")
    run.end.failedStep = 1
    run.end.stepCount = 2
    run.end.trainSeconds = 3.5
    run.end.totalSeconds = 4.5
    run.end.forwardPasses = 5
    run.end.backwardPasses = 6
    run.end.samplesSeen = 7
    run.end.memoryBytes = 8
    run.end.policySteps = 9
    run.end.checkpointScore = -10.5
    run.end.machine = "node3"
    run.end.meanWeightSum = 11.5
    try store.save(run)
    #expect(try store.run(run.identity).end == run.end)
    #expect(try store.runs(of: [run.identity])[run.identity]?.end == run.end)
    try store.close()
    try rawDatabase(folder.file()) { database in
      let sql = """
        SELECT json_array(
          status, reason, failed_step, step_count, train_seconds, total_seconds, forward_passes,
          backward_passes, samples_seen, memory_bytes, policy_steps, checkpoint_score, machine,
          mean_weight_sum
        ) FROM run
        """
      let row = try String.fetchOne(database, sql: sql)
      #expect(row == #"["refused","a loss of 0",1,2,3.5,4.5,5,6,7,8,9,-10.5,"node3",11.5]"#)
    }
  }

  @Test("numbers to their last bit")
  func extremes() throws {
    let numbers = [
      0.1, 1.0 / 3, -1e-300, .leastNonzeroMagnitude, .greatestFiniteMagnitude, .infinity,
      -.infinity, 1e15, 9_007_199_254_740_991, Double(Float(0.1)),
    ]
    var run = sampleRun()
    run.metrics = numbers.enumerated().map { index, number in
      MetricValue(task: index, part: .test, metric: "rmse", value: number)
    }
    try store.save(run)
    #expect(try store.run(run.identity).metrics.map { $0.value } == numbers)
  }

  @Test("an undefined loss is NULL in the database and NaN again when read")
  func undefined() throws {
    var run = sampleRun()
    run.evaluations = [Evaluation(step: 1, task: 0, part: .train, loss: .nan)]
    run.taskSteps = [TaskStep(step: 1, task: 0, loss: .nan, weight: .nan, gradientNorm: nil)]
    try store.save(run)
    let stored = try store.run(run.identity)
    #expect(stored.evaluations.map { $0.loss.isNaN } == [true])
    #expect(stored.taskSteps.map { $0.loss.isNaN } == [true])
    #expect(stored.taskSteps.map { $0.weight } == [nil])
  }

  @Test("saving a run again changes nothing, also when its measurements differ")
  func again() throws {
    let run = sampleRun()
    try store.save(run)
    var other = run
    other.end.trainSeconds = 99
    other.metrics = []
    try store.save(other)
    #expect(try store.run(run.identity) == run)
    #expect(try store.identities() == [run.identity])
  }

  @Test("a suite with its problems and methods")
  func suite() throws {
    try store.save(suite: sampleSuite(), problems: sampleProblems, methods: sampleMethods)
    #expect(try store.suites() == [sampleSuite()])
    #expect(try store.suite(named: "bench") == sampleSuite())
    #expect(try store.problems(of: "bench") == sampleProblems)
    #expect(try store.methods(of: "bench") == sampleMethods)
    #expect(try store.problems(of: "other") == [])
  }

  @Test("plan entries and tuning choices")
  func plan() throws {
    try store.save(suite: sampleSuite(), problems: sampleProblems, methods: sampleMethods)
    let entries = [
      sampleEntry(0, seed: 1),
      sampleEntry(1, method: "STL", seed: 1, taskIndex: 0),
      sampleEntry(2, method: "STL", seed: 1, taskIndex: 1),
      sampleEntry(3, role: .tuning, seed: 101, learningRate: 0.0003),
    ]
    try store.save(entries: entries.reversed())
    #expect(try store.entries(of: "bench") == entries)
    let choices = [sampleChoice(), sampleChoice(method: "STL", taskIndex: 1)]
    try store.save(choices: choices)
    #expect(try store.choices(of: "bench") == choices)
  }

  @Test("everything after the store was closed and opened for reading")
  func reopened() throws {
    try store.save(sampleRun())
    try store.save(suite: sampleSuite(), problems: sampleProblems, methods: sampleMethods)
    try store.close()
    #expect(try folder.names() == ["bench.sqlite"])
    let reader = try ResultStore(path: folder.file(), mode: .readOnly)
    #expect(try reader.run(identity(0)) == sampleRun())
    #expect(try reader.methods(of: "bench") == sampleMethods)
    #expect(try reader.integrityCheck() == [])
  }
}
