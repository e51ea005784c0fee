import Statistics
import Store
import Testing

@testable import Reports

@Suite("Tuning runs against single-task training")
struct TuningSensitivityTests {
  @Test("each task against its own choice, on validation data of the same seed")
  func bases() throws {
    var fixture = StoreFixture.few
    fixture.problems = Array(fixture.problems.prefix(1))
    try withStore(fixture) { store, _ in
      func problem() throws -> ProblemResults {
        try #require(try SuiteResults(suite: StoreFixture.suite, from: store).problems.first)
      }
      let single = try #require(try problem().reference).record.label
      let chosen = [3, 1]
      var second = try #require(
        try problem().choices.first { $0.method == single && $0.taskIndex == 1 }
      )
      second.candidate = chosen[1]
      try store.save(choices: [second])

      let results = try problem()
      let sensitivity = TuningSensitivity(results)
      let trials = results.trials.filter { $0.method == "equal" }
      #expect(trials.count == 2 * StoreFixture.rates.count)
      for trial in trials {
        let changes = try results.columns.deltaPlaces.enumerated().map { task, places in
          let alone = try #require(
            results.trials.first {
              $0.method == single && $0.taskIndex == task && $0.candidate == chosen[task]
                && $0.seed == trial.seed
            }
          )
          let ofMetrics = try places.map { place in
            let column = results.columns[place]
            let values = try [trial, alone].map {
              try #require(
                $0.value(of: column.metric.name, task: task, part: .validation)
              )
            }
            return (column.higherIsBetter ? -100 : 100) * (values[0] / values[1] - 1)
          }
          return ofMetrics.reduce(0, +) / Double(ofMetrics.count)
        }
        let expected = changes.reduce(0, +) / Double(changes.count)
        #expect(abs(sensitivity.drop(of: trial).number - expected) < 1e-9)
      }
    }
  }

  @Test("the finalists of a race alone may be chosen by another draw of its seeds")
  func finalists() throws {
    try withStore(.small) { store, _ in
      let suite = try SuiteResults(suite: StoreFixture.suite, from: store)
      let problem = try #require(suite.problems.first)
      let method = try #require(problem.methods.first { $0.record.label == "equal" })
      let scores = [3, 1, 2].map { candidate in
        CandidateScore(
          suite: StoreFixture.suite,
          problem: problem.problem.label,
          method: "equal",
          taskIndex: nil,
          utility: TuningChoice.mainUtility,
          candidate: candidate,
          seedCount: 2,
          score: 0,
          isFinalist: candidate != 1,
          choiceShare: nil
        )
      }
      let sensitivity = TuningSensitivity(problem)
      let contender = FinalistRuns(scores: scores).contender(method, problem, sensitivity)
      let expected = sensitivity.criteria(of: "equal", candidates: [3, 2], seeds: [100, 101])
      #expect(try #require(contender).criteria == expected)
    }
  }
}
