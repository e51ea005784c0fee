internal import Harness
internal import Problems

/// The plan of a suite in words.
enum PlanText {
  static func text(_ plan: Plan, _ estimate: TimeEstimate, workers: Int) -> String {
    let suite = plan.suite
    let rates = suite.tuning.learningRates.map { "\($0)" }.joined(separator: ", ")
    var text = """
      suite \(suite.name): \(plan.runCount) runs
      tuning: \(suite.tuning.learningRates.count) learning rates (\(rates)) x \
      \(suite.tuning.seeds.count) seeds for every method, \
      evaluation on \(suite.evaluationSeeds.count) other seeds

      """
    var rows = [["problem", "tasks", "methods", "sweep points", "runs", "ms a run"]]
    for index in plan.problemIndices {
      let problem = suite.problems[index]
      let points = problem.methods.count { $0.group == .sweep }
      let contenders = problem.tasks.count + problem.methods.count
      let milliseconds = estimate.secondsPerRun[index] * 1000
      rows.append([
        problem.label, problem.tasks.map { $0.name }.joined(separator: ", "),
        problem.methods.filter { $0.group != .sweep }.map { $0.label }.joined(separator: ", "),
        "\(points)", "\(contenders * plan.runCountEach)",
        "\((milliseconds * 10).rounded() / 10)",
      ])
    }
    text += "\n" + TextColumns.text(rows)
    text += """

      about \(Duration.text(estimate.totalSeconds / Double(workers))) on \(workers) \
      \(workers == 1 ? "worker" : "workers")

      """
    return text
  }
}
