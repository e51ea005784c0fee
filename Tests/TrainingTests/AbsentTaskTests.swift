import Kernels
import Problems
import Testing
import Training
import Weighting

@Suite("Batches without labels of a task")
struct AbsentTaskTests {
  /// The sample data with the training labels of some tasks at a few rows only.
  private func data(keeping rows: Set<Int>, of tasks: Set<Int>) -> ProblemData {
    let full = sampleData()
    let descriptions = full.tasks.map { task in
      TaskDescription(
        name: task.name,
        kind: task.kind,
        loss: task.loss,
        metrics: task.metrics,
        mayMiss: true
      )
    }
    let targets = Matrix(rows: full.train.rowCount, columns: 4)
    for row in 0..<full.train.rowCount {
      for column in 0..<4 {
        let task = max(0, column - 1)
        let isMissing = tasks.contains(task) && !rows.contains(row)
        targets[row, column] = isMissing ? .nan : full.train.targets[row, column]
      }
    }
    return ProblemData(
      tasks: descriptions,
      train: DataPart(inputs: full.train.inputs, targets: targets),
      validation: full.validation,
      test: full.test
    )
  }

  @Test("no method fails for want of labels", arguments: WeightingRegistry.ownNames)
  func sparse(_ method: String) throws {
    let sparse = data(keeping: [3, 40, 41, 90], of: [0, 1, 2])
    let training = ["batch": "4", "steps": "96", "diagnostics": "96"]
    let outcome = try SampleRun(method: methodTable(method), training: training).run(on: sparse)
    #expect(outcome.status == .finished)
    #expect(outcome.losses(.validation).allSatisfy { $0.isFinite })
    #expect(outcome.losses(.train).allSatisfy { $0.isFinite })
    // Steps without labels are recorded as such, the others with a loss.
    #expect(outcome.taskSteps.contains { $0.loss.isNaN && $0.gradientNorm.isNaN && $0.weight == 0 })
    #expect(outcome.taskSteps.contains { $0.loss > 0 })
  }

  @Test(
    "a task without a single label leaves the training of the others",
    arguments: WeightingRegistry.ownNames.filter { $0 != "static" }
  )
  func unlabelled(_ method: String) throws {
    let data = data(keeping: [], of: [2])
    let beside = try SampleRun(method: methodTable(method)).run(on: data)
    let alone = try SampleRun(method: methodTable(method), tasks: [0, 1]).run(on: data)
    func losses(_ outcome: RunOutcome) -> [Double] {
      outcome.evaluations.filter { $0.task < 2 }.map { $0.loss }
    }
    // The Gramian of three rows is summed in another order than that of two, hence not the same bits.
    for (own, other) in zip(losses(beside), losses(alone)) {
      #expect(abs(own - other) < 1e-5 * other)
    }
    let sums = [beside.meanWeightSum, alone.meanWeightSum]
    #expect(
      sums[0] == nil && sums[1] == nil
        || abs((sums[0] ?? 0) - (sums[1] ?? 1)) < 1e-6 * (sums[1] ?? 1)
    )
  }
}
