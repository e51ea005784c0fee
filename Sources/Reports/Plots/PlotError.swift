/// Why a picture could not be made, with what to do about it.
package enum PlotError: Error, Hashable, CustomStringConvertible {
  /// The results hold nothing this plot could show.
  case notApplicable(plot: String, reason: String)
  /// The script file could not be created.
  case cannotOpenScript(path: String)
  /// The script file could not be written to its end.
  case cannotWriteScript(path: String)
  /// No gnuplot is installed.
  case gnuplotMissing(script: String)
  /// No font is installed, so that a PNG or PDF would come out without any text.
  case fontMissing(script: String)
  /// gnuplot ended with an error, or left an empty picture.
  case gnuplotFailed(script: String, status: Int, log: String)
  /// A finished script or picture could not get its final name.
  case cannotName(file: String, reason: String)

  /// What a missing gnuplot means and needs.
  static let gnuplotRemedy =
    "gnuplot is not installed; install it (Debian and Ubuntu: apt-get install gnuplot-nox) and write the "
    + "plots again, or run gnuplot on the script elsewhere"

  package var description: String {
    switch self {
    case .notApplicable(let plot, let reason):
      "\(plot): not drawn: \(reason)"
    case .cannotOpenScript(let path):
      "\(path): cannot create this file; choose an output folder that can be written to"
    case .cannotWriteScript(let path):
      "\(path): writing stopped before the end; free some disk space and write the plots again"
    case .gnuplotMissing(let script):
      "\(script): \(Self.gnuplotRemedy)"
    case .fontMissing(let script):
      """
      \(script): no font is installed, the picture would have no text; install fontconfig and a \
      font (Debian and Ubuntu: apt-get install fontconfig fonts-dejavu-core) and write the plots \
      again
      """
    case .gnuplotFailed(let script, let status, let log):
      "\(script): gnuplot ended with status \(status); its messages are in \(log)"
    case .cannotName(let file, let reason):
      "\(file): finished, but it could not get its name: \(reason)"
    }
  }
}
