import Foundation

/// Starts of the `mtlbench` program.
struct ProgramStart {
  /// Its path.
  let path: String

  /// A start that failed.
  struct Failure: Error, CustomStringConvertible {
    let description: String
  }

  /// Runs it to its end.
  ///
  /// - Returns: What it wrote to standard output, and its seconds from start to end.
  /// - Throws: `Failure` when it ends with another status than 0.
  func run(_ arguments: [String]) throws -> (output: String, seconds: Double) {
    let pipe = Pipe()
    let process = process(arguments)
    process.standardOutput = pipe
    let start = wallSeconds()
    try process.run()
    let output = try pipe.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    let seconds = wallSeconds() - start
    guard process.terminationStatus == 0 else {
      throw Failure(
        description: "\(path) \(arguments.joined(separator: " ")) ended with status "
          + "\(process.terminationStatus)"
      )
    }
    return (String(decoding: output, as: UTF8.self), seconds)
  }

  /// Runs it until a condition holds, then ends it.
  ///
  /// - Parameters:
  ///   - arguments: Of the program.
  ///   - limit: Seconds after which it is given up.
  ///   - condition: Asked every millisecond.
  /// - Returns: Seconds from the start until the condition held.
  /// - Throws: `Failure` when the program ends, or the limit is reached, before it does.
  func seconds(
    _ arguments: [String],
    limit: Double,
    until condition: () -> Bool
  ) throws -> Double {
    let process = process(arguments)
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    let start = wallSeconds()
    try process.run()
    defer {
      process.terminate()
      process.waitUntilExit()
    }
    while !condition() {
      guard process.isRunning, wallSeconds() - start < limit else {
        throw Failure(
          description: "\(path) \(arguments.joined(separator: " ")) did not come to its first step"
        )
      }
      usleep(1_000)
    }
    return wallSeconds() - start
  }

  private func process(_ arguments: [String]) -> Process {
    let process = Process()
    process.executableURL = URL(filePath: path)
    process.arguments = arguments
    process.standardInput = FileHandle.nullDevice
    return process
  }
}

/// A folder of its own, removed when it is let go.
final class TemporaryFolder {
  let path: String

  init() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "mtlbench-\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    path = folder.path
  }

  deinit {
    do {
      try FileManager.default.removeItem(atPath: path)
    } catch {
      printError("\(path): \(error)\n")
    }
  }

  func file(_ name: String) -> String { path + "/" + name }

  func write(_ text: String, to name: String) throws {
    try Data(text.utf8).write(to: URL(filePath: file(name)))
  }
}
