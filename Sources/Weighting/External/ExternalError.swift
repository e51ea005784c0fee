package import Settings

/// Why a program that weighs tasks can no longer be used; the run then ends as refused, with this
/// as its reason.
package enum ExternalError: Error, Hashable, CustomStringConvertible {
  /// The system could not start it, by its error number and words.
  case notStarted(program: String, code: Int32, words: String)
  /// It ended before the run did; `lastWords` is the end of its standard error.
  case ended(Ending, lastWords: String)
  /// It closed its input or output and went on.
  case closed(lastWords: String)
  /// It gave no answer in time.
  case silent(seconds: Double, lastWords: String)
  /// It wrote more than this many bytes without ending the line.
  case endless(byteCount: Int)
  /// It wrote a line before it was asked.
  case unasked(line: String)
  /// Its answer is no JSON, or not the one expected; the error's file is called `answer`.
  case badAnswer(line: String, SettingsError)
  /// It speaks another version of the protocol.
  case otherVersion(found: Int, expected: Int)
  /// It answered that it is not ready.
  case declined(reason: String)

  /// How a program ended.
  package enum Ending: Hashable, Sendable, CustomStringConvertible {
    case status(Int32)
    case signal(Int32)

    package var description: String {
      switch self {
      case .status(let status): "with status \(status)"
      case .signal(let signal): "by signal \(signal)"
      }
    }
  }

  package var description: String {
    switch self {
    case .notStarted(let program, _, let words): "program '\(program)' cannot be started: \(words)"
    case .ended(let ending, let lastWords):
      "the program ended \(ending) before the run did" + quoted(lastWords)
    case .closed(let lastWords):
      "the program closed its input or output before the run ended" + quoted(lastWords)
    case .silent(let seconds, let lastWords):
      "the program gave no answer in \(seconds) seconds" + quoted(lastWords)
    case .endless(let byteCount):
      "the program wrote more than \(byteCount) bytes without ending the line"
    case .unasked(let line): "the program wrote '\(line)' before it was asked"
    case .badAnswer(let line, let error):
      "the program's answer '\(line)' is not the one expected: \(error)"
    case .otherVersion(let found, let expected):
      "the program speaks version \(found) of the protocol, mtlbench version \(expected)"
    case .declined(let reason): "the program is not ready: \(reason)"
    }
  }

  private func quoted(_ lastWords: String) -> String {
    lastWords.isEmpty ? "; it wrote no error" : "; its last error: \(lastWords)"
  }
}
