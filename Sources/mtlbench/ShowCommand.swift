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
    let store = try storeOptions.open(.readOnly)
    let record = try store.run(identity)
    let parts = try StoredPart.all(of: record.identity, in: store)
    Terminal.write(Self.text(record, parts))
  }

  private static func text(_ run: RunRecord, _ parts: [StoredPart]) -> String {
    let milliseconds = { (seconds: Double) in "\((seconds * 10_000).rounded() / 10) ms" }
    var rows = [["run", run.identity]]
    rows += parts.map { ["part of", $0.text] }
    rows += [
      ["status", run.end.status.rawValue + (run.end.reason.isEmpty ? "" : ": \(run.end.reason)")],
      ["steps", "\(run.end.stepCount)"],
      ["reported after step", run.bestStep.map { "\($0)" } ?? "–"],
      ["parameter hash", run.parameterHash.isEmpty ? "–" : run.parameterHash],
      [
        "processor time",
        "\(milliseconds(run.end.totalSeconds)), training \(milliseconds(run.end.trainSeconds))",
      ],
      ["passes", "\(run.end.forwardPasses) forward, \(run.end.backwardPasses) backward"],
      ["samples", "\(run.end.samplesSeen)"],
      ["buffers of training", run.end.memoryBytes.map { "\($0) bytes" } ?? "not counted"],
      ["steps outside the method's domain", "\(run.end.policySteps)"],
      ["kernels", "\(run.instructionSet), numerics version \(run.numericsVersion)"],
      ["program", run.programVersion],
      ["machine", run.end.machine],
      ["made", run.createdAt],
      ["spec", run.spec],
    ]
    let names = parts.first?.taskNames ?? [:]
    for metric in run.metrics {
      let task = metric.task.map { names[$0] ?? "task \($0)" } ?? "all tasks"
      let value = metric.value.map { "\($0)" } ?? "undefined"
      rows.append(["\(metric.part.rawValue) \(task) \(metric.metric)", value])
    }
    return TextColumns.text(rows)
  }
}
