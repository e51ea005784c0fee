internal import CGnuplot
internal import Glibc

/// Another program, started and waited for.
enum OtherProgram {
  enum Ending: Hashable {
    /// The program ended; a signal counts as 128 plus its number, as in a shell.
    case exited(status: Int)
    /// No program of that name is on the search path.
    case missing
    /// The system would not start it.
    case notStarted(errorNumber: Int)
  }

  /// Runs `arguments[0]`, looked up on the search path, in `folder`, with no input.
  ///
  /// What it prints goes to the file `log` in `folder`, which is made anew.
  static func run(_ arguments: [String], in folder: String, log: String) -> Ending {
    unlink("\(folder)/\(log)")
    var pointers: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) }
    defer { for pointer in pointers { free(pointer) } }
    pointers.append(nil)
    var status: Int32 = 0
    let error = cgnuplot_run(pointers, folder, log, &status)
    switch error {
    case 0: return .exited(status: Int(status))
    case ENOENT: return .missing
    default: return .notStarted(errorNumber: Int(error))
    }
  }
}
