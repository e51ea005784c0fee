internal import ArgumentParser
internal import Harness

/// `mtlbench check SUITE`.
struct CheckCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Checks a suite file, and prints its plan and about how long it will take."
  )

  @Argument(help: "The suite file.")
  var suite: String

  @OptionGroup var compute: ComputeOptions

  func run() async throws {
    let plan = Plan(try Suite(path: suite))
    let estimate = try TimeEstimate(plan, kernels: try compute.table())
    Terminal.write(PlanText.text(plan, estimate, workers: compute.workerCount))
  }
}
