import Foundation

/// The database of a suite that is run once, for all tests that only read what a run left.
struct StoredResults: Sendable {
  /// Those of the smoke suite.
  static let smoke = Result {
    try StoredResults(String(contentsOfFile: smokeSuite, encoding: .utf8))
  }

  private let bytes: Data

  /// Runs a suite.
  init(_ suite: String) throws {
    let folder = try TemporaryFolder()
    try folder.write(suite, to: "suite.yaml")
    let run = try Command.run(
      ["run", "suite.yaml", "--db", "results.sqlite", "--out", "out", "--quiet"],
      in: folder
    )
    guard run.status == 0 else { throw Failure(error: run.error) }
    bytes = try Data(contentsOf: URL(filePath: folder.file("results.sqlite")))
  }

  /// Writes the database as a test's own.
  func write(to name: String, in folder: TemporaryFolder) throws {
    try folder.write(bytes, to: name)
  }

  /// What the command said of a run that was not made.
  private struct Failure: Error {
    let error: String
  }
}
