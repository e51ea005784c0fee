internal import Glibc
internal import Synchronization

/// The flag that Ctrl-C sets; training loops look at it every few hundred steps.
package enum Interrupt {
  private static let flag = Atomic<Bool>(false)

  /// Whether the user asked to stop.
  package static var isRequested: Bool { flag.load(ordering: .relaxed) }

  /// Ctrl-C and `Ctrl-\`, a polite kill, and the end of the session.
  private static let signals = [SIGINT, SIGQUIT, SIGTERM, SIGHUP]

  /// Makes the first of these signals set the flag and a second one kill the process.
  ///
  /// The end of the session is left alone where `nohup` keeps it from the process.
  package static func install() {
    for number in signals where number != SIGHUP || !isIgnored(number) {
      signal(number) { number in
        Interrupt.flag.store(true, ordering: .relaxed)
        signal(number, SIG_DFL)
      }
    }
  }

  /// Gives the signals back their usual meaning, once all that could be lost is stored.
  package static func uninstall() {
    for number in signals where !isIgnored(number) { signal(number, SIG_DFL) }
  }

  private static func isIgnored(_ number: Int32) -> Bool {
    var action = sigaction()
    guard sigaction(number, nil, &action) == 0 else { return false }
    let ignored = unsafeBitCast(SIG_IGN, to: Int.self)
    return unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self) == ignored
  }
}

/// Thrown when the user asked to stop; everything finished by then is stored.
package struct Interrupted: Error, CustomStringConvertible {
  package init() {}
  package var description: String {
    "interrupted; finished runs are stored and the same command goes on from there"
  }
}
