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

  private func progress(isTerminal: Bool, isQuiet: Bool = false) -> Progress {
    Progress(
      remaining: [0: 8],
      workers: 2,
      isTerminal: isTerminal,
      isQuiet: isQuiet,
      clock: { [clock] in clock.seconds },
      write: { [log] in log.append($0) }
    )
  }

  /// A finished or diverged run that took some seconds.
  private func record(_ job: Job, seconds: Double, _ status: RunOutcome.Status = .finished)
    -> RunRecord
  {
    var outcome = RunOutcome()
    outcome.status = status
    outcome.totalSeconds = seconds
    return RunRecord(job.spec, outcome, .baseline)
  }

  @Test("lines without a terminal come every ten seconds and at the end")
  func plain() {
    let progress = progress(isTerminal: false)
    progress.skip([jobs[0], jobs[1]])
    clock.seconds = 4
    progress.finish(jobs[2], record(jobs[2], seconds: 8))
    clock.seconds = 12
    progress.finish(jobs[3], record(jobs[3], seconds: 12, .diverged(reason: "")))
    clock.seconds = 13
    progress.finish(jobs[4], record(jobs[4], seconds: 10))
    for job in jobs[5...] { progress.finish(job, record(job, seconds: 10)) }
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
    progress.finish(jobs[0], record(jobs[0], seconds: 2))
    clock.seconds = 1.1
    progress.finish(jobs[1], record(jobs[1], seconds: 2))
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

  @Test("nothing is told when there is nothing to train, or when it is not wanted")
  func silence() {
    let idle = progress(isTerminal: true)
    idle.skip(jobs)
    idle.end()
    let quiet = progress(isTerminal: false, isQuiet: true)
    clock.seconds = 100
    quiet.finish(jobs[0], record(jobs[0], seconds: 1))
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
    #expect(Duration.text(seconds) == text)
  }
}
