internal import Glibc

extension ChildProcess {
  /// Starts a program in a process group of its own, with no signal blocked.
  ///
  /// - Parameters:
  ///   - arguments: The program, a path or a name along `PATH`, and its arguments.
  ///   - environment: One `NAME=value` a word.
  ///   - dialogue: Becomes its standard input and output.
  ///   - errors: Becomes its standard error.
  /// - Returns: Its process identifier.
  /// - Throws: The system's error number.
  static func start(
    _ arguments: [String],
    environment: [String],
    dialogue: Int32,
    errors: Int32
  ) throws(SystemFailure) -> pid_t {
    var actions = unsafe posix_spawn_file_actions_t()
    unsafe posix_spawn_file_actions_init(&actions)
    defer { unsafe posix_spawn_file_actions_destroy(&actions) }
    unsafe posix_spawn_file_actions_adddup2(&actions, dialogue, STDIN_FILENO)
    unsafe posix_spawn_file_actions_adddup2(&actions, dialogue, STDOUT_FILENO)
    unsafe posix_spawn_file_actions_adddup2(&actions, errors, STDERR_FILENO)

    var attributes = posix_spawnattr_t()
    unsafe posix_spawnattr_init(&attributes)
    defer { unsafe posix_spawnattr_destroy(&attributes) }
    var noSignal = sigset_t()
    unsafe sigemptyset(&noSignal)
    unsafe posix_spawnattr_setsigmask(&attributes, &noSignal)
    unsafe posix_spawnattr_setpgroup(&attributes, 0)
    let flags = POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK
    unsafe posix_spawnattr_setflags(&attributes, Int16(flags))

    let words = unsafe arguments.map { unsafe strdup($0) }
    let variables = unsafe environment.map { unsafe strdup($0) }
    defer { unsafe (words + variables).forEach { unsafe free($0) } }
    var identifier: pid_t = 0
    let code = unsafe posix_spawnp(
      &identifier,
      arguments[0],
      &actions,
      &attributes,
      words + [nil],
      variables + [nil]
    )
    guard code == 0 else { throw SystemFailure(code: code) }
    return identifier
  }
}
