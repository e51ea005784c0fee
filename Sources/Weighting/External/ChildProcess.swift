internal import Glibc

/// A user's program, spoken to line by line over its standard input and output.
///
/// The program has a process group of its own, so that Ctrl-C reaches only mtlbench. When the value
/// goes, the program's input is closed; a program that has not ended `patience` later is killed. What it
/// has started itself ends with it, whether or not that is still in its group.
///
/// One run at a time has it, under that run's lock.
final class ChildProcess: @unchecked Sendable {
  /// Bytes taken from a socket at a time.
  private static let chunkSize = 1 << 16
  /// Milliseconds between two looks whether a program that is to end has ended.
  private static let endingInterval: Int32 = 2
  /// Milliseconds between two looks whether a program that is to answer has ended: something it has
  /// started may hold its output open.
  private static let answeringInterval: Int32 = 50

  /// Chunks that hold all that a program which has ended may have left in its sockets.
  private static let finalReads = 8

  private let identifier: pid_t
  /// The program's standard input and output.
  private let dialogue: Descriptor
  private let errors: Descriptor
  private let mark: ProgramMark
  private let patience: Duration
  /// The longest line a program may write.
  private let lineLimit: Int
  private var chunk = [UInt8](repeating: 0, count: ChildProcess.chunkSize)
  private var unread: [UInt8] = []
  /// How many of the unread bytes are known to hold no end of a line.
  private var searchedCount = 0
  private var lastWords = LastWords()
  private var isConnected = true
  private var hasErrors = true
  private var ending: ExternalError.Ending?
  /// Seconds that were spent waiting for the program, by the wall; set to 0 when another run begins.
  var waitedSeconds = 0.0

  /// Starts a program.
  ///
  /// - Parameters:
  ///   - arguments: The program and its arguments.
  ///   - patience: How long an answer, and the end, may take.
  ///   - lineLimit: How many bytes an answer may have.
  /// - Throws: `ExternalError.notStarted`.
  init(_ arguments: [String], patience: Duration, lineLimit: Int) throws(ExternalError) {
    self.patience = patience
    self.lineLimit = lineLimit
    do {
      let dialogue = try SocketPair()
      let errors = try SocketPair()
      mark = ProgramMark(descriptor: dialogue.ours.number)
      identifier = try Self.start(
        arguments,
        environment: mark.environment,
        dialogue: dialogue.theirs.number,
        errors: errors.theirs.number
      )
      self.dialogue = dialogue.ours
      self.errors = errors.ours
    } catch {
      throw .notStarted(program: arguments[0], code: error.code, words: error.words)
    }
  }

  deinit {
    shutdown(dialogue.number, Int32(SHUT_WR))
    if waitForEnd(until: .now + patience) == nil { kill() }
  }

  /// Sends a line and waits for the line that answers it.
  ///
  /// - Parameter line: Without its end.
  /// - Returns: The answer without its end.
  /// - Throws: `ExternalError` when the program has ended, writes unasked, or is not in time; it is
  ///   then of no more use.
  func answer(to line: String) throws(ExternalError) -> String {
    let deadline = ContinuousClock.now + patience
    let bytes = Array((line + "\n").utf8)
    var sent = 0
    if let line = takeLine() { throw .unasked(line: line) }
    while true {
      if sent == bytes.count, let line = takeLine() { return line }
      guard isConnected else { throw disconnection(deadline) }
      guard unread.count <= lineLimit else { throw .endless(byteCount: lineLimit) }
      guard ContinuousClock.now < deadline else {
        kill()
        throw .silent(seconds: patience / .seconds(1), lastWords: lastWords.text)
      }
      if !wait(until: deadline, sends: sent < bytes.count) { lookForEnd() }
      if sent < bytes.count { sent += send(bytes[sent...]) }
      receive()
    }
  }

  /// Ends the program and what it has started, without asking.
  func kill() {
    guard ending == nil else { return }
    Glibc.kill(-identifier, SIGKILL)
    reap(0)
  }

  /// The first whole line of what was received.
  private func takeLine() -> String? {
    guard let end = unread[searchedCount...].firstIndex(of: UInt8(ascii: "\n")) else {
      searchedCount = unread.count
      return nil
    }
    searchedCount = 0
    let line = String(decoding: unread[..<end], as: UTF8.self)
    unread.removeSubrange(...end)
    return line
  }

  private func disconnection(_ deadline: ContinuousClock.Instant) -> ExternalError {
    guard let ending = waitForEnd(until: deadline) else {
      return .closed(lastWords: lastWords.text)
    }
    return .ended(ending, lastWords: lastWords.text)
  }

  /// Waits a while for the program to write, to end, or to have room for what is still to be sent.
  ///
  /// - Returns: Whether it did anything.
  private func wait(until deadline: ContinuousClock.Instant, sends: Bool) -> Bool {
    let left = max(.zero, ContinuousClock.now.duration(to: deadline)) / .milliseconds(1)
    let events = Int16(POLLIN) | (sends ? Int16(POLLOUT) : 0)
    let limit = Double(Self.answeringInterval)
    return poll(events, milliseconds: Int32(min(left.rounded(.up), limit)))
  }

  /// Takes what a program that has ended has left, and disconnects.
  private func lookForEnd() {
    reap(WNOHANG)
    guard ending != nil else { return }
    for _ in 0..<Self.finalReads { receive() }
    isConnected = false
  }

  /// - Returns: Whether there is something to be read or sent.
  private func poll(_ events: Int16, milliseconds: Int32) -> Bool {
    // A negative descriptor is passed over.
    var descriptors = [
      pollfd(fd: isConnected ? dialogue.number : -1, events: events, revents: 0),
      pollfd(fd: hasErrors ? errors.number : -1, events: Int16(POLLIN), revents: 0),
    ]
    let start = ContinuousClock.now
    defer { waitedSeconds += start.duration(to: .now) / .seconds(1) }
    return unsafe Glibc.poll(&descriptors, nfds_t(descriptors.count), milliseconds) > 0
  }

  /// Sends what the program has room for.
  ///
  /// - Returns: How many bytes that is.
  private func send(_ bytes: ArraySlice<UInt8>) -> Int {
    let flags = Int32(MSG_DONTWAIT | MSG_NOSIGNAL)
    let count = unsafe bytes.withUnsafeBytes {
      unsafe Glibc.send(dialogue.number, $0.baseAddress, $0.count, flags)
    }
    if count < 0, !Self.isPassing(errno) { isConnected = false }
    return max(0, count)
  }

  /// Takes what the program has written so far.
  private func receive() {
    if isConnected {
      isConnected = take(from: dialogue.number) { unread += $0 }
    }
    if hasErrors {
      hasErrors = take(from: errors.number) { lastWords.append($0) }
    }
  }

  /// Takes one piece of what has come from a socket.
  ///
  /// - Returns: Whether more may come.
  private func take(from socket: Int32, _ use: (ArraySlice<UInt8>) -> Void) -> Bool {
    let count = unsafe recv(socket, &chunk, chunk.count, Int32(MSG_DONTWAIT))
    if count > 0 { use(chunk[..<count]) }
    return count > 0 || (count < 0 && Self.isPassing(errno))
  }

  private static func isPassing(_ code: Int32) -> Bool {
    [EAGAIN, EWOULDBLOCK, EINTR].contains(code)
  }

  /// Waits for the program to end, so that the system can forget it, and takes its last words.
  ///
  /// - Returns: How it ended; nil when it is still there at the deadline.
  private func waitForEnd(until deadline: ContinuousClock.Instant) -> ExternalError.Ending? {
    while ending == nil {
      reap(WNOHANG)
      receive()
      unread.removeAll()
      searchedCount = 0
      guard ending == nil else { break }
      guard ContinuousClock.now < deadline else { return nil }
      _ = poll(Int16(POLLIN), milliseconds: Self.endingInterval)
    }
    for _ in 0..<Self.finalReads { receive() }
    return ending
  }

  /// Takes note of the program's end, and ends what is left of its group and of what left that.
  ///
  /// The end is looked at before the system is let to forget it: the group's number is the program's,
  /// and could be another's afterwards.
  ///
  /// - Parameter options: `WNOHANG` not to wait for it.
  private func reap(_ options: Int32) {
    guard ending == nil else { return }
    var information = unsafe siginfo_t()
    var code: Int32
    repeat {
      code = unsafe waitid(P_PID, id_t(identifier), &information, WEXITED | WNOWAIT | options)
    } while code < 0 && errno == EINTR
    guard unsafe code == 0 && information.si_signo == SIGCHLD else { return }
    Glibc.kill(-identifier, SIGKILL)
    mark.kill()
    var status: Int32 = 0
    guard unsafe waitpid(identifier, &status, 0) == identifier else { return }
    let signal = status & 0x7f
    ending = signal == 0 ? .status((status >> 8) & 0xff) : .signal(signal)
  }
}
