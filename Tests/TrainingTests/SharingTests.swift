import Kernels
import Networks
import Problems
import Settings
import Testing
import Training
import Weighting

@Suite("Methods on every network")
struct SharingTests {
  /// The methods that read gradients at one representation, which only hard sharing has.
  static let atRepresentation = ["mgda_ub"]

  @Test(
    "every method trains on every sharing scheme or is refused in one sentence",
    arguments: SharingRegistry.names,
    WeightingRegistry.ownNames
  )
  func product(_ sharing: String, _ name: String) throws {
    let run = SampleRun(
      method: methodTable(name),
      training: ["steps": "6", "evaluations": "2"],
      network: "{trunk: [8, 7], sharing: \(sharing)}"
    )
    do {
      let outcome = try run.run()
      #expect(outcome.status == .finished)
      #expect(outcome.losses(.validation).allSatisfy { $0.isFinite })
      #expect(sharing == "hard" || !Self.atRepresentation.contains(name))
    } catch let error as SettingsError {
      let text = "\(error)"
      if sharing == "soft" {
        #expect(
          text.hasSuffix(
            ": \(name) weighs the tasks' gradients at shared parameters, and this network shares "
              + "nothing: choose a loss weighting method or another 'sharing'"
          )
        )
      } else {
        #expect(sharing != "hard" && Self.atRepresentation.contains(name), "\(text)")
        #expect(
          text.hasSuffix(
            ": \(name) weighs the tasks' gradients at one representation, which this network does not "
              + "have: choose another method, or 'sharing: hard'"
          )
        )
      }
    }
  }

  /// Trunks that read images and sequences, with the form that the six inputs of the sample take.
  static let spatial: [(trunk: String, form: InputForm)] = [
    (
      "{kind: conv, channels: [3, 4], pool: 1, dense: [5]}, norm: batch",
      .image(channels: 1, height: 2, width: 3)
    ),
    (
      "{kind: conv, channels: [3], kernel: 2, padding: 1, dense: []}, dropout: 0.2",
      .sequence(length: 2, width: 3)
    ),
    (
      "{kind: transformer, width: 4, heads: 2, layers: 1, activation: gelu, pooling: cls}",
      .sequence(length: 3, width: 2)
    ),
  ]

  @Test("running statistics are those of the checkpoint, and of the seed alone")
  func runningStatistics() throws {
    let network = "{trunk: {kind: conv, channels: [3], pool: 1, dense: [5]}, norm: batch}"
    let data = sampleData(form: .image(channels: 1, height: 2, width: 3))
    let run = SampleRun(training: ["checkpoint": "best"], network: network)
    let first = try run.run(on: data).untimed
    #expect(try run.run(on: data).untimed == first)
    // One step that hardly moves parameters: all that evaluation sees are the running statistics, which
    // a method moves no more that runs the network again after its step or on other batches.
    func losses(_ method: String) throws -> [Double] {
      let training = ["steps": "1", "evaluations": "1", "learning_rate": "1e-7"]
      let run = SampleRun(method: method, training: training, network: network)
      return try run.run(on: data).losses(.validation)
    }
    let equal = try losses("name: equal")
    #expect(equal.prefix(3) != equal.suffix(3))
    for method in ["name: famo", "name: auto_lambda", "name: modo"] {
      let others = try losses(method)
      #expect(zip(equal, others).allSatisfy { abs($0 - $1) < 1e-4 }, "\(method)")
    }
  }

  @Test("soft sharing without penalty is training alone on the same batches, bit for bit")
  func softAlone() throws {
    let together = try SampleRun(network: "{trunk: [8, 7], sharing: soft, lambda: 0}").run()
    for task in 0..<3 {
      let alone = try SampleRun(tasks: [task]).run()
      let losses = together.evaluations.filter { $0.task == task }
      #expect(losses == alone.evaluations, "task \(task)")
    }
  }

  @Test(
    "units of cross-stitch networks go as many times as far as their factor says",
    arguments: [
      ("equal", "sgd"), ("equal", "adam"), ("pcgrad", "adamw"),
    ]
  )
  func stitchRate(_ method: String, _ optimizer: String) throws {
    func step(_ factor: Int) throws -> (before: [Double], after: [Double], units: Set<Int>) {
      var reader = SettingsReader(
        try YAMLReader.read(
          "{sharing: cross_stitch, trunk: [4, 4], stitch_lr: \(factor)}",
          file: "test"
        )
      )
      let tasks = TrainingTasks(sampleData(), indices: [0, 1, 2])
      let network = try Network.make(
        shape: NetworkShape(
          inputCount: tasks.data.inputCount,
          outputCounts: (0..<3).map { tasks[$0].outputCount },
          taskIndices: [0, 1, 2],
          batchRows: 8
        ),
        kernels: .best,
        settings: &reader
      )
      network.initialize(seed: 1)
      var settings = SettingsReader(try YAMLReader.read("{optimizer: \(optimizer)}", file: "test"))
      let optimizer = try OptimizerRegistry.make(settings: &settings)
      var own = SettingsReader(try YAMLReader.read("{}", file: "test"))
      let trainer = Trainer(
        network: network,
        tasks: tasks,
        optimizer: optimizer,
        method: try WeightingRegistry.make(
          method,
          context: MethodContext(network, tasks, optimizer, epochSteps: 1),
          settings: &own
        ),
        draws: WeightingDraws(RandomStream(seed: 1, purpose: .weighting)),
        kernels: .best
      )
      func values() -> [Double] {
        (0..<network.parameterCount).map { Double(network.parameters.start[$0]) }
      }
      let before = values()
      trainer.statistics.learningRate = 0.01
      let rows = Array(Int32(0)..<8)
      let failure = try rows.withUnsafeBufferPointer { rows in
        trainer.step(StepBatches(main: try #require(rows.baseAddress)))
      }
      #expect(failure == nil)
      let units = network.tensors.filter { $0.name.hasPrefix("stitches.") }.flatMap { tensor in
        (0..<tensor.outputCount).map { tensor.position(output: $0, input: 0) }
      }
      return (before, values(), Set(units))
    }
    let (before, plain, units) = try step(1)
    let (_, stretched, _) = try step(10)
    #expect(units.count == 18)
    for index in before.indices where !units.contains(index) {
      #expect(plain[index] == stretched[index])
    }
    for index in units {
      let way = plain[index] - before[index]
      #expect(way != 0)
      #expect(abs(stretched[index] - before[index] - 10 * way) < 1e-5)
    }
  }

  @Test("penalties are written down apart from the losses, after every evaluation but the first")
  func penalties() throws {
    let training = ["steps": "6", "evaluations": "2"]
    func outcome(_ sharing: String) throws -> RunOutcome {
      try SampleRun(training: training, network: "{trunk: [8, 7], sharing: \(sharing)}").run()
    }
    let soft = try outcome("soft")
    #expect(soft.penalties.map { $0.step } == [3, 6])
    #expect(soft.penalties.allSatisfy { $0.value > 0 })
    #expect(try outcome("soft, lambda: 0").penalties.map { $0.value } == [0, 0])
    #expect(try outcome("hard").penalties.isEmpty)
  }

  @Test("the same bits on every instruction set with a fused multiply-add")
  func sameBits() throws {
    for sharing in SharingRegistry.names {
      let run = SampleRun(network: "{trunk: [18, 7], sharing: \(sharing)}")
      let outcomes = try fusedSets.map { try run.run(kernels: KernelTable($0)).untimed }
      #expect(outcomes.allSatisfy { $0 == outcomes.first }, "\(sharing)")
      for (trunk, form) in Self.spatial where sharing != "low_rank" {
        let run = SampleRun(network: "{trunk: \(trunk), sharing: \(sharing)}")
        let outcomes = try fusedSets.map {
          try run.run(on: sampleData(form: form), kernels: KernelTable($0)).untimed
        }
        #expect(outcomes.allSatisfy { $0 == outcomes.first }, "\(sharing) \(trunk)")
      }
    }
  }
}
