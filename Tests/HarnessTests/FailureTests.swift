import Kernels
import Problems
import Settings
import Store
import Testing

@testable import Harness

@Suite("What goes wrong in a run is a result")
struct FailureTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  @Test("a learning rate at which losses explode is stored as divergence, and is not chosen")
  func divergence() async throws {
    let suite = try suite(
      tinySuite.replacing("batch: 8", with: "batch: 8, optimizer: sgd"),
      replacing: "[1e-3, 1e-2]",
      with: "[1e-3, 100]"
    )
    let store = try makeStore(in: folder)
    #expect(try await run(suite, into: store) == store.counts().runs)
    let tuning = try store.tuningRuns(suite: "tiny")["noisy", default: []]
    let hot = tuning.filter { $0.learningRate == 100 && $0.method == "equal" }
    #expect(hot.map { $0.end.status } == [.diverged, .diverged])
    #expect(hot[0].end.reason.hasSuffix("is not finite"))
    #expect((hot[0].end.failedStep ?? 0) > 1)
    let choice = try #require(try store.choices(of: "tiny").first { $0.method == "equal" })
    #expect(choice.learningRate == 1e-3)
    #expect(choice.failedTrialCount == 2)
    #expect(choice.isAtEdge)
  }

  @Test("a suite whose rates are all too high comes to its end")
  func everythingDiverges() async throws {
    let suite = try suite(
      tinySuite.replacing("steps: 12, batch: 8", with: "steps: 60, batch: 8, optimizer: sgd"),
      replacing: "[1e-3, 1e-2]",
      with: "[99, 100]"
    )
    let store = try makeStore(in: folder)
    #expect(try await run(suite, into: store) == store.counts().runs)
    let choices = try store.choices(of: "tiny").filter { $0.method == "equal" }
    #expect(choices.map { $0.score } == [nil])
    #expect(choices.map { $0.failedTrialCount } == [4])
    let runs = try store.evaluationRuns(suite: "tiny")["noisy", default: []]
    let equal = runs.filter { $0.method == "equal" }
    #expect(equal.map { $0.end.status } == [.diverged, .diverged])
    #expect(equal.map { $0.learningRate } == [99, 99])
  }

  @Test("a method that cannot use a loss says of which task")
  func refusal() async throws {
    let suite = try suite(
      replacing: "uw, pcgrad",
      with: "{method: famo, label: famo, lower_bound: [1000, 1000]}"
    )
    let store = try makeStore(in: folder)
    try await run(suite, into: store)
    let runs = try store.evaluationRuns(suite: "tiny")["noisy", default: []]
    let refused = runs.filter { $0.method == "famo" }
    #expect(refused.map { $0.end.status } == [.refused, .refused])
    #expect(refused[0].end.reason == "task 'a': loss not above the bound the method needs")
    #expect(refused[0].end.failedStep == 1)
    #expect(runs.filter { $0.method != "famo" }.allSatisfy { $0.end.status == .finished })
  }

  /// Nine rows of one class and three of the other, none of which may land in the training part
  /// of an unstratified split.
  @Test("a seed whose split is impossible is skipped with the reason, and the others go on")
  func skipped() async throws {
    let rows = (0..<12).map { "\($0),\($0 < 10 ? "common" : "rare")\n" }.joined()
    try folder.write("x,kind\n" + rows, to: "d.csv")
    let text = """
      suite: tiny
      training: {steps: 3, batch: 4, evaluations: 1}
      tuning: {learning_rates: [1e-3, 1e-2], seeds: 1, race: []}
      evaluation: {seeds: 30}
      problems:
        - {problem: csv, file: d.csv, targets: [kind], stratify: false}
      """
    try folder.write(text, to: "suite.yaml")
    let suite = try Suite(path: folder.file("suite.yaml"))
    let store = try makeStore(in: folder)
    try await run(suite, into: store)
    let runs = try store.evaluationRuns(suite: "tiny")["d", default: []]
    let skipped = runs.filter { $0.end.status == .skipped }
    #expect(!skipped.isEmpty)
    #expect(skipped.count < runs.count)
    #expect(skipped.allSatisfy { $0.end.reason.contains("column 'kind': ") })
    let identity = try #require(skipped.first).identity
    let stored = try store.run(identity)
    let again = try Rerun.train(stored, from: store, folder: nil, kernels: KernelTable.best)
    #expect(Rerun.differences(stored, again) == [])
  }

  @Test("a data file that has changed is not taken for the one a run was made from")
  func changedData() async throws {
    let rows = (0..<20).map { "\($0),\($0 * $0 % 7)\n" }.joined()
    try folder.write("x,y\n" + rows, to: "d.csv")
    try folder.write(
      """
      suite: tiny
      training: {steps: 2}
      tuning: {learning_rates: [1e-3], seeds: 1, race: []}
      evaluation: {seeds: 1}
      problems: [{problem: csv, file: d.csv, targets: [y]}]
      """,
      to: "suite.yaml"
    )
    let store = try makeStore(in: folder)
    try await run(try Suite(path: folder.file("suite.yaml")), into: store)
    let stored = try #require(try contents(of: store).first)
    let again = try Rerun.train(stored, from: store, folder: nil, kernels: KernelTable.best)
    #expect(Rerun.differences(stored, again) == [], "found again without naming a folder")
    try folder.write("x,y\n" + rows + "20,3\n", to: "d.csv")
    #expect(throws: RerunError.contentChanged(identity: stored.identity, content: "csv")) {
      try Rerun.train(stored, from: store, folder: nil, kernels: KernelTable.best)
    }
    #expect(
      RerunError.contentChanged(identity: "00ff", content: "csv").description
        == "run 00ff: its csv file has changed since; restore the file, or name the folder that holds "
        + "it as it was with --folder"
    )
  }

  @Test("a full disk ends the suite with what was stored before it intact")
  func diskFull() async throws {
    let suite = try suite(
      replacing: "evaluations: 2, diagnostics: 3",
      with: "evaluations: 12, diagnostics: 12"
    )
    let path = folder.file("small.sqlite")
    let small = try ResultStore(path: path, mode: .create, maximumPageCount: 60)
    await #expect(throws: StoreError.diskFull(path: path)) { try await run(suite, into: small) }
    try small.close()
    let store = try ResultStore(path: path, mode: .readWrite)
    #expect(try store.integrityCheck() == [])
    #expect(try store.counts().runs > 0)
    try await run(suite, into: store)
    let undisturbed = try makeStore(in: folder, name: "undisturbed.sqlite")
    try await run(suite, into: undisturbed)
    #expect(try contents(of: store) == contents(of: undisturbed))
  }
}
