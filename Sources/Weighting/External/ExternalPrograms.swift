internal import Synchronization

/// Programs that have served a run and wait for the next one.
///
/// There are as many of a kind as runs of it were made at a time.
package enum ExternalPrograms {
  private static let idle = Mutex<[[String]: [ChildProcess]]>([:])

  /// A program of the same command that waits; nil where there is none.
  static func take(_ arguments: [String]) -> ChildProcess? {
    idle.withLock { $0[arguments]?.popLast() }
  }

  /// Lets a program wait for the next run.
  static func keep(_ process: ChildProcess, _ arguments: [String]) {
    idle.withLock { $0[arguments, default: []].append(process) }
  }

  /// Ends all that wait: closes their input, and kills those that do not end in time.
  package static func end() {
    let processes = idle.withLock { idle in
      defer { idle = [:] }
      return idle
    }
    withExtendedLifetime(processes) {}
  }
}
