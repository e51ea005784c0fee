internal import ArgumentParser
internal import Harness
internal import Store

/// `mtlbench show RUN`.
struct ShowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Prints one stored run: its spec, outcome, metrics and provenance."
  )

  @Argument(help: ArgumentHelp("The run's identity, or its first digits.", valueName: "run"))
  var identity: String

  @OptionGroup var storeOptions: StoreOptions

  func run() throws {
    let record = try storeOptions.open(.readOnly).run(identity)
    Terminal.write(Self.text(record))
  }

  private static func text(_ run: RunRecord) -> String {
    var rows = [
      ["run", run.identity],
      ["status", run.reason.isEmpty ? run.status : "\(run.status): \(run.reason)"],
      ["steps", "\(run.stepCount)"],
      ["reported step", run.bestStep.map { "\($0)" } ?? "–"],
      ["parameter hash", run.parameterHash],
      ["training", "\(run.trainSeconds) s of processor time (whole run \(run.totalSeconds) s)"],
      ["passes", "\(run.forwardPasses) forward, \(run.backwardPasses) backward"],
      ["samples", "\(run.samplesSeen)"],
      ["policy steps", "\(run.policySteps)"],
      ["kernels", "\(run.instructionSet), numerics version \(run.numericsVersion)"],
      ["program", run.programVersion],
      ["machine", run.machine],
      ["made", run.createdAt],
      ["spec", run.spec],
    ]
    for metric in run.metrics {
      let task = metric.task < 0 ? "all tasks" : "task \(metric.task)"
      let value = metric.value.map { "\($0)" } ?? "undefined"
      rows.append(["\(metric.part) \(task) \(metric.metric)", value])
    }
    return TextColumns.text(rows)
  }
}
