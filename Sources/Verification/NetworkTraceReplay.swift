internal import Kernels
internal import Networks
internal import Problems
internal import Settings
internal import Training
internal import Weighting

/// Replays `networks_traces.json`: short trainings of networks by all sharing schemes.
package enum NetworkTraceReplay {
  /// Replays the trainings of a file, whose networks stand in `networks.json` in the same folder.
  ///
  /// - Throws: `VerificationError` for a file that does not follow the schema.
  package static func replay(
    _ file: JSONValue,
    path: String
  ) throws(VerificationError) -> [ReplayOutcome] {
    let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
    let networksPath = folder + "networks.json"
    let networks = try networks(path: networksPath)
    return try replayEach(try file.member("traces")) { (trace, id) throws(VerificationError) in
      let network = try trace.member("network").string()
      guard let element = networks[network] else {
        throw .badCase(id: id, reason: "no network '\(network)' in \(networksPath)")
      }
      let scheme = try element.member("sharing").string()
      do {
        let comparison = try compare(trace, element, file, network)
        return ReplayOutcome(method: scheme, caseID: id, comparison: comparison)
      } catch let error as ReplaySettings.Unreplayable {
        return ReplayOutcome(method: scheme, caseID: id, skipped: error.reason)
      } catch {
        throw .badCase(id: id, reason: "\(error)")
      }
    }
  }

  private static func networks(path: String) throws(VerificationError) -> [String: JSONValue] {
    var networks: [String: JSONValue] = [:]
    for element in try JSONReader.read(path: path).member("cases").elements() {
      networks[try element.member("id").string()] = element
    }
    return networks
  }

  private static func compare(
    _ trace: JSONValue,
    _ element: JSONValue,
    _ file: JSONValue,
    _ name: String
  ) throws -> ReplayComparison {
    let model = try NetworkModel(element)
    let network = model.network
    let optimizerName = try trace.member("optimizer").string()
    let optimizer = try file.member("optimizers").member(optimizerName)
    let trainer = try trainer(
      model,
      method: try trace.member("method").string(),
      hyper: try trace.member("hyper"),
      heads: try trace["heads"]?.string(),
      optimizer: try TrainingReplay.optimizer(optimizer)
    )
    var replay = TrainingReplay(
      model: model.model,
      trainer: trainer,
      batches: TrainingReplay.Batches(),
      epochSteps: 1,
      learningRate: try optimizer.member("lr").double()
    )
    let bound = TrainingReplay.float32Bound
    let losses = try trace.member("losses").matrix()
    let weights = try trace["weights"]?.matrix()
    let penalties = try trace["penalties"]?.doubles()
    let norms = try trace["shared_grad_l2"]?.doubles()
    let drawn = file["draws"]?[name]
    var comparison = ReplayComparison()
    for step in 0..<(try trace.member("steps").int()) {
      if let orders = try trace["orders"]?.elements(), step < orders.count {
        var given: [[Int]] = []
        for order in try orders[step].elements() { given.append(try order.ints()) }
        trainer.draws.script(orders: given)
      }
      trainer.scriptedDraws = try NetworkReplay.draws(drawn, step: step)
      if let penalties {
        _ = replay.losses(batch: 0)  // selectors' penalties are those of a batch
        comparison.add([network.penalty], expected: [penalties[step]], bound: bound)
      }
      guard replay.step(step) == nil else {
        comparison.add(error: .infinity, tolerance: bound)
        return comparison
      }
      comparison.add(trainer.statistics.losses, expected: losses[step], bound: bound)
      if let weights {
        comparison.add(trainer.weights.shared, expected: weights[step], bound: bound)
      }
      if let norms {
        comparison.add([trainer.sharedGradientNorm()], expected: [norms[step]], bound: bound)
      }
      try TraceReplay.compareState(trace["method_state"], step: step, replay, &comparison)
    }
    let final = try trace.member("final_losses").doubles()
    let evaluator = evaluated(model)
    comparison.add(model.losses(of: evaluator.outputs), expected: final, bound: bound)
    withExtendedLifetime(evaluator) {}
    let parameters = try trace.member("final_params")
    try replay.compareParameters(parameters, bound: bound, into: &comparison)
    return comparison
  }

  /// A trainer of a case's network.
  static func trainer(
    _ model: NetworkModel,
    method: String,
    hyper: JSONValue? = nil,
    heads: String? = nil,
    optimizer: (any Optimizer)? = nil
  ) throws -> Trainer {
    var table = CanonicalTable()
    table["optimizer"] = .text("sgd")
    var settings = SettingsReader(table.table, path: "optimizer")
    let optimizer = try optimizer ?? OptimizerRegistry.make(settings: &settings)
    return Trainer(
      network: model.network,
      tasks: model.model.tasks,
      optimizer: optimizer,
      method: try ReplaySettings.method(
        method,
        variant: nil,
        hyper: hyper,
        context: MethodContext(model.network, model.model.tasks, optimizer, epochSteps: 1),
        extra: TraceReplay.headSettings[heads ?? ""] ?? []
      ),
      draws: WeightingDraws(RandomStream(seed: 0, purpose: .weighting)),
      kernels: KernelTable.best
    )
  }

  /// An evaluator of a case's network, with the outputs on its batch; they live as long as it does.
  static func evaluated(_ model: NetworkModel) -> Evaluator {
    let inputs = model.model.tasks.data.train.inputs.view
    let evaluator = model.network.makeEvaluator(rowCount: inputs.rows)
    evaluator.evaluate(inputs)
    return evaluator
  }
}
