internal import ArgumentParser
internal import Harness
internal import Settings

/// `mtlbench check SUITE`.
struct CheckCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Checks a suite file; prints its plan, about how long it takes, and its data.",
    discussion: """
      Of every problem it tells the rows of each part, what each input and target column is taken \
      for, and what predicting the mean or the majority would score. It trains a few steps to \
      estimate the time, and stores nothing.
      """
  )

  @OptionGroup var suiteOptions: SuiteOptions
  @OptionGroup var compute: ComputeOptions

  @Flag(help: "Print one JSON document.")
  var json = false

  func run() async throws {
    let plan = Plan(try suiteOptions.read())
    let estimate = try TimeEstimate(plan, kernels: try compute.table())
    if json {
      let document = try PlanDocument.document(plan, estimate, workers: compute.workerCount)
      return Terminal.write(document.json + "\n")
    }
    var text = PlanText.text(plan, estimate, workers: compute.workerCount)
    var told: FirstData?
    // Under several optimizers a problem is one data set.
    for problem in plan.suite.problems where problem.firstData !== told {
      told = problem.firstData
      text += "\n" + ProblemText.text(problem, try problem.firstData.get(of: problem.problem))
    }
    Terminal.write(text)
  }
}
