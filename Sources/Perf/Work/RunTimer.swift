import Kernels
import Problems
import Settings
import Training

/// Trains a piece of work by one method and tells how fast.
struct RunTimer {
  let work: Work
  let data: ProblemData
  let kernels: KernelTable

  init(_ work: Work, kernels: KernelTable = .best) {
    self.work = work
    self.kernels = kernels
    data = work.makeData()
  }

  /// One run with everything on: batches, diagnostics off, validation losses as often as asked.
  ///
  /// - Parameters:
  ///   - method: A name of the registry that needs no settings.
  ///   - steps: How long.
  ///   - evaluations: How often validation losses are measured.
  ///   - glance: Called every few hundred steps, first before all.
  /// - Returns: How it went.
  /// - Throws: `SettingsError` for an unknown method.
  func run(
    _ method: String,
    steps: Int,
    evaluations: Int = 1,
    glance: () -> Void = {}
  ) throws -> RunOutcome {
    let spec = RunSpec(
      problem: CanonicalTable(),
      network: try table(work.networkText),
      training: try table(
        """
        {optimizer: adam, learning_rate: 0.001, batch: \(work.batchRows), steps: \(steps), \
        evaluations: \(evaluations)}
        """
      ),
      method: try table("name: \(method)"),
      tasks: Array(work.tasks.indices),
      seed: 1
    )
    let run = try Run(spec, data: data, kernels: kernels)
    let outcome = run.train {
      glance()
      return false
    }
    guard let outcome else { preconditionFailure("a run that nobody cancels") }
    return outcome
  }

  /// Steps a second of processor time, over about `seconds`, after some steps to tell how many
  /// those are.
  func stepsPerSecond(
    _ method: String,
    seconds: Double,
    trialCount: Int = 20
  ) throws -> Double {
    let trial = try run(method, steps: trialCount)
    let count = max(trialCount, Int(seconds * Double(trialCount) / trial.trainSeconds))
    let outcome = try run(method, steps: count)
    return Double(count) / outcome.trainSeconds
  }

  private func table(_ text: String) throws -> CanonicalTable {
    CanonicalTable(try YAMLReader.read(text, file: "perf"))
  }
}
