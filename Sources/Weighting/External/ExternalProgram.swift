internal import Synchronization

/// The program of one run: started when the first step asks it, ended when the run lets it go.
final class ExternalProgram: Sendable {
  private enum State {
    case notStarted
    case running(ChildProcess)
    /// A program that failed once is not asked again.
    case failed(ExternalError)
  }

  private let arguments: [String]
  private let patience: Duration
  private let state = Mutex<State>(.notStarted)

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
  /// - Throws: `ExternalError`, the same from the first failure on.
  func weights(
    _ step: String,
    greeting: String,
    taskCount: Int
  ) throws(ExternalError) -> [Double] {
    try state.withLock { (state) throws(ExternalError) in
      do throws(ExternalError) {
        let process: ChildProcess
        switch state {
        case .running(let running): process = running
        case .failed(let error): throw error
        case .notStarted:
          process = try ChildProcess(arguments, patience: patience)
          try ExternalMessages.checkGreeting(process.answer(to: greeting))
          state = .running(process)
        }
        return try ExternalMessages.weights(process.answer(to: step), taskCount: taskCount)
      } catch {
        state = .failed(error)
        throw error
      }
    }
  }
}
