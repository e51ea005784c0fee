internal import FoundationEssentials
internal import Kernels
internal import Networks
internal import Settings
internal import Training
internal import Weighting

/// Replays `seed_example.json`: 50 Adam steps of a network with a 10-class and a 5-output head.
package enum SeedExampleReplay {
  /// Method and settings behind the names of the file.
  private static let methods: [String: (name: String, settings: [(key: String, value: String)])] =
    [
      "equal_sum": ("equal", [("reduction", "sum")]),
      "equal_mean": ("equal", [("reduction", "mean")]),
      "uw": ("uw", []),
      "gradnorm": ("gradnorm", [("layer", "all_shared")]),
      "pcgrad": ("pcgrad", []),
    ]

  /// - Throws: `VerificationError` for a file that does not follow the schema.
  package static func replay(_ file: JSONValue) throws(VerificationError) -> [ReplayOutcome] {
    try replayEach(try file.member("traces")) { (trace, id) throws(VerificationError) in
      let name = try trace.member("method").string()
      guard let method = methods[name] else {
        return ReplayOutcome(method: name, caseID: id, skipped: "unknown method '\(name)'")
      }
      do {
        let comparison = try compare(trace, file, method.name, method.settings)
        return ReplayOutcome(method: method.name, caseID: id, comparison: comparison)
      } catch let error as ReplaySettings.Unreplayable {
        return ReplayOutcome(method: method.name, caseID: id, skipped: error.reason)
      } catch {
        throw .badCase(id: id, reason: "\(error)")
      }
    }
  }

  private static func compare(
    _ trace: JSONValue,
    _ file: JSONValue,
    _ method: String,
    _ settings: [(key: String, value: String)]
  ) throws -> ReplayComparison {
    var replay = try training(file, method, settings)
    let batchCount = try file.member("batches").int()
    let isCycled = try trace.member("data").string() == "cycled"
    let losses = try trace.member("losses").matrix()
    let weights = try trace["weights"]?.matrix()
    let tolerance = try trace.member("tolerance")
    let bound =
      tolerance["relative_float32"] == nil
      ? TrainingReplay.float32Bound : try tolerance.tolerance("relative_float32")
    var comparison = ReplayComparison()
    for step in 0..<(try trace.member("steps").int()) {
      if replay.step(step, mainBatch: isCycled ? step % batchCount : 0) != nil {
        comparison.add(error: .infinity, tolerance: bound)
        return comparison
      }
      comparison.add(replay.trainer.statistics.losses, expected: losses[step], bound: bound)
      if let weights {
        comparison.add(replay.trainer.weights.shared, expected: weights[step], bound: bound)
      }
    }
    let final = try trace.member("final_losses_batch0").doubles()
    comparison.add(replay.losses(batch: 0), expected: final, bound: bound)
    let parameters = try trace.member("final_params")
    try replay.compareParameters(parameters, bound: bound, into: &comparison)
    return comparison
  }

  private static func training(
    _ file: JSONValue,
    _ method: String,
    _ settings: [(key: String, value: String)]
  ) throws -> TrainingReplay {
    let model = try model(file)
    let optimizer = try file.member("optimizer")
    let networkOptimizer = try TrainingReplay.optimizer(optimizer)
    let context = MethodContext(model.network, model.tasks, networkOptimizer, epochSteps: 1)
    let trainer = Trainer(
      network: model.network,
      tasks: model.tasks,
      optimizer: networkOptimizer,
      method: try ReplaySettings.method(
        method,
        variant: nil,
        hyper: nil,
        context: context,
        extra: settings
      ),
      draws: WeightingDraws(RandomStream(seed: 0, purpose: .weighting)),
      kernels: KernelTable.best
    )
    return TrainingReplay(
      model: model,
      trainer: trainer,
      batches: TrainingReplay.Batches(),
      epochSteps: 1,
      learningRate: try optimizer.member("lr").double()
    )
  }

  private static func model(_ file: JSONValue) throws -> ReplayModel {
    let description = try file.member("model")
    var heads: [[JSONValue]] = []
    for head in try description.member("heads").elements() { heads.append(try head.elements()) }
    var losses: [String] = []
    for loss in try description.member("losses").elements() { losses.append(try loss.string()) }
    var initial: [String: [Double]] = [:]
    for (name, packed) in try file.member("init").members() {
      initial[name] = try array(packed).values
    }
    let labels = try file.member("labels").doubles().map { [$0] }
    let regression = try rows(file.member("targets"))
    return try ReplayModel(
      trunk: try description.member("trunk").elements(),
      heads: heads,
      losses: losses,
      initial: initial,
      inputs: try rows(file.member("input")),
      targets: losses.map { $0 == "mse" ? regression : labels },
      batchCounts: Array(
        repeating: try file.member("batch").int(),
        count: try file.member("batches").int()
      ),
      used: [0]
    )
  }

  private static func rows(_ packed: JSONValue) throws(VerificationError) -> [[Double]] {
    let (shape, values) = try array(packed)
    let width = shape[shape.count - 1]
    return (0..<values.count / width).map { Array(values[$0 * width..<($0 + 1) * width]) }
  }

  /// An array of little-endian float32 in base64.
  private static func array(
    _ packed: JSONValue
  ) throws(VerificationError) -> (shape: [Int], values: [Double]) {
    let shape = try packed.member("shape").ints()
    guard let data = Data(base64Encoded: try packed.member("base64").string()),
      data.count == 4 * shape.reduce(1, *)
    else { throw packed.mistyped("base64 of float32 values in the given shape") }
    let bytes = [UInt8](data)
    let values = (0..<bytes.count / 4).map { index -> Double in
      var bits: UInt32 = 0
      for byte in 0..<4 { bits |= UInt32(bytes[4 * index + byte]) << UInt32(8 * byte) }
      return Double(Float(bitPattern: bits))
    }
    return (shape, values)
  }
}
