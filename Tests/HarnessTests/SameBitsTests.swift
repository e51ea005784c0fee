import Kernels
import Store
import Testing

@testable import Harness

@Suite("The same suite gives the same bits")
struct SameBitsTests {
  private let folder: TemporaryFolder
  private let suite: Suite

  init() throws {
    folder = try TemporaryFolder()
    suite = try HarnessTests.suite(
      tinySuite
        + "  - {problem: mixed, inputs: 6, train: 24, validation: 12, test: 12, "
        + "training: {checkpoint: relative}}\n",
      replacing: "[equal, uw, pcgrad]",
      with: "[equal, rlw, gradnorm, pcgrad]"
    )
  }

  /// Everything in the store that has no times.
  private struct Snapshot: Equatable {
    let runs: [RunRecord]
    let entries: [PlanEntry]
    let choices: [TuningChoice]
    let candidates: [CandidateRecord]
    let scores: [CandidateScore]
    let methods: [MethodRecord]
    let problems: [ProblemRecord]

    init(_ store: ResultStore) throws {
      runs = try contents(of: store)
      entries = try store.entries(of: "tiny")
      choices = try store.choices(of: "tiny")
      candidates = try store.candidates(of: "tiny")
      scores = try store.scores(of: "tiny")
      methods = try store.methods(of: "tiny")
      problems = try store.problems(of: "tiny")
    }
  }

  private func undisturbed() async throws -> Snapshot {
    let store = try makeStore(in: folder, name: "undisturbed.sqlite")
    let count = try await run(suite, into: store, workers: 1)
    #expect(try store.counts().runs == count)
    return try Snapshot(store)
  }

  private func runner(_ store: ResultStore, workers: Int) -> Runner {
    Runner(suite, store: store, workers: workers, kernels: KernelTable.best)
  }

  @Test("for any number of workers")
  func workers() async throws {
    let expected = try await undisturbed()
    #expect(expected.runs.allSatisfy { $0.end.status == .finished })
    for workers in [2, 3] {
      let store = try makeStore(in: folder, name: "workers\(workers).sqlite")
      try await run(suite, into: store, workers: workers)
      #expect(try Snapshot(store) == expected)
    }
  }

  @Test("in any order of the runs")
  func order() async throws {
    let expected = try await undisturbed()
    let plan = Plan(suite)
    let jobs = plan.tuningJobs(plan.plainContenders)
    var stream = RandomStream(seed: 5, purpose: .batches)
    let store = try makeStore(in: folder)
    let runner = runner(store, workers: 1)
    var order = jobs.indices.map { Int32($0) }
    stream.shuffle(&order)
    for index in order {
      try await runner.run([jobs[Int(index)]], progress: silentProgress())
    }
    try await run(suite, into: store)
    #expect(try Snapshot(store) == expected)
  }

  @Test("after any resume", arguments: [1, 7, 40])
  func resume(_ count: Int) async throws {
    let expected = try await undisturbed()
    let plan = Plan(suite)
    let jobs = plan.tuningJobs(plan.plainContenders)
    let store = try makeStore(in: folder)
    for part in [jobs.suffix(count), jobs.prefix(count)] {
      try await runner(store, workers: 2).run(Array(part), progress: silentProgress())
    }
    let stored = try contents(of: store)
    #expect(stored.count == min(2 * count, jobs.count))
    try store.close()
    let reopened = try makeStore(in: folder)
    try await run(suite, into: reopened)
    #expect(try Snapshot(reopened) == expected)
  }

  @Test("and trains nothing that is stored")
  func trainsOnce() async throws {
    let store = try makeStore(in: folder)
    let count = try await run(suite, into: store)
    let log = TextLog()
    let progress = Progress(
      remaining: [0: count],
      workers: 1,
      isTerminal: false,
      isQuiet: false
    ) { log.append($0) }
    let runner = SuiteRunner(
      suite,
      store: store,
      workers: 2,
      kernels: KernelTable.best,
      progress: progress
    )
    #expect(try await runner.run() == count)
    #expect(progress.trainedCount == 0)
    #expect(log.all.isEmpty)
    #expect(try store.counts().runs == count)
  }

  @Test("when a single run is made again from its spec")
  func rerun() async throws {
    let store = try makeStore(in: folder)
    try await run(suite, into: store)
    for identity in try store.identities().sorted().prefix(12) {
      let stored = try store.run(identity)
      let again = try Rerun.train(
        stored,
        from: store,
        folder: nil,
        kernels: KernelTable.best
      )
      #expect(Rerun.differences(stored, again) == [])
      #expect(again.identity == identity)
    }
  }

  @Test("and what differs after all is named")
  func differences() async throws {
    let store = try makeStore(in: folder)
    try await run(suite, into: store)
    let stored = try #require(try contents(of: store).first { !$0.taskSteps.isEmpty })
    var other = stored
    other.metrics[0].value = other.metrics[0].value.map { $0.nextUp }
    other.taskSteps[0].loss = .nan
    other.parameterHash = "0000000000000000"
    #expect(
      Rerun.differences(stored, other) == [
        "parameters differ", "metrics differ", "task diagnostics differ",
      ]
    )
    #expect(Rerun.differences(other, other) == [])
  }
}
