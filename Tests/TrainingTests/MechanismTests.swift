import Kernels
import Problems
import Testing
import Weighting

@testable import Training

extension RunOutcome {
  /// Values of one kind, in the order of steps and tasks.
  fileprivate func values(_ kind: Mechanism.Kind) -> [Double] {
    mechanism.filter { $0.kind == kind }.map { $0.value }
  }
}

/// The sample's data with every fifth label of the number and the first 40 of the class missing.
private func withGaps() -> ProblemData {
  let data = sampleData()
  let targets = data.train.targets
  for row in 0..<targets.rows {
    if row % 5 == 0 { targets[row, 0] = .nan }
    if row < 40 { targets[row, 2] = .nan }
  }
  let tasks = data.tasks.map {
    TaskDescription(name: $0.name, kind: $0.kind, metrics: $0.metrics, mayMiss: true)
  }
  return ProblemData(tasks: tasks, train: data.train, validation: data.validation, test: data.test)
}

/// Data whose training part is one row, repeated.
private func oneRow(_ count: Int) -> ProblemData {
  let data = sampleData()
  let inputs = Matrix(rows: count, columns: data.inputCount)
  let targets = Matrix(rows: count, columns: data.train.targets.columns)
  for row in 0..<count {
    for column in 0..<inputs.columns { inputs[row, column] = data.train.inputs[0, column] }
    for column in 0..<targets.columns { targets[row, column] = data.train.targets[0, column] }
  }
  return ProblemData(
    tasks: data.tasks,
    train: DataPart(inputs: inputs, targets: targets),
    validation: data.validation,
    test: data.test
  )
}

@Suite("Mechanism")
struct MechanismTests {
  @Test("measuring it changes nothing of the training", arguments: WeightingRegistry.ownNames)
  func beside(_ method: String) throws {
    var run = SampleRun(method: methodTable(method))
    let without = try run.run()
    run.training["mechanism"] = "7"
    let with = try run.run()
    #expect(with.parameterHash == without.parameterHash)
    #expect(with.evaluations == without.evaluations)
    #expect(with.metrics == without.metrics)
    #expect(with.cost == without.cost)
    #expect(with.memoryBytes == without.memoryBytes)
    #expect(without.mechanism.isEmpty)
    let steps = [0, 6, 12, 18, 23, 29, 35].flatMap { [$0, $0, $0] }
    for kind in [RunOutcome.Mechanism.Kind.cosine, .withinCosine, .norm] {
      #expect(with.mechanism.filter { $0.kind == kind }.map { $0.step } == steps)
    }
  }

  @Test("on all rows it agrees with the step's own gradients", arguments: [false, true])
  func allRows(_ hasGaps: Bool) throws {
    // The 96 rows are one batch of the training and the two halves of the probe.
    let training = ["batch": "96", "steps": "5", "mechanism": "5", "diagnostics": "5"]
    let data = hasGaps ? withGaps() : sampleData()
    let outcome = try SampleRun(training: training).run(on: data)
    let cosines = outcome.values(.cosine)
    let norms = outcome.values(.norm)
    #expect(cosines.count == 15 && norms.count == 15)
    // Two sums of 48 rows in float beside one of 96: a few units of 6e-8 each.
    for (own, pair) in zip(cosines, outcome.pairSteps) { #expect(abs(own - pair.cosine) < 1e-5) }
    for (own, task) in zip(norms, outcome.taskSteps) {
      #expect(abs(own / task.gradientNorm - 1) < 1e-5)
    }
  }

  @Test("halves of equal rows agree wholly, other halves do not")
  func within() throws {
    let training = ["batch": "4", "steps": "3", "mechanism": "3"]
    let equal = try SampleRun(training: training).run(on: oneRow(8)).values(.withinCosine)
    #expect(equal.count == 9)
    // Gradients of one half and the other are equal floats; products are summed in two orders.
    #expect(equal.allSatisfy { abs($0 - 1) < 1e-6 })
    let drawn = try SampleRun(training: training).run().values(.withinCosine)
    #expect(drawn.allSatisfy { $0 > -1 && $0 < 0.9999 })
    let single = try SampleRun(training: training).run(on: oneRow(1)).values(.withinCosine)
    #expect(single.count == 9 && single.allSatisfy { abs($0 - 1) < 1e-6 })
  }

  @Test("a task without a label in a half has no cosine there")
  func unlabelled() throws {
    let data = withGaps()
    for row in 0..<96 { data.train.targets[row, 2] = .nan }
    let outcome = try SampleRun(training: ["mechanism": "1"]).run(on: data)
    #expect(outcome.values(.withinCosine).map { $0.isNaN } == [false, true, false])
    // Pairs (0, 1), (0, 2), (1, 2).
    #expect(outcome.values(.cosine).map { $0.isNaN } == [true, false, true])
    #expect(outcome.values(.norm)[1] == 0)
  }

  @Test("rows of the large batch depend on the seed alone")
  func seeds() throws {
    var run = SampleRun(training: ["mechanism": "1", "learning_rate": "0.001"])
    let first = try run.run(on: sampleData(rowCount: 300)).values(.withinCosine)
    run.method = "name: uw"
    run.training["batch"] = "8"
    #expect(try run.run(on: sampleData(rowCount: 300)).values(.withinCosine) == first)
    run.seed = 2
    #expect(try run.run(on: sampleData(rowCount: 300)).values(.withinCosine) != first)
  }

  @Test("a large part is measured on 1,024 of its rows")
  func rowLimit() {
    let halves = [1, 2, 3, 99, 1024, 5000].map { rowCount in
      MechanismProbe.half(TrainingTasks(sampleData(rowCount: rowCount))).batchRows
    }
    #expect(halves == [1, 1, 1, 49, 512, 512])
  }

  @Test("single tasks have norms, cosines within and losses; tuning reads no test part")
  func single() throws {
    var run = SampleRun(training: ["mechanism": "2"], tasks: [2])
    let outcome = try run.run()
    #expect(outcome.mechanism.allSatisfy { $0.taskA == 2 && $0.taskB == nil })
    #expect(outcome.values(.cosine).isEmpty && outcome.values(.norm).count == 2)
    let loss = try #require(outcome.metrics.first { $0.part == .test && $0.name == "log_loss" })
    #expect(outcome.values(.testLoss) == [loss.value])
    #expect(outcome.mechanism.last?.step == outcome.checkpointStep)
    run.training["test"] = "false"
    let blind = try run.run()
    #expect(blind.values(.testLoss).isEmpty && blind.values(.meanLoss).isEmpty)
    #expect(blind.values(.norm) == outcome.values(.norm))
  }
}
