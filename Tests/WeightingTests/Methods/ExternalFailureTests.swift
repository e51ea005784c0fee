import Foundation
import Testing

@testable import Weighting

@Suite("Failures of an external program")
struct ExternalFailureTests {
  /// What a program does and what the run's reason then says.
  struct Failure: Sendable {
    let shell: String
    let words: String

    /// A program that is greeted and then answers the first step by `answer`.
    static func answer(_ answer: String, _ problem: String) -> Failure {
      Failure(
        shell: "\(ExternalStep.ready) read step; echo '\(answer)'; cat",
        words: "the program's answer '\(answer)' is not the one expected: \(problem)"
      )
    }

    /// A program that does `shell` after the greeting.
    static func after(_ shell: String, _ words: String) -> Failure {
      Failure(shell: ExternalStep.ready + shell, words: "the program \(words)")
    }

    /// A program that answers the greeting by `answer`.
    static func greeting(_ answer: String, _ words: String) -> Failure {
      Failure(shell: "read greeting; echo '\(answer)'; cat", words: "the program\(words)")
    }
  }

  static let failures: [Failure] = [
    .after(
      "read step; echo one >&2; echo >&2; echo '  two' >&2; exit 3",
      "ended with status 3 before the run did; its last error: one | two"
    ),
    .after("kill -9 $$", "ended by signal 9 before the run did; it wrote no error"),
    .after(
      "exec >&- <&-; echo bye >&2; sleep 3",
      "closed its input or output before the run ended; its last error: bye"
    ),
    .after(
      "read step; head -c 2000000 /dev/zero | tr '\\0' x; cat",
      "wrote more than 65536 bytes without ending the line"
    ),
    .greeting(
      #"{"mtlbench": 2, "ready": true}"#,
      " speaks version 2 of the protocol, mtlbench version 1"
    ),
    .greeting(
      #"{"mtlbench": 1, "ready": false, "reason": "three tasks only"}"#,
      " is not ready: three tasks only"
    ),
    .greeting(
      "hello",
      "'s answer 'hello' is not the one expected: answer:1:1: expected keys and values, found 'hello'"
    ),
    .answer(
      #"{"weights": [NaN, 1.0]}"#,
      "answer:1:14: weights[0]: expected a number, found 'NaN'"
    ),
    .answer(
      #"{"weights": [1, 2, 3]}"#,
      "answer:1:13: weights: expected a list of 2 values, found a list of 3 values"
    ),
    .answer(
      #"{"wieghts": [1, 2]}"#,
      "answer:1:1: weights: missing, expected a list of 2 values"
    ),
  ]

  @Test("each has its words", arguments: failures.indices)
  func words(_ index: Int) throws {
    let failure = Self.failures[index]
    #expect(try ExternalStep.failure(failure.shell, "timeout: 0.5") == failure.words)
  }

  @Test(
    "the timeout holds whatever a program writes, and nothing it started is left",
    .timeLimit(.minutes(1)),
    arguments: [
      // Half a line, byte by byte; lines of error; silence behind a child; an answer that never ends.
      ("read step; while :; do printf x; sleep 0.01; done", "gave no answer in 0.5 seconds"),
      ("read step; while :; do echo no >&2; done", "gave no answer in 0.5 seconds"),
      ("read step; sleep 9 & sleep 9", "gave no answer in 0.5 seconds"),
      ("read step; while :; do head -c 60000 /dev/zero; done", "wrote more than 65536 bytes"),
      // The child holds the output open; the end is seen all the same.
      ("read step; sleep 9 & exit 4", "ended with status 4 before the run did"),
      (
        #"read step; sleep 9 & while :; do echo '{"weights": [1, "'; done"#,
        "'s answer '{\"weights\": [1, \"' is not the one expected"
      ),
    ]
  )
  func holds(shell: String, words: String) throws {
    let folder = try ScratchFolder()
    let start = ContinuousClock.now
    let shell = "\(ExternalStep.ready) echo $$ > \(folder.path)/group; \(shell)"
    let found = try ExternalStep.failure(shell, "timeout: 0.5")
    #expect(ContinuousClock.now - start < .seconds(4))
    #expect(
      found?.hasPrefix("the program") == true && found?.contains(words) == true,
      "\(found ?? "")"
    )
    let text = try String(contentsOfFile: "\(folder.path)/group", encoding: .utf8)
    let group = try #require(pid_t(text.dropLast()))
    // Killed processes are the system's to collect; until then they count as there.
    for _ in 0..<200 where kill(-group, 0) == 0 { usleep(10_000) }
    #expect(kill(-group, 0) == -1)
  }

  @Test("what a program leaves behind at its end is ended too")
  func leavesNothing() throws {
    let folder = try ScratchFolder()
    let shell =
      "\(ExternalStep.ready) sleep 9 & echo $$ > \(folder.path)/group; "
      + #"while read step; do echo '{"weights": [1, 2]}'; done"#
    var run: ExternalStep? = try ExternalStep(shell)
    #expect(run?.weigh([1, 2]).refusal == nil)
    let text = try String(contentsOfFile: "\(folder.path)/group", encoding: .utf8)
    let group = try #require(pid_t(text.dropLast()))
    #expect(kill(-group, 0) == 0)
    run = nil
    for _ in 0..<200 where kill(-group, 0) == 0 { usleep(10_000) }
    #expect(kill(-group, 0) == -1)
  }

  @Test(
    "what has left the program's group is ended too",
    .timeLimit(.minutes(1)),
    arguments: [
      "setsid $0 &",
      // Its parent is gone when the program ends.
      "(setsid setsid $0 &);",
    ]
  )
  func leavesGroup(shell: String) throws {
    let folder = try ScratchFolder()
    let (part, left) = ("\(folder.path)/part", "\(folder.path)/left")
    try folder.write("echo $$ > \(part); mv \(part) \(left); exec sleep 9", to: "stray.sh")
    let start = shell.replacing("$0", with: "sh \(folder.path)/stray.sh")
    let answer = #"while read step; do echo '{"weights": [1, 2]}'; done"#
    var run: ExternalStep? = try ExternalStep("\(start) \(ExternalStep.ready) \(answer)")
    #expect(run?.weigh([1, 2]).refusal == nil)
    for _ in 0..<200 where !folder.holds("left") { usleep(10_000) }
    let text = try String(contentsOfFile: left, encoding: .utf8)
    let stray = try #require(pid_t(text.dropLast()))
    #expect(kill(stray, 0) == 0)
    run = nil
    for _ in 0..<200 where kill(stray, 0) == 0 { usleep(10_000) }
    #expect(kill(stray, 0) == -1)
  }

  @Test("an answer that is no JSON is quoted with what is wrong")
  func noJSON() throws {
    let answer = #"{"weights": [1, 2"#
    let shell = "\(ExternalStep.ready) read step; echo '\(answer)'; cat"
    let words = "the program's answer '\(answer)' is not the one expected: answer:"
    #expect(try ExternalStep.failure(shell)?.hasPrefix(words) == true)
  }

  @Test("a line too many is noticed at the next step")
  func unasked() throws {
    let twice = #"while read step; do echo '{"weights": [1, 2]}'; echo debug; done"#
    // The line too many may arrive after the answer; at the step after that it is there.
    let found = try ExternalStep.failure(ExternalStep.ready + twice, steps: 3)
    let words = ["the program wrote 'debug' before it was asked", "the program's answer 'debug'"]
    #expect(words.contains { found?.hasPrefix($0) == true }, "\(found ?? "nothing")")
  }

  @Test("a program that has ended is still refused at the next step")
  func staysRefused() throws {
    let once = ExternalStep.ready + #"read step; echo '{"weights": [1, 2]}'"#
    let words = "the program ended with status 0 before the run did; it wrote no error"
    #expect(try ExternalStep.failure(once, steps: 1) == nil)
    #expect(try ExternalStep.failure(once, steps: 2) == words)
    #expect(try ExternalStep.failure(once, steps: 4) == words)
  }
}
