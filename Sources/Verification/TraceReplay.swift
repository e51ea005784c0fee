internal import Kernels
internal import Networks
internal import Settings
internal import Training
internal import Weighting

/// Replays `traces.json`: whole trainings of small networks.
package enum TraceReplay {
  /// Settings behind the file's names of head conventions; others are native to their method.
  static let headSettings: [String: [(key: String, value: String)]] = [
    "own": [("heads", "own")],
    "weighted": [("heads", "weighted")],
    "mean_of_three_batches": [("head_batches", "mean")],
    "sum_of_three_batches": [("head_batches", "sum")],
  ]

  /// - Throws: `VerificationError` for a file that does not follow the schema.
  package static func replay(_ file: JSONValue) throws(VerificationError) -> [ReplayOutcome] {
    try replayEach(try file.member("traces")) { (trace, id) throws(VerificationError) in
      let method = try trace.member("method").string()
      do {
        return ReplayOutcome(method: method, caseID: id, comparison: try compare(trace, file))
      } catch let error as ReplaySettings.Unreplayable {
        return ReplayOutcome(method: method, caseID: id, skipped: error.reason)
      } catch VerificationError.badCase(let part, let reason) {
        return ReplayOutcome(method: method, caseID: id, skipped: "\(part): \(reason)")
      } catch {
        throw .badCase(id: id, reason: "\(error)")
      }
    }
  }

  private static func compare(_ trace: JSONValue, _ file: JSONValue) throws -> ReplayComparison {
    let problemName = try trace.member("problem").string()
    let problem = try file.member("problems").member(problemName)
    let draws = file["draws"]?[problemName]
    var replay = try training(trace, file, problem)
    let steps = try trace.member("steps").int()
    let losses = try trace.member("losses").matrix()
    let weights = try trace["weights"]?.matrix()
    let norms = try trace["shared_grad_l2"]?.doubles()
    let bound = TrainingReplay.float32Bound
    var comparison = ReplayComparison()
    for step in 0..<steps {
      try script(draws, step: step, replay)
      comparison.add(replay.losses(batch: 0), expected: losses[step], bound: bound)
      if replay.step(step) != nil {
        comparison.add(error: .infinity, tolerance: bound)
        return comparison
      }
      if let weights {
        comparison.add(replay.trainer.weights.shared, expected: weights[step], bound: bound)
      }
      if let norms {
        let norm = replay.trainer.sharedGradientNorm()
        comparison.add([norm], expected: [norms[step]], bound: bound)
      }
      try compareState(trace["method_state"], step: step, replay, &comparison)
    }
    let final = try trace.member("final_losses").doubles()
    comparison.add(replay.losses(batch: 0), expected: final, bound: bound)
    let parameters = try trace.member("final_params")
    try replay.compareParameters(parameters, bound: bound, into: &comparison)
    return comparison
  }

  private static func training(
    _ trace: JSONValue,
    _ file: JSONValue,
    _ problem: JSONValue
  ) throws -> TrainingReplay {
    let batches = try batches(trace.member("hyper"))
    let model = try model(problem, using: batches)
    let optimizerName = try trace.member("optimizer").string()
    let optimizer = try file.member("optimizers").member(optimizerName)
    let networkOptimizer = try TrainingReplay.optimizer(optimizer)
    let epochSteps = try trace["epoch_steps"]?.int() ?? 1
    let context = MethodContext(
      model.network,
      model.tasks,
      networkOptimizer,
      epochSteps: epochSteps
    )
    let trainer = Trainer(
      network: model.network,
      tasks: model.tasks,
      optimizer: networkOptimizer,
      method: try ReplaySettings.method(
        try trace.member("method").string(),
        variant: try trace["variant"]?.string(),
        hyper: try trace.member("hyper"),
        context: context,
        extra: headSettings[try trace["heads"]?.string() ?? ""] ?? []
      ),
      draws: WeightingDraws(RandomStream(seed: 0, purpose: .weighting)),
      kernels: KernelTable.best
    )
    return TrainingReplay(
      model: model,
      trainer: trainer,
      batches: batches,
      epochSteps: epochSteps,
      learningRate: try optimizer.member("lr").double()
    )
  }

  private static func model(
    _ problem: JSONValue,
    using used: TrainingReplay.Batches
  ) throws -> ReplayModel {
    var inputs: [[Double]] = []
    let taskCount = try problem.member("tasks").elements().count
    var targets = Array(repeating: [[Double]](), count: taskCount)
    var counts: [Int] = []
    for batch in try problem.member("batches").elements() {
      let batchInputs = try batch.member("input").matrix()
      counts.append(batchInputs.count)
      inputs += batchInputs
      for (task, values) in try batch.member("targets").elements().enumerated() {
        targets[task] += try rows(values)
      }
    }
    var initial: [String: [Double]] = [:]
    for (name, values) in try problem.member("init").members() {
      initial[name] = try rows(values).flatMap { $0 }
    }
    var heads: [[JSONValue]] = []
    for head in try problem.member("heads").elements() { heads.append(try head.elements()) }
    var losses: [String] = []
    for task in try problem.member("tasks").elements() {
      losses.append(try task.member("loss").string())
    }
    return try ReplayModel(
      trunk: try problem.member("trunk").elements(),
      heads: heads,
      losses: losses,
      initial: initial,
      inputs: inputs,
      targets: targets,
      batchCounts: counts,
      used: used.used
    )
  }

  /// A list of rows, or of single numbers as rows of one.
  static func rows(_ values: JSONValue) throws(VerificationError) -> [[Double]] {
    var rows: [[Double]] = []
    for element in try values.elements() {
      if element.elementsIfAny != nil {
        rows.append(try element.doubles())
      } else {
        rows.append([try element.double()])
      }
    }
    return rows
  }

  /// Batches by number: `batches` of a rule with three, or those of Auto-lambda.
  private static func batches(_ hyper: JSONValue) throws -> TrainingReplay.Batches {
    var batches = TrainingReplay.Batches()
    if let three = try hyper["batches"]?.ints(), three.count == 3 {
      batches.first = three[0]
      batches.second = three[1]
      batches.main = three[2]
    }
    batches.main = try hyper["train_batch"]?.int() ?? batches.main
    batches.lookAhead = try hyper["validation_batch"]?.int()
    return batches
  }

  /// Makes the random draws of a step those that the file gives.
  private static func script(
    _ draws: JSONValue?,
    step: Int,
    _ replay: TrainingReplay
  ) throws(VerificationError) {
    if let orders = try draws?["pcgrad_orders"]?.elements(), step < orders.count {
      var given: [[Int]] = []
      for order in try orders[step].elements() { given.append(try order.ints()) }
      replay.trainer.draws.script(orders: given)
    }
    if let normals = try draws?["rlw_normals"]?.elements(), step < normals.count {
      replay.trainer.draws.script(normals: try normals[step].doubles())
    }
    if let uniforms = try draws?["graddrop_uniforms"]?.elements(), step < uniforms.count {
      let values = try uniforms[step].doubles()
      replay.trainer.draws.script(uniforms: replay.model.sharedOrder(values))
    }
  }

  static func compareState(
    _ expected: JSONValue?,
    step: Int,
    _ replay: TrainingReplay,
    _ comparison: inout ReplayComparison
  ) throws(VerificationError) {
    for (name, series) in try expected?.members() ?? [] {
      let values = try series.elements()[step].doubles()
      let stateName = ReplaySettings.stateName(name)
      let state = replay.trainer.method.rule.state.first { $0.name == stateName }
      comparison.add(
        state?.values ?? [],
        expected: values,
        bound: TrainingReplay.float32Bound
      )
    }
  }
}
