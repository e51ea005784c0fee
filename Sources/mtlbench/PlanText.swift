internal import Harness
internal import Networks
internal import Problems

/// The plan of a suite in words.
enum PlanText {
  static func text(_ plan: Plan, _ estimate: TimeEstimate, workers: Int) -> String {
    let suite = plan.suite
    let tuning = suite.tuning
    let rungs = tuning.rungs.map { "\($0)" }.joined(separator: ", ")
    var text = """
      suite \(suite.name): about \(plan.runCount) runs, more where a sweep of fixed weights has to be \
      widened
      tuning: \(tuning.trialCount) trials for every method in a race over \(rungs) seeds, \
      evaluation on \(suite.evaluationSeeds.count) other seeds

      """
    var rows = [["problem", "tasks", "learning rates", "methods", "about runs", "ms a run"]]
    for index in plan.problemIndices {
      let problem = suite.problems[index]
      let rates = problem.tuning.learningRates
      let milliseconds = estimate.secondsPerRun[index] * 1000
      rows.append([
        problem.label, problem.tasks.map { $0.name }.joined(separator: ", "),
        "\(rates[0]) to \(rates[rates.count - 1])",
        problem.methods.filter { $0.network == 0 }.map { $0.label }.joined(separator: ", "),
        "\(plan.runCount(of: index))", "\((milliseconds * 10).rounded() / 10)",
      ])
    }
    text += "\n" + TextColumns.text(rows) + networks(suite)
    if !estimate.unmeasuredMethods.isEmpty {
      text += """

        not started, and counted as long as the other methods: \
        \(estimate.unmeasuredMethods.joined(separator: ", "))

        """
    }
    text += """

      about \(DurationText.of(estimate.totalSeconds / Double(workers))) on \(workers) \
      \(workers == 1 ? "worker" : "workers")

      """
    return text
  }

  /// The size of every network, and which methods cannot run on it; nothing for a single one.
  private static func networks(_ suite: Suite) -> String {
    guard let first = suite.problems.first, first.networks.count > 1 else { return "" }
    var rows = [["problem", "network", "parameters", "shared", "width", "multiply-adds a step"]]
    for problem in suite.problems {
      for network in problem.networks {
        rows.append([
          problem.label, network.label, "\(network.size.parameters)",
          "\(network.size.sharedParameters)",
          network.widthFactor.map { "× \(($0 * 1000).rounded() / 1000)" } ?? "",
          "\(network.size.stepMultiplyAdds * problem.batchRows)",
        ])
      }
    }
    var text = "\nevery method is run on each network\n" + TextColumns.text(rows)
    let leftOut = suite.problems.flatMap { problem in
      problem.networks.flatMap { network in
        network.leftOut.map { "left out on \(network.label): \($0.reason)\n" }
      }
    }
    var told: Set<String> = []
    for line in leftOut where told.insert(line).inserted { text += line }
    return text
  }
}
