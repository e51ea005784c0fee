import Foundation
import GRDB
import Store
import Testing

/// A start of the built command.
struct Command {
  /// What a finished start left.
  struct Result {
    let status: Int32
    /// The signal that ended it, if one did.
    let signal: Int32?
    let output: String
    let error: String
  }

  /// The folder of the test bundle and what was built beside it.
  private static let products: URL = {
    let bundle = Bundle.allBundles.first { $0.bundlePath.hasSuffix(".xctest") }
    return bundle?.bundleURL.deletingLastPathComponent()
      ?? URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
  }()

  /// The command.
  static let program = products.appending(path: "mtlbench")
  /// The command that measures speed.
  static let perfProgram = products.appending(path: "mtlbench-perf")

  /// The folder of the sources.
  static let sources = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  private let process = Process()
  private let folder: TemporaryFolder
  private let outputPath: String
  private let errorPath: String

  /// Starts the command, or another program, in a folder; `input` names a file there.
  init(
    _ arguments: [String],
    in folder: TemporaryFolder,
    environment: [String: String] = [:],
    program: URL = Command.program,
    input: String? = nil
  ) throws {
    self.folder = folder
    let name = UUID().uuidString
    outputPath = folder.file(".\(name).out")
    errorPath = folder.file(".\(name).err")
    for path in [outputPath, errorPath] {
      try Data().write(to: URL(filePath: path))
    }
    process.executableURL = program
    process.arguments = arguments
    process.currentDirectoryURL = URL(filePath: folder.path)
    process.environment = ProcessInfo.processInfo.environment
      .merging(environment) { _, new in new }
    process.standardInput =
      try input.map { try FileHandle(forReadingFrom: URL(filePath: folder.file($0))) }
      ?? FileHandle.nullDevice
    process.standardOutput = try FileHandle(forWritingTo: URL(filePath: outputPath))
    process.standardError = try FileHandle(forWritingTo: URL(filePath: errorPath))
    try process.run()
  }

  /// What it wrote to standard error so far.
  func errorSoFar() throws -> String { try String(contentsOfFile: errorPath, encoding: .utf8) }

  func send(_ signal: Int32) { kill(process.processIdentifier, signal) }

  var isRunning: Bool { process.isRunning }
  var identifier: Int32 { process.processIdentifier }

  /// Waits for the end.
  func finish() throws -> Result {
    process.waitUntilExit()
    let isSignalled = process.terminationReason == .uncaughtSignal
    return Result(
      status: process.terminationStatus,
      signal: isSignalled ? process.terminationStatus : nil,
      output: try String(contentsOfFile: outputPath, encoding: .utf8),
      error: try String(contentsOfFile: errorPath, encoding: .utf8)
    )
  }

  /// Runs the command to its end.
  static func run(
    _ arguments: [String],
    in folder: TemporaryFolder,
    environment: [String: String] = [:]
  ) throws -> Result {
    try Command(arguments, in: folder, environment: environment).finish()
  }
}

/// A folder of a test's own, removed at its end.
final class TemporaryFolder: Sendable {
  let path: String

  init() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "command-\(UUID())")
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

  func write(_ text: String, to name: String) throws { try write(Data(text.utf8), to: name) }

  func write(_ data: Data, to name: String) throws {
    try data.write(to: URL(filePath: file(name)))
  }

  /// An environment in which gnuplot draws nothing, for tests that look at no picture.
  func drawingNothing() throws -> [String: String] {
    let bin = file("bin")
    try FileManager.default.createDirectory(atPath: bin, withIntermediateDirectories: true)
    for program in ["bin/gnuplot", "bin/fc-list"] {
      try write("#!/bin/sh\nexit 0\n", to: program)
      try FileManager.default.setAttributes(
        [.posixPermissions: 0o755],
        ofItemAtPath: file(program)
      )
    }
    return ["PATH": bin + ":" + (ProcessInfo.processInfo.environment["PATH"] ?? "")]
  }

  func exists(_ name: String) -> Bool { FileManager.default.fileExists(atPath: file(name)) }

  /// Names in a folder below, sorted.
  func names(in subfolder: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: file(subfolder)).sorted()
  }
}

/// The suite that trains every part of the path once.
let smokeSuite = Command.sources.appending(path: "suites/smoke.yaml").path

/// Runs that suite has: (2 single-task + 4 methods + 3 points) x (2 x 2 + 3).
let smokeRunCount = 63

/// All rows of all tables as texts, without times.
func rows(of path: String) throws -> [String: [String]] {
  let times = ["train_seconds", "total_seconds", "created_at", "machine"]
  return try DatabaseQueue(path: path).read { database in
    let tables = try String.fetchAll(
      database,
      sql: "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
    )
    var rows: [String: [String]] = [:]
    for table in tables {
      rows[table] = try Row.fetchAll(database, sql: "SELECT * FROM \(table)").map { row in
        row.map { name, value in times.contains(name) ? name : "\(name)=\(value)" }
          .joined(separator: " ")
      }.sorted()
    }
    return rows
  }
}

/// What SQLite thinks of a database.
func integrity(of path: String) throws -> String? {
  try DatabaseQueue(path: path).read { try String.fetchOne($0, sql: "PRAGMA integrity_check") }
}

func runCount(of path: String) throws -> Int {
  try DatabaseQueue(path: path).read { database in
    try Int.fetchOne(database, sql: "SELECT COUNT(*) FROM run") ?? 0
  }
}

/// A suite long enough to be disturbed: about two seconds of training in debug builds.
let longSuite = """
  suite: long
  network: {trunk: [32]}
  training: {steps: 1500, batch: 32, evaluations: 4, diagnostics: 4}
  tuning: {learning_rates: [1e-3, 1e-2], seeds: 2, race: []}
  evaluation: {seeds: 2}
  sweep: {range: 3, limit: 3, heads: [weighted]}
  methods: [equal, uw, pcgrad]
  problems:
    - {problem: noisy, train: 256, validation: 64, test: 64}

  """

/// Runs that the suite has.
///
/// (2 single-task networks + 3 methods + one over the single-task losses) x (2 x 2 + 2), 2 further
/// points of the sweep x 2 x 2, and 2 x 2 more evaluations of points of the front.
let longRunCount = 48
