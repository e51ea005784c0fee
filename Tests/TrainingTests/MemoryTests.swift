import CMeasure
import Kernels
import Networks
import Problems
import Settings
import Testing
import Weighting

@testable import Training

@Suite("Memory of a run")
struct MemoryTests {
  @Test("is what its buffers hold, worked by hand")
  func worked() throws {
    // Floats of the flat vectors: trunk (6 + 1) * 16 and (8 + 1) * 16, fan (7 + 1) * 16, since rows
    // are padded to 16: 384. Four of them: parameters, gradient, two moments.
    let vectors = 4 * 384
    // 16 rows each: inputs, two trunk layers, fan; gradients at the fan, at two layers, and one a
    // task at the last. Transposed: fan 6 rows, second layer 7 rows.
    let batch = 16 * 16 * (4 + 3 + 3) + 16 * (6 + 7)
    // Task weights, padded.
    let floats = vectors + batch + 16
    // Losses, norms, slopes, weights of trunk and heads, losses after the step: 3 each; Gramian and
    // cross Gramian: 9 each.
    let doubles = 6 * 3 + 2 * 9
    #expect(try bytes("name: equal") == 4 * floats + 8 * doubles)
    // Task gradients at the 256 shared parameters, and 3 task gradients' worth of PCGrad's own.
    let more = try bytes("name: pcgrad") - bytes("name: equal")
    #expect(more >= 4 * 3 * 256)
    #expect(more < 4 * 3 * 256 + 8 * 64)
  }

  @Test("is the same for every seed, with diagnostics and any number of evaluations")
  func fixed() throws {
    let first = try bytes("name: moco")
    for run in [
      SampleRun(method: "name: moco", seed: 9),
      SampleRun(method: "name: moco", training: ["diagnostics": "5", "evaluations": "9"]),
      SampleRun(method: "name: moco", training: ["checkpoint": "best", "steps": "7"]),
    ] {
      #expect(try run.run().memoryBytes == first)
    }
  }

  /// What is held beside buffers: objects, closures, lists of layers, what the system rounds up.
  private static let besideBuffers = 40_000

  @Test(
    "is what the method's trainer holds of the system's memory",
    .enabled(if: allocation_count() >= 0, "bytes cannot be counted here"),
    arguments: WeightingRegistry.ownNames
  )
  func asked(_ name: String) throws {
    _ = try made(name)  // what is made once in a process
    let (trainer, asked) = try made(name)
    let known = trainer.bufferBytes
    #expect(abs(asked - known) < Self.besideBuffers, "\(asked - known) of \(asked)")
  }

  private func bytes(_ method: String) throws -> Int {
    try SampleRun(method: method).run().memoryBytes
  }

  /// A trainer of a wide network after two steps, and the bytes that were taken for it.
  private func made(_ name: String) throws -> (Trainer, Int) {
    let data = sampleData()
    let tasks = TrainingTasks(data, indices: [0, 1, 2])
    let shape = NetworkShape(
      inputCount: data.inputCount,
      outputCounts: (0..<tasks.count).map { tasks[$0].outputCount },
      taskIndices: tasks.indices,
      batchRows: 16
    )
    var networkSettings = SettingsReader(
      try YAMLReader.read("trunk: [256, 256]", file: "test"),
      path: "network"
    )
    var training = SettingsReader(
      try YAMLReader.read("optimizer: adam", file: "test"),
      path: "training"
    )
    var settings = SettingsReader(
      try YAMLReader.read(methodTable(name), file: "test"),
      path: "method"
    )
    _ = try settings.text("name")
    let before = allocated_bytes()
    let network = try Network.make(
      shape: shape,
      kernels: .best,
      settings: &networkSettings
    )
    network.initialize(seed: 1)
    let optimizer = try OptimizerRegistry.make(settings: &training)
    let context = MethodContext(network, tasks, optimizer, epochSteps: 6)
    let trainer = Trainer(
      network: network,
      tasks: tasks,
      optimizer: optimizer,
      method: try WeightingRegistry.make(name, context: context, settings: &settings),
      draws: WeightingDraws(RandomStream(seed: 1, purpose: .weighting)),
      kernels: .best
    )
    let plan = BatchPlan(rowCount: 96, batchRows: 16)
    var sampler = BatchSampler(plan, seed: 1, purpose: .batches)
    var extra = ExtraSamplers(plan, seed: 1)
    for step in 0..<2 {
      let (rows, _) = sampler.advance()
      var batches = StepBatches(main: rows)
      extra.fill(&batches, for: trainer.method.rule.needs)
      trainer.statistics.step = step
      trainer.statistics.learningRate = 0.01
      #expect(trainer.step(batches) == nil)
    }
    return (trainer, Int(allocated_bytes() - before))
  }
}
