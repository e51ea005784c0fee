import Store
import Testing

@testable import Reports

@Suite("Losses over training are read as the checkpoint rule reads them")
struct ValidationCurvesTests {
  /// Task a can be halved again and again, task b hardly be learnt: each rule takes another evaluation.
  private static let losses = [[1, 0.1, 0.001, 0.01], [1, 0.9, 1.2, 1.1]]

  @Test(
    "every rule takes its own evaluation of those up to a step",
    arguments: [
      ("best", Int.max, 2), ("best", 10, 1), ("relative", .max, 1), ("last", .max, 3),
      ("last", 20, 2),
    ]
  )
  func reported(rule: String, last: Int, taken: Int) throws {
    let run = run()
    let curves = try #require(ValidationCurves(problem(rule: rule, of: run)))
    let reported = curves.reported(of: run, tasks: [0, 1], upTo: last)
    #expect(reported == [0: Self.losses[0][taken], 1: Self.losses[1][taken]])
    #expect(curves.least(of: run, task: 1) == 0.9)
    #expect(curves.steps(of: run, task: 0) == [0, 10, 20, 30])
  }

  private func run() -> EvaluationRun {
    EvaluationRun(
      method: "equal",
      seed: 1,
      taskIndex: nil,
      learningRate: 0.1,
      identity: "0000000000000001",
      end: RunEnd(.finished),
      metrics: []
    )
  }

  private func problem(rule: String, of run: EvaluationRun) -> ProblemResults {
    var problem = ProblemResults(
      problem: ProblemRecord(label: "p", problem: "mixed", family: "p", order: 0, tasks: []),
      methods: [],
      seeds: [1],
      runs: [],
      choices: [],
      trials: []
    )
    problem.trainingSettings = ["checkpoint": rule]
    problem.curves = Self.losses.enumerated().map { task, losses in
      LearningCurve(
        method: run.method,
        seed: run.seed,
        identity: run.identity,
        task: task,
        part: .validation,
        steps: [0, 10, 20, 30],
        losses: losses
      )
    }
    return problem
  }
}
