internal import ArgumentParser
internal import FoundationEssentials
internal import Glibc
internal import Reports
internal import Store

/// Where tables and plots go.
struct OutputOptions: ParsableArguments {
  @Option(name: .customLong("out"), help: "Folder for tables and plots.")
  var folder = "results"

  @Flag(help: "Also draw every plot as PDF.")
  var pdf = false

  /// Makes the folder if it is missing, and refuses one that cannot be written, before anything is
  /// trained for it.
  func makeFolder() throws {
    do {
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    } catch {
      throw OutputError.notAFolder(folder)
    }
    guard access(folder, W_OK | X_OK) == 0 else { throw OutputError.notWritable(folder) }
  }

  /// Writes all tables and plots and says what was written and what could not be.
  ///
  /// - Returns: Whether everything that applies was made.
  func write(store: ResultStore, suite: String) throws -> Bool {
    let outcome = try ResultsWriter.write(
      store: store,
      suite: suite,
      folder: folder,
      formats: pdf ? [.svg, .png, .pdf] : [.svg, .png]
    )
    let tables = outcome.written.count { $0.hasPrefix("tables/") }
    let plots = outcome.written.count { $0.hasSuffix(".svg") }
    Terminal.write("wrote \(tables) table files and \(plots) plots below \(folder)\n")
    for sentence in outcome.failed { Terminal.writeError("not made: \(sentence)\n") }
    return outcome.failed.isEmpty
  }
}

/// Why results cannot go where they should.
enum OutputError: Error, Hashable, CustomStringConvertible {
  case notAFolder(String)
  case notWritable(String)

  var description: String {
    switch self {
    case .notAFolder(let path): "\(path): cannot be made a folder; choose another one by --out"
    case .notWritable(let path): "\(path): cannot be written to; choose another folder by --out"
    }
  }
}
