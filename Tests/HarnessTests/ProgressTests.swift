import Kernels
import Store
import Testing
import Training

@testable import Harness

@Suite("What is told of a suite's progress")
struct ProgressTests {
  private let log = TextLog()
  private let clock = TestClock()
  private let jobs: [Job]

  init() throws {
    let plan = Plan(try suite())
    jobs = plan.tuningJobs(plan.singleTasks)
  }

  private func progress(
    isTerminal: Bool,
    isQuiet: Bool = false,
    isJSON: Bool = false
  ) -> Progress {
    Progress(
      remaining: [0: 8],
      workers: 2,
      isTerminal: isTerminal,
      isQuiet: isQuiet,
      isJSON: isJSON,
      clock: { [clock] in clock.seconds },
      write: { [log] in log.append($0) }
    )
  }

  /// A finished or diverged run, of which a processor did next to nothing.
  private func record(_ job: Job, _ status: RunOutcome.Status = .finished) -> RunRecord {
    var outcome = RunOutcome()
    outcome.status = status
    outcome.totalSeconds = 0.001
    return RunRecord(job.spec, outcome, .baseline)
  }

  @Test("for programs, lines are JSON objects")
  func json() {
    let progress = progress(isTerminal: false, isJSON: true)
    clock.seconds = 0.1
    progress.finish(jobs[0], record(jobs[0]), seconds: 0.1)
    clock.seconds = 0.321
    progress.finish(jobs[1], record(jobs[1], .diverged(reason: "")), seconds: 0.3)
    progress.end()
    #expect(
      log.all == [
        #"{"done":2,"elapsed":0.32,"failed":1,"left":0.6,"total":8}"# + "\n",
        #"{"done":2,"elapsed":0.32,"failed":1,"left":0.6,"total":8}"# + "\n",
      ]
    )
  }

  @Test("lines without a terminal come every ten seconds and at the end")
  func plain() {
    let progress = progress(isTerminal: false)
    progress.skip([jobs[0], jobs[1]])
    clock.seconds = 4
    progress.finish(jobs[2], record(jobs[2]), seconds: 8)
    clock.seconds = 12
    progress.finish(jobs[3], record(jobs[3], .diverged(reason: "")), seconds: 12)
    clock.seconds = 13
    progress.finish(jobs[4], record(jobs[4]), seconds: 10)
    for job in jobs[5...] { progress.finish(job, record(job), seconds: 10) }
    clock.seconds = 75
    progress.end()
    // After two runs of 10 s on average, four are left for two workers.
    #expect(
      log.all == [
        "4/8 runs (50 %), 12 s, about 20 s left, 1 failed\n",
        "8/8 runs (100 %), 1 min 15 s, 1 failed\n",
      ]
    )
    #expect(progress.trainedCount == 6)
    #expect(progress.elapsed == 75)
  }

  @Test("on a terminal one line rewrites itself, and is closed when the suite is interrupted")
  func terminal() {
    let progress = progress(isTerminal: true)
    clock.seconds = 1
    progress.finish(jobs[0], record(jobs[0]), seconds: 2)
    clock.seconds = 1.1
    progress.finish(jobs[1], record(jobs[1]), seconds: 2)
    progress.end()
    progress.end()
    #expect(
      log.all == [
        "\r\u{1B}[K[#---------] 1/8 runs (12 %), 1.0 s, about 7.0 s left",
        "\r\u{1B}[K[##--------] 2/8 runs (25 %), 1.1 s, about 6.0 s left",
        "\n",
        "\r\u{1B}[K[##--------] 2/8 runs (25 %), 1.1 s, about 6.0 s left",
        "\n",
      ]
    )
  }

  @Test("the remaining time follows the clock of a machine that has become ten times slower")
  func slowed() throws {
    // Runs that the processor has little to do with, as those of a program that sleeps.
    let progress = progress(isTerminal: false)
    for (number, job) in jobs[..<4].enumerated() {
      clock.seconds = Double(60 * (number + 1))
      progress.finish(job, record(job), seconds: 120)
    }
    #expect(log.all.last == "4/8 runs (50 %), 4 min 0 s, about 4 min 0 s left\n")
  }

  @Test("the remaining time is that of the kinds of runs that are left")
  func kinds() throws {
    let (cheap, dear) = ("equal", "pcgrad")
    var time = RemainingTime(runs: [0: 6, 1: 4])
    time.begin(
      [(0, cheap), (0, dear), (0, dear), (1, cheap), (1, cheap), (1, dear)].map {
        RunKind(problem: $0.0, method: $0.1)
      }
    )
    #expect(time.seconds(workers: 1) == nil)
    time.finish(RunKind(problem: 0, method: cheap), seconds: 1)
    // Only one kind is known, and is all that can be said of the others.
    #expect(time.seconds(workers: 1) == 9)
    time.finish(RunKind(problem: 0, method: dear), seconds: 9)
    time.skip(RunKind(problem: 0, method: dear))
    // On problem 0 one of 9 s and two of unknown kind; on problem 1 two of 1 s, one of 9 s, one of 5 s.
    let known: Double = 9 + 2 + 9
    let unknown: Double = 5 * 3
    #expect(time.seconds(workers: 1) == known + unknown)
    time.finish(RunKind(problem: 1, method: cheap), seconds: 10)
    // There the mean is 10 s, and dear runs take as much longer as on problem 0.
    let first: Double = 9 + 5 * 2
    let second: Double = 10 + 10 * 1.8 + 10
    #expect(time.seconds(workers: 2) == (first + second) / 2)
  }

  @Test("what takes less than a second is told as that")
  func soon() {
    let progress = progress(isTerminal: false)
    clock.seconds = 20
    progress.finish(jobs[0], record(jobs[0]), seconds: 0.1)
    #expect(log.all == ["1/8 runs (12 %), 20 s, less than 1 s left\n"])
  }

  @Test("nothing is told when there is nothing to train, or when it is not wanted")
  func silence() {
    let idle = progress(isTerminal: true)
    idle.skip(jobs)
    idle.end()
    let quiet = progress(isTerminal: false, isQuiet: true)
    clock.seconds = 100
    quiet.finish(jobs[0], record(jobs[0]), seconds: 1)
    quiet.end()
    #expect(log.all.isEmpty)
  }

  @Test(
    "lengths of time read well",
    arguments: [
      (0.04, "0.0 s"), (0.84, "0.8 s"), (9.96, "10.0 s"), (42.4, "42 s"), (59.6, "1 min 0 s"),
      (200, "3 min 20 s"), (7500, "2 h 5 min"),
    ]
  )
  func durations(seconds: Double, text: String) {
    #expect(DurationText.of(seconds) == text)
  }
}
