internal import Synchronization

/// The program of one run: started when the first step asks it, ended when the run lets it go.
final class ExternalProgram: Sendable {
  private enum State {
    case notStarted
    case running(ChildProcess)
    /// A program that failed once is not asked again.
    case failed(ExternalError)
  }

  /// Bytes that an answer may have at least, and for each task: a number of all digits has 24.
  private static let answerLimit = (least: 1 << 16, each: 64)

  private let arguments: [String]
  private let patience: Duration
  private let state = Mutex<State>(.notStarted)

  init(_ arguments: [String], patience: Duration) {
    self.arguments = arguments
    self.patience = patience
  }

  /// Seconds that the running program was waited for, by the wall.
  var waitedSeconds: Double {
    state.withLock { state in
      if case .running(let process) = state { process.waitedSeconds } else { 0 }
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
          return try Self.weights(running, step, taskCount)
        case .failed(let error): throw error
        case .notStarted:
          let started = try ChildProcess(
            arguments,
            patience: patience,
            lineLimit: max(Self.answerLimit.least, Self.answerLimit.each * taskCount)
          )
          process = started
          try ExternalMessages.checkGreeting(started.answer(to: greeting))
          state = .running(started)
          return try Self.weights(started, step, taskCount)
        }
      } catch {
        process?.kill()
        state = .failed(error)
        throw error
      }
    }
  }

  private static func weights(
    _ process: ChildProcess,
    _ step: String,
    _ taskCount: Int
  ) throws(ExternalError) -> [Double] {
    try ExternalMessages.weights(process.answer(to: step), taskCount: taskCount)
  }
}
