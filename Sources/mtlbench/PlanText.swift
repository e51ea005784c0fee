internal import Harness
internal import Networks
internal import Problems
internal import Reports

/// The plan of a suite in words.
enum PlanText {
  static func text(_ plan: Plan, _ estimate: TimeEstimate, workers: Int) -> String {
    let suite = plan.suite
    let tuning = suite.tuning
    let rungs = tuning.rungs.map { "\($0)" }
    let seeds = NumberText.counted(tuning.rungs.last ?? 0, "seed")
    let race =
      rungs.count > 1
      ? "in a race over \(rungs.dropLast().joined(separator: ", ")) and \(seeds)" : "on \(seeds)"
    var text = """
      suite \(suite.name): about \(plan.runCount) runs, more where a sweep of fixed weights has to be \
      widened
      tuning: \(NumberText.counted(tuning.trialCount, "trial")) for every method \(race), evaluation \
      on \(NumberText.counted(suite.evaluationSeeds.count, "other seed"))

      """
    var rows = [["problem", "tasks", "learning rates", "methods", "about runs", "ms a run"]]
    var lists: [(methods: [String], problems: [String])] = []
    for index in plan.problemIndices {
      let problem = suite.problems[index]
      let rates = problem.tuning.learningRates
      let milliseconds = estimate.secondsPerRun[index] * 1000
      let methods = problem.methods.filter { $0.network == 0 }.map { $0.label }
      if let place = lists.firstIndex(where: { $0.methods == methods }) {
        lists[place].problems.append(problem.label)
      } else {
        lists.append((methods, [problem.label]))
      }
      rows.append([
        problem.label, shortList(problem.tasks.map { $0.name }),
        "\(rates[0]) to \(rates[rates.count - 1])",
        methods.count > mostInRow ? "\(methods.count)" : methods.joined(separator: ", "),
        "\(plan.runCount(of: index))", "\((milliseconds * 10).rounded() / 10)",
      ])
    }
    text += "\n" + TextColumns.text(rows)
    for list in lists where list.methods.count > mostInRow {
      let place = lists.count == 1 ? "" : " on " + list.problems.joined(separator: ", ")
      text += "\n" + wrapped("methods\(place): " + list.methods.joined(separator: ", "))
    }
    text += networks(suite)
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

  /// More methods than this are listed below the table.
  private static let mostInRow = 8

  /// The first names and how many there are, where they are many.
  private static func shortList(_ names: [String]) -> String {
    let most = 5
    guard names.count > most else { return names.joined(separator: ", ") }
    return names.prefix(most - 1).joined(separator: ", ") + ", … (\(names.count))"
  }

  /// Lines that a terminal of usual width shows whole, the further ones indented.
  private static func wrapped(_ text: String) -> String {
    let width = 80
    var lines = [""]
    for word in text.split(separator: " ") {
      let line = lines[lines.count - 1]
      if line.isEmpty {
        lines[lines.count - 1] = String(word)
      } else if line.count + 1 + word.count <= width {
        lines[lines.count - 1] += " " + word
      } else {
        lines.append("  " + word)
      }
    }
    return lines.joined(separator: "\n") + "\n"
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
