import FoundationEssentials
import Kernels
import Settings
import Store
import Synchronization
import Testing

@testable import Harness

/// A suite that trains in milliseconds: 2 single-task networks, 3 methods, one over the single-task
/// losses and a sweep of 3 points, all on 2 learning rates and 2 seeds, then 2 evaluation seeds.
let tinySuite = """
  suite: tiny
  network: {trunk: [4]}
  training: {steps: 12, batch: 8, evaluations: 2, diagnostics: 3}
  tuning: {learning_rates: [1e-3, 1e-2], seeds: 2, race: []}
  evaluation: {seeds: 2}
  sweep: {range: 3, limit: 3, heads: [weighted]}
  methods: [equal, uw, pcgrad]
  problems:
    - {problem: noisy, inputs: 4, teacher_width: 3, train: 24, validation: 12, test: 12}

  """

/// The suite of a text with some part of it replaced.
func suite(
  _ text: String = tinySuite,
  replacing old: String = "",
  with new: String = "",
  path: String = "suite.yaml"
) throws -> Suite {
  precondition(old.isEmpty || text.contains(old), "the suite has no '\(old)'")
  return try Suite(
    text: old.isEmpty ? text : text.replacing(old, with: new),
    path: path
  )
}

/// A folder of a test's own, removed at its end.
final class TemporaryFolder: Sendable {
  let path: String

  init() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "harness-\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    path = folder.path
  }

  deinit {
    do {
      try FileManager.default.removeItem(atPath: path)
    } catch {
      print("\(path): \(error)")
    }
  }

  func file(_ name: String) -> String { path + "/" + name }

  func write(_ text: String, to name: String) throws {
    try Data(text.utf8).write(to: URL(filePath: file(name)))
  }
}

/// A store in a folder, open for writing.
func makeStore(in folder: TemporaryFolder, name: String = "db.sqlite") throws -> ResultStore {
  try ResultStore(path: folder.file(name), mode: .create)
}

func silentProgress() -> Progress {
  Progress(remaining: [:], workers: 1, isTerminal: false, isQuiet: true) { _ in }
}

/// Runs a suite to its end and answers how many runs it asked for.
@discardableResult
func run(
  _ suite: Suite,
  into store: ResultStore,
  workers: Int = 2,
  kernels: KernelTable = .best
) async throws -> Int {
  let runner = SuiteRunner(
    suite,
    store: store,
    workers: workers,
    kernels: kernels,
    progress: silentProgress()
  )
  return try await runner.run()
}

extension Plan {
  /// Single-task networks and the methods that need no single-task losses.
  var plainContenders: [Contender] {
    singleTasks
      + problemIndices.flatMap { problem in
        zip(methods(of: problem), suite.problems[problem].methods)
          .filter { $0.1.rival == nil }.map { $0.0 }
      }
  }

  /// The runs of the first rung of some contenders.
  func tuningJobs(_ contenders: [Contender]) -> [Job] {
    contenders.flatMap { contender in
      candidates(of: contender).enumerated().flatMap { place, candidate in
        suite.tuning.seeds.prefix(suite.tuning.rungs[0]).map {
          job(contender, .tuning, candidate, at: place, $0)
        }
      }
    }
  }

  /// The evaluation runs of a candidate.
  func evaluationJobs(_ contender: Contender, at place: Int = 0) -> [Job] {
    suite.evaluationSeeds.map {
      job(contender, .evaluation, candidates(of: contender)[place], at: place, $0)
    }
  }
}

/// Everything stored but times, in the order of identities.
func contents(of store: ResultStore) throws -> [RunRecord] {
  try store.identities().sorted().map { identity in
    var run = try store.run(identity)
    run.end.trainSeconds = 0
    run.end.totalSeconds = 0
    run.createdAt = ""
    return run
  }
}

/// Texts as they were written, from any thread.
final class TextLog: Sendable {
  private let texts = Mutex<[String]>([])

  func append(_ text: String) { texts.withLock { $0.append(text) } }
  var all: [String] { texts.withLock { $0 } }
}

/// A clock that a test sets.
final class TestClock: Sendable {
  private let time = Mutex(0.0)

  var seconds: Double {
    get { time.withLock { $0 } }
    set { time.withLock { $0 = newValue } }
  }
}
