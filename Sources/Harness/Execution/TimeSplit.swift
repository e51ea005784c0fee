internal import Synchronization
internal import Training

/// Where the processor time of a suite's runs goes.
package final class TimeSplit: Sendable {
  /// What time is spent on.
  package enum Phase: Int, CaseIterable, Sendable {
    /// Making the problems' data.
    case data
    /// Building networks, buffers and methods.
    case setUp
    /// The training steps.
    case training
    /// Evaluations and diagnostics.
    case measuring
    /// Writing runs to the store, while the workers go on.
    case storing
  }

  private let seconds = Mutex([Double](repeating: 0, count: Phase.allCases.count))

  package init() {}

  /// Processor seconds spent on a phase so far, over all workers.
  package subscript(_ phase: Phase) -> Double { seconds.withLock { $0[phase.rawValue] } }

  func add(_ amount: Double, to phase: Phase) {
    seconds.withLock { $0[phase.rawValue] += amount }
  }

  /// Does some work and counts the processor time that it takes of this thread.
  func measure<Value: ~Copyable>(_ phase: Phase, _ work: () throws -> Value) rethrows -> Value {
    let start = ThreadClock.seconds
    defer { add(ThreadClock.seconds - start, to: phase) }
    return try work()
  }
}
