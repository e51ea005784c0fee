internal import Harness
internal import Problems

/// What is to be known of how a suite's files were read, a line each.
enum NoticeText {
  static func text(_ suite: Suite) -> String {
    suite.problems.flatMap { problem in
      problem.problem.notices.map { "note: \(problem.label): \($0)\n" }
    }.joined()
  }
}
