import Kernels
import Networks
import Problems
import Settings
import Testing
import Weighting

@testable import Training

/// The sample data with a third of the tasks' labels each: task k has `counts[k]` rows of its own.
private func ownRows(_ counts: [Int] = [50, 24, 7]) -> ProblemData {
  let rowCount = counts.reduce(0, +)
  let full = sampleData(rowCount: rowCount)
  func part(_ part: DataPart) -> DataPart {
    let own = DataPart(inputs: part.inputs, targets: part.targets, rowCounts: counts)
    for task in full.tasks.indices {
      let first = full.targetOffsets[task]
      for row in 0..<rowCount where !own.rows(ofTask: task).contains(row) {
        for column in first..<first + full.tasks[task].targetCount {
          own.targets[row, column] = .nan
        }
      }
    }
    return own
  }
  return ProblemData(
    tasks: full.tasks.map { task in
      TaskDescription(
        name: task.name,
        kind: task.kind,
        loss: task.loss,
        metrics: task.metrics,
        mayMiss: true
      )
    },
    train: part(full.train),
    validation: part(full.validation),
    test: part(full.test)
  )
}

@Suite("Tasks with rows of their own")
struct OwnRowsTests {
  /// The rows that a task has in each of the first batches, shape [steps][rows of its block].
  private func blocks(
    of task: Int,
    among indices: [Int],
    steps: Int,
    seed: UInt64 = 1
  ) -> [[Int32]] {
    let plan = BatchPlan(TrainingTasks(ownRows(), indices: indices), most: 8)
    var sampler = BatchSampler(plan, seed: seed, purpose: .batches)
    let place = indices.firstIndex(of: task) ?? 0
    let first = plan.blocks[..<place].reduce(0) { $0 + $1.count }
    return (0..<steps).map { _ in
      let rows = sampler.advance().rows
      return (first..<first + plan.blocks[place].count).map { rows[$0] }
    }
  }

  @Test("a batch is a block of every task's own rows, of fewer where it has not so many")
  func sizes() {
    let plan = BatchPlan(TrainingTasks(ownRows()), most: 8)
    #expect(plan.blocks.map { $0.rows } == [0..<50, 50..<74, 74..<81])
    #expect(plan.blocks.map { $0.count } == [8, 8, 7])
    #expect(plan.batchRows == 23)
    for (task, rows) in [0..<50, 50..<74, 74..<81].enumerated() {
      let drawn = blocks(of: task, among: [0, 1, 2], steps: 20).flatMap { $0 }
      #expect(drawn.allSatisfy { rows.contains(Int($0)) })
      #expect(Set(drawn).count == rows.count)
    }
  }

  @Test("an epoch is that of the longest task, and shorter ones begin anew in another order")
  func epochs() {
    let plan = BatchPlan(TrainingTasks(ownRows()), most: 8)
    // Six whole parts of 50 rows; meanwhile 24 rows are gone through twice, and 7 six times.
    #expect(plan.epochSteps == 6)
    var sampler = BatchSampler(plan, seed: 1, purpose: .batches)
    for step in 0..<13 {
      _ = sampler.advance()
      #expect(sampler.epoch == step / 6)
      #expect(sampler.endsEpoch == (step % 6 == 5))
    }
    let middle = blocks(of: 1, among: [0, 1, 2], steps: 6).flatMap { $0 }
    #expect(Set(middle[..<24]).count == 24 && Set(middle[24...]).count == 24)
    #expect(middle[..<24] != middle[24...])
    let short = blocks(of: 2, among: [0, 1, 2], steps: 6)
    #expect(short.allSatisfy { Set($0).count == 7 })
    #expect(Set(short).count > 1)
  }

  @Test("a task's batches are the same whatever is trained beside it", arguments: [0, 1, 2])
  func paired(_ task: Int) {
    let together = blocks(of: task, among: [0, 1, 2], steps: 14)
    #expect(blocks(of: task, among: [task], steps: 14) == together)
    #expect(blocks(of: task, among: [0, 1, 2], steps: 14, seed: 2) != together)
    // Single-task networks train as many steps an epoch as the problem does.
    let alone = BatchPlan(TrainingTasks(ownRows(), indices: [task]), most: 8)
    #expect(alone.epochSteps == 6)
  }

  @Test("no task's loss moves with the rows of another")
  func separate() throws {
    let run = SampleRun(tasks: [1])
    let outcome = try run.run(on: ownRows())
    let changed = ownRows()
    for part in [changed.train, changed.validation, changed.test] {
      for row in [0, 49, 74, 80] { part.inputs[row, 0] = 1e30 }
    }
    #expect(try run.run(on: changed).untimed == outcome.untimed)
    #expect(outcome.status == .finished && outcome.metrics.allSatisfy { $0.value.isFinite })
    let joint = try SampleRun(training: ["steps": "5"]).run(on: ownRows())
    // Sixteen rows of two tasks and all seven of the third.
    #expect(joint.cost.samples == 5 * 39)
  }

  @Test(
    "every method trains, or is refused in one sentence",
    arguments: WeightingRegistry.ownNames
  )
  func methods(_ name: String) throws {
    let training = ["steps": "12", "diagnostics": "3", "mechanism": "2"]
    let run = SampleRun(method: methodTable(name), training: training)
    guard name != "mgda_ub" else {
      let error = #expect(throws: SettingsError.self) { try run.run(on: ownRows()) }
      #expect(
        "\(try #require(error))".hasSuffix(
          ": mgda_ub compares the tasks' gradients at the representation of each row, and here every "
            + "task has rows of its own: choose another method"
        )
      )
      return
    }
    let outcome = try run.run(on: ownRows())
    #expect(outcome.status == .finished)
    #expect(outcome.metrics.allSatisfy { $0.value.isFinite })
    #expect(outcome.losses(.validation).allSatisfy { $0.isFinite })
    // Every task is in every step, however few rows it has.
    #expect(outcome.taskSteps.count == 9 && outcome.taskSteps.allSatisfy { $0.gradientNorm > 0 })
    #expect(outcome.pairSteps.allSatisfy { $0.cosine.isFinite })
    #expect(outcome.mechanism.filter { $0.kind != .testLoss }.allSatisfy { $0.value.isFinite })
  }

  @Test(
    "every sharing scheme trains, batch normalization and dropout too",
    arguments: SharingRegistry.names.map { "sharing: \($0)" }
      + ["norm: batch", "norm: layer", "dropout: 0.3"]
  )
  func networks(_ setting: String) throws {
    let run = SampleRun(training: ["steps": "6"], network: "{trunk: [8, 7], \(setting)}")
    let outcome = try run.run(on: ownRows())
    #expect(outcome.status == .finished)
    #expect(outcome.metrics.allSatisfy { $0.value.isFinite })
  }

  @Test("the first rows of a part are some of every task's")
  func first() {
    let part = ownRows().train.first(27)
    #expect(part.rowsOfTask == [0..<16, 16..<24, 24..<26])
    #expect(part.inputs.column(0).count == 26)
    #expect(part.inputs[16, 0] == ownRows().train.inputs[50, 0])
  }
}

extension Matrix {
  fileprivate func column(_ column: Int) -> [Float] { (0..<rows).map { self[$0, column] } }
}
