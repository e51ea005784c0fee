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
  func run(_ method: String, steps: Int, evaluations: Int = 1) throws -> RunOutcome {
    let spec = RunSpec(
      problem: CanonicalTable(),
      network: try table("trunk: \(work.trunk)"),
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
    guard let outcome = run.train(isCancelled: { false }) else {
      preconditionFailure("a run that nobody cancels")
    }
    return outcome
  }

  /// Steps a second of processor time, over about `seconds`.
  func stepsPerSecond(_ method: String, seconds: Double) throws -> Double {
    let trial = try run(method, steps: 50)
    let count = max(50, Int(seconds / (trial.trainSeconds / 50)))
    let outcome = try run(method, steps: count)
    return Double(count) / outcome.trainSeconds
  }

  private func table(_ text: String) throws -> CanonicalTable {
    CanonicalTable(try YAMLReader.read(text, file: "perf"))
  }
}
