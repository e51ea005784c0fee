internal import Glibc
internal import Synchronization

/// The flag that Ctrl-C sets; training loops look at it every few hundred steps.
package enum Interrupt {
  private static let flag = Atomic<Bool>(false)

  /// Whether the user asked to stop.
  package static var isRequested: Bool { flag.load(ordering: .relaxed) }

  /// Makes the first SIGINT or SIGTERM set the flag and a second one kill the process.
  package static func install() {
    for number in [SIGINT, SIGTERM] {
      signal(number) { number in
        Interrupt.flag.store(true, ordering: .relaxed)
        signal(number, SIG_DFL)
      }
    }
  }
}

/// Thrown when the user asked to stop; everything finished by then is stored.
package struct Interrupted: Error, CustomStringConvertible {
  package init() {}
  package var description: String {
    "interrupted; finished runs are stored and the same command goes on from there"
  }
}
