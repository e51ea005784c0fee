import Foundation
import Harness
import Kernels
import Store

/// How long and how often to measure.
struct Effort {
  let passCount: Int
  /// Steps that are made before the measured ones, to tell how many those should be.
  let trialSteps: Int
  /// Steps over which calls for memory are counted.
  let countedSteps: Int
  /// Factor on all measuring times.
  let scale: Double
  /// Bytes that a loop runs over to read from memory.
  let memoryBytes: Int
  /// Rows of the CSV file whose start-up is timed.
  let csvRows: Int

  static let full = Effort(
    passCount: 5,
    trialSteps: 20,
    countedSteps: 1_000,
    scale: 1,
    memoryBytes: 256 << 20,
    csvRows: 50_000
  )
  /// Seconds in all: to see that everything works, not to believe the numbers.
  static let quick = Effort(
    passCount: 1,
    trialSteps: 2,
    countedSteps: 8,
    scale: 0.02,
    memoryBytes: 1 << 20,
    csvRows: 500
  )
}

/// One invocation: what it measures with, and what it has measured.
final class Session {
  let effort: Effort
  let roofline: Roofline
  /// Path of `mtlbench`; nil when it is not to be started.
  let program: String?
  /// The suite whose time is split; nil when none is to be run.
  let suite: String?
  private(set) var measurements: [MeasurementRecord] = []
  private let createdAt = Date().formatted(.iso8601)

  init(_ effort: Effort, program: String? = nil, suite: String? = nil) {
    self.effort = effort
    self.program = program
    self.suite = suite
    roofline = Roofline()
  }

  /// Seconds to measure for, of those a full measurement takes.
  func seconds(_ full: Double) -> Double { full * effort.scale }

  /// Keeps measured values, one for each pass.
  func record(
    _ name: String,
    work: String,
    method: String = "",
    program: String = "mtlbench",
    _ values: [Double],
    unit: String
  ) {
    for (index, value) in values.enumerated() where value.isFinite {
      record(name, work, method, program, pass: index + 1, value, unit)
    }
  }

  /// Keeps the value of one pass.
  func record(
    _ name: String,
    _ work: String,
    _ method: String,
    _ program: String,
    pass: Int,
    _ value: Double,
    _ unit: String
  ) {
    measurements.append(
      MeasurementRecord(
        name: name,
        work: work,
        method: method,
        program: program,
        pass: pass,
        value: value,
        unit: unit,
        programVersion: Program.version,
        machine: Machine.description,
        createdAt: createdAt
      )
    )
  }

  /// Writes what was measured to a database, which is made if it is not there.
  func save(to path: String) throws(StoreError) {
    let store = try ResultStore(path: path, mode: .create)
    try store.save(measurements: measurements)
    try store.close()
  }
}

/// A measured value beside what is asked of it, such as `97 (≥ 90)` or `85 (< 90)`.
func beside(_ value: Double, atLeast target: Double, _ decimals: Int = 0) -> String {
  "\(fixed(value, decimals)) (\(value >= target ? "≥" : "<") \(shortest(target)))"
}

/// The same where less is better: `0.3 (≤ 0.5)` or `0.7 (> 0.5)`.
func beside(_ value: Double, atMost target: Double, _ decimals: Int = 0) -> String {
  "\(fixed(value, decimals)) (\(value <= target ? "≤" : ">") \(shortest(target)))"
}

private func shortest(_ value: Double) -> String {
  value == value.rounded() ? fixed(value) : "\(value)"
}

/// Writes to standard error.
func printError(_ text: String) {
  FileHandle.standardError.write(Data(text.utf8))
}
