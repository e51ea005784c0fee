internal import Glibc
internal import Settings
internal import Synchronization

/// Standard output and error.
///
/// Texts may hold names and messages of others: what would act on the terminal is escaped.
enum Terminal {
  /// The number of the error that ended the writing to standard output; 0 for none.
  private static let failure = Atomic<Int32>(0)

  /// Whether standard output is kept for one document that programs read.
  private static let isReserved = Atomic<Bool>(false)

  /// Keeps standard output for what `write` gets; what is told goes to standard error from now on.
  static func reserveOutput() { isReserved.store(true, ordering: .relaxed) }

  static var isErrorTerminal: Bool { isatty(STDERR_FILENO) == 1 }

  /// Whether standard output takes bold text: a terminal, and the user did not ask for none.
  static var isOutputStyled: Bool { isatty(STDOUT_FILENO) == 1 && getenv("NO_COLOR") == nil }

  /// Columns of lines on standard output: of the terminal, of `COLUMNS` where it is none, else of a wide
  /// page.
  static var outputWidth: Int {
    let (least, page) = (40, 120)
    var size = winsize()
    if ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 {
      return max(least, Int(size.ws_col))
    }
    let variable = getenv("COLUMNS").flatMap { Int(String(cString: $0)) }
    return max(least, variable ?? page)
  }

  /// Lets writing to a pipe that nobody reads fail instead of ending the process, which may be
  /// training; programs that are started from here are not concerned.
  static func keepPipes() {
    signal(SIGPIPE) { _ in }
  }

  /// Fills the places of standard input, output and error where the caller closed them: the next file to
  /// be opened, a table or the database's lock, would else be written over by messages.
  ///
  /// What is put there cannot be read or written, so that lost output is noticed as before.
  static func fillClosedDescriptors() {
    for descriptor in [STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO]
    where fcntl(descriptor, F_GETFD) == -1 {
      _ = open("/dev/null", descriptor == STDIN_FILENO ? O_WRONLY : O_RDONLY)
    }
  }

  static func writeError(_ text: String) {
    // Whoever reads errors only there cannot be told that they are lost.
    _ = write(VisibleText.of(text, keepsLines: true), to: STDERR_FILENO)
  }

  /// Says what was done: no answer that was asked for, but what a person wants to know beside it.
  static func tell(_ text: String) {
    if isReserved.load(ordering: .relaxed) { writeError(text) } else { write(text) }
  }

  /// Says what an unfinished suite lacks; nothing of a finished one.
  static func note(_ sentence: String?) {
    if let sentence { writeError("note: \(sentence)\n") }
  }

  static func write(_ text: String) { writeStyled(VisibleText.of(text, keepsLines: true)) }

  /// Writes a text whose names are escaped already, and which may hold escapes of our own.
  static func writeStyled(_ text: String) {
    guard failure.load(ordering: .relaxed) == 0 else { return }
    failure.store(write(text, to: STDOUT_FILENO), ordering: .relaxed)
  }

  /// Writes a line of progress, which moves the cursor.
  static func writeProgress(_ text: String) { _ = write(text, to: STDERR_FILENO) }

  /// Whether all that was to be on standard output is.
  static var isOutputWhole: Bool { failure.load(ordering: .relaxed) == 0 }

  /// Fails if anything that was to be on standard output is not.
  static func checkOutput() throws(OutputError) {
    let number = failure.load(ordering: .relaxed)
    guard number == 0 else { throw .lost(reason: String(cString: strerror(number))) }
  }

  /// 0, or the number of the error that left some of the text unwritten.
  private static func write(_ text: String, to descriptor: Int32) -> Int32 {
    var text = text
    return text.withUTF8 { bytes in
      var done = 0
      while done < bytes.count {
        let rest = bytes.baseAddress?.advanced(by: done)
        let count = Glibc.write(descriptor, rest, bytes.count - done)
        if count > 0 {
          done += count
        } else if errno == EAGAIN {
          var waiting = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
          poll(&waiting, 1, -1)
        } else if errno != EINTR {
          return errno
        }
      }
      return 0
    }
  }
}
