internal import Synchronization

/// The program of one run: started when the first step asks it, ended when the run lets it go.
final class ExternalProgram: Sendable {
  private let arguments: [String]
  private let patience: Duration
  private let process = Mutex<ChildProcess?>(nil)

  init(_ arguments: [String], patience: Duration) {
    self.arguments = arguments
    self.patience = patience
  }

  /// Asks for the weights of one step; the first time the program is started and greeted.
  ///
  /// - Parameters:
  ///   - step: The step's line.
  ///   - greeting: The line that begins the conversation.
  ///   - taskCount: How many weights are expected.
  /// - Returns: A finite weight of each task, shape [taskCount].
  /// - Throws: `ExternalError`.
  func weights(
    _ step: String,
    greeting: String,
    taskCount: Int
  ) throws(ExternalError) -> [Double] {
    let answer = try process.withLock { (process) throws(ExternalError) in
      if let process { return try process.answer(to: step) }
      let started = try ChildProcess(arguments, patience: patience)
      try ExternalMessages.checkGreeting(started.answer(to: greeting))
      let answer = try started.answer(to: step)
      process = started
      return answer
    }
    return try ExternalMessages.weights(answer, taskCount: taskCount)
  }
}
