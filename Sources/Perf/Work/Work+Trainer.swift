import Kernels
import Networks
import Problems
import Settings
import Training
import Weighting

extension Work {
  /// What a suite would say of the network.
  func networkSettings() throws -> NetworkSettings {
    var settings = SettingsReader(try YAMLReader.read(networkText, file: "perf"))
    return try NetworkSettings(settings: &settings, form: form)
  }

  /// The network of this work, its parameters all zero.
  func makeNetwork() throws -> Network {
    let shape = NetworkShape(
      input: form,
      outputCounts: outputCounts,
      taskIndices: Array(tasks.indices),
      batchRows: batchRows
    )
    return try networkSettings().makeNetwork(shape, kernels: .best)
  }

  /// A training of this work by Adam at its start.
  ///
  /// - Parameters:
  ///   - method: A name of the registry that needs no settings.
  ///   - data: As `makeData` gives it.
  /// - Returns: The training before its first step.
  /// - Throws: `SettingsError` for an unknown method.
  func makeTrainer(_ method: String, _ data: ProblemData) throws -> Trainer {
    let taskSet = TrainingTasks(data)
    let network = try makeNetwork()
    network.initialize(seed: 1)
    var optimizer = SettingsReader(try YAMLReader.read("optimizer: adam", file: "perf"))
    var settings = SettingsReader(try YAMLReader.read("scale: sum", file: "perf"))
    let adam = try OptimizerRegistry.make(settings: &optimizer)
    let trainer = Trainer(
      network: network,
      tasks: taskSet,
      optimizer: adam,
      method: try WeightingRegistry.make(
        method,
        context: MethodContext(network, taskSet, adam, epochSteps: rowCount / batchRows),
        settings: &settings
      ),
      draws: WeightingDraws(RandomStream(seed: 1, purpose: .weighting)),
      kernels: .best
    )
    trainer.statistics.learningRate = 1e-3
    return trainer
  }
}
