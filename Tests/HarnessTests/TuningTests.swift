import Problems
import Settings
import Statistics
import Store
import Testing
import Training

@testable import Harness

@Suite("Choosing learning rates")
struct TuningTests {
  private let plan: Plan

  init() throws {
    plan = Plan(
      try suite(
        replacing: "[1e-3, 1e-2], seeds: 2",
        with: "[1e-3, 1e-2, 1e-1], seeds: 2"
      )
    )
  }

  /// Results whose metrics are all `value`, for jobs where it is not nil.
  private func results(
    _ value: (Job) -> (status: String, value: Double)?
  ) -> TuningResults {
    let jobs = plan.tuningJobs(plan.singleTasks + plan.methods)
    let metrics = plan.suite.problems[0].tasks.map { $0.metrics }
    var outcomes: [String: RunOutcomeSummary] = [:]
    for job in jobs {
      guard let (status, value) = value(job) else { continue }
      var rows: [MetricValue] = []
      for (task, metrics) in metrics.enumerated() {
        for metric in metrics {
          rows.append(
            MetricValue(task: task, part: "validation", metric: metric.rawValue, value: value)
          )
          // What is measured on the test part would choose otherwise.
          rows.append(
            MetricValue(task: task, part: "test", metric: metric.rawValue, value: -value)
          )
        }
      }
      outcomes[job.identity] = RunOutcomeSummary(status: status, metrics: rows)
    }
    return TuningResults(plan, jobs: jobs, outcomes)
  }

  private var contender: Plan.Contender { plan.methods(of: 0)[1] }
  private let baseRates = [1e-2, 1e-2]

  @Test("takes the rate with the best mean on validation data")
  func best() {
    let results = results { job in
      ("finished", job.learningRate == 1e-2 ? 1 : 2)
    }
    let choice = results.choose(contender, singleTaskRates: baseRates)
    #expect(choice.learningRate == 1e-2)
    #expect(!choice.isAtEdge)
    // Errors twice those of the single-task networks, which are at their best rate: 100 %.
    #expect(choice.means == [100, 0, 100])
    let single = results.chooseSingleTask(plan.singleTasks(of: 0)[0])
    #expect(single.learningRate == 1e-2)
    #expect(single.means == [2, 1, 2])
    #expect(results.failedTrials(contender) == 0)
  }

  @Test("says when the best rate is at an end of the grid", arguments: [1e-3, 1e-1])
  func edges(rate: Double) {
    let results = results { job in ("finished", job.learningRate == rate ? 1 : 2) }
    let choice = results.choose(contender, singleTaskRates: baseRates)
    #expect(choice.learningRate == rate)
    #expect(choice.isAtEdge)
  }

  @Test("a rate at which a seed failed is out, whatever the other seeds say")
  func failedSeed() {
    let results = results { job in
      if job.learningRate == 1e-2 && job.spec.seed == 1_000_002 && job.method == "uw" {
        return ("diverged", 0.1)
      }
      return ("finished", job.learningRate == 1e-2 ? 1 : 2 + job.learningRate)
    }
    let choice = results.choose(contender, singleTaskRates: baseRates)
    #expect(choice.learningRate == 1e-3)
    #expect(choice.means[1] == nil)
    #expect(results.failedTrials(contender) == 1)
  }

  @Test("chooses nothing when every rate failed")
  func allFailed() {
    let results = results { job in job.method == "uw" ? ("diverged", 1) : ("finished", 1) }
    let choice = results.choose(contender, singleTaskRates: baseRates)
    #expect(choice.learningRate == nil)
    #expect(!choice.isAtEdge)
    #expect(results.failedTrials(contender) == 6)
  }

  @Test("compares with the single-task networks of the same seed at their own rates")
  func pairedBase() {
    let results = results { job in
      guard job.taskIndex != nil else { return ("finished", 3) }
      // The base differs by seed; at the rates that were not chosen it would be far lower.
      guard job.learningRate == 1e-2 else { return ("finished", 0.001) }
      return ("finished", job.spec.seed == 1_000_001 ? 1 : 3)
    }
    let choice = results.choose(contender, singleTaskRates: baseRates)
    // Seed by seed 200 % and 0 %.
    #expect(choice.means == [100, 100, 100])
  }
}
