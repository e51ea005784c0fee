internal import Synchronization

/// The program of one run: started when the first step asks it, ended when the run lets it go, or kept
/// for the next run.
final class ExternalProgram: Sendable {
  private enum State {
    case notStarted
    case running(ChildProcess)
    /// A program that failed once is not asked again.
    case failed(ExternalError, waitedSeconds: Double)
  }

  /// Bytes that an answer may have at least, and for each task: a number of all digits has 24.
  private static let answerLimit = (least: 1 << 16, each: 64)

  private let arguments: [String]
  private let patience: Duration
  private let isPersistent: Bool
  private let state = Mutex<State>(.notStarted)

  /// - Parameters:
  ///   - arguments: The program and its arguments.
  ///   - patience: How long an answer, and the end, may take.
  ///   - isPersistent: Whether the program serves further runs, each begun by a greeting.
  init(_ arguments: [String], patience: Duration, isPersistent: Bool = false) {
    self.arguments = arguments
    self.patience = patience
    self.isPersistent = isPersistent
  }

  deinit {
    guard isPersistent else { return }
    state.withLock { state in
      if case .running(let process) = state { ExternalPrograms.keep(process, arguments) }
    }
  }

  /// Seconds that the program was waited for in this run, by the wall.
  var waitedSeconds: Double {
    state.withLock { state in
      switch state {
      case .notStarted: 0
      case .running(let process): process.waitedSeconds
      case .failed(_, let seconds): seconds
      }
    }
  }

  /// Asks for the weights of one step; the first time the program is started and greeted.
  ///
  /// - Parameters:
  ///   - step: The step's line.
  ///   - greeting: The line that begins the conversation.
  ///   - taskCount: How many weights are expected.
  /// - Returns: A finite weight of each task, shape [taskCount].
  /// - Throws: `ExternalError`, the same from the first failure on.
  func weights(
    _ step: String,
    greeting: String,
    taskCount: Int
  ) throws(ExternalError) -> [Double] {
    try state.withLock { (state) throws(ExternalError) in
      var process: ChildProcess?
      do throws(ExternalError) {
        switch state {
        case .running(let running):
          process = running
        case .failed(let error, _):
          throw error
        case .notStarted:
          process = greetWaiting(greeting)
        }
        if let process {
          state = .running(process)
          return try Self.weights(process, step, taskCount)
        }
        let started = try ChildProcess(
          arguments,
          patience: patience,
          lineLimit: max(Self.answerLimit.least, Self.answerLimit.each * taskCount)
        )
        process = started
        try ExternalMessages.checkGreeting(started.answer(to: greeting))
        state = .running(started)
        return try Self.weights(started, step, taskCount)
      } catch {
        if let process {
          process.kill()
          state = .failed(error, waitedSeconds: process.waitedSeconds)
        } else if case .notStarted = state {
          state = .failed(error, waitedSeconds: 0)
        }
        throw error
      }
    }
  }

  /// A program that has served another run and accepts this one; nil without, also where one has ended
  /// meanwhile, so that a fresh one is started.
  private func greetWaiting(_ greeting: String) -> ChildProcess? {
    guard isPersistent else { return nil }
    while let process = ExternalPrograms.take(arguments) {
      process.waitedSeconds = 0
      do throws(ExternalError) {
        try ExternalMessages.checkGreeting(process.answer(to: greeting))
        return process
      } catch {
        process.kill()
      }
    }
    return nil
  }

  private static func weights(
    _ process: ChildProcess,
    _ step: String,
    _ taskCount: Int
  ) throws(ExternalError) -> [Double] {
    try ExternalMessages.weights(process.answer(to: step), taskCount: taskCount)
  }
}
