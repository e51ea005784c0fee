internal import Kernels
internal import Networks
internal import Settings
internal import Training
internal import Weighting

/// Replays one reference training on the trainer that every run uses, in float32, and compares.
struct TrainingReplay {
  /// What a file in float64 can demand of a training in float32: |x - e| <= bound * max(1, |e|).
  static let float32Bound = 1e-3

  let model: ReplayModel
  let trainer: Trainer
  /// Numbers of the batches that every step reads.
  let batches: Batches
  let epochSteps: Int
  let learningRate: Double

  struct Batches {
    var main = 0
    var first: Int?
    var second: Int?
    var lookAhead: Int?

    /// All of them, and the first of the file, whose losses are reported.
    var used: [Int] { [0, main] + [first, second, lookAhead].compactMap { $0 } }
  }

  /// Makes one step.
  ///
  /// - Returns: Why it could not be made; nil when it was.
  mutating func step(_ index: Int, mainBatch: Int? = nil) -> StepFailure? {
    trainer.statistics.step = index
    trainer.statistics.epoch = index / epochSteps
    trainer.statistics.endsEpoch = (index + 1).isMultiple(of: epochSteps)
    trainer.statistics.learningRate = learningRate
    let main = rows(mainBatch ?? batches.main)
    let first = rows(batches.first ?? 0)
    let second = rows(batches.second ?? 0)
    let lookAhead = rows(batches.lookAhead ?? 0)
    return unsafe main.withUnsafeBufferPointer { main in
      unsafe first.withUnsafeBufferPointer { first in
        unsafe second.withUnsafeBufferPointer { second in
          unsafe lookAhead.withUnsafeBufferPointer { lookAhead in
            guard let start = main.baseAddress else { return nil }
            var step = unsafe StepBatches(main: start)
            unsafe step.first = first.baseAddress
            unsafe step.second = second.baseAddress
            unsafe step.lookAhead = lookAhead.baseAddress
            return trainer.step(step)
          }
        }
      }
    }
  }

  /// The optimizer that a file describes by `type`, `betas`, `eps`, `momentum`, `weight_decay`.
  static func optimizer(_ description: JSONValue) throws -> any Optimizer {
    var table = CanonicalTable()
    table["optimizer"] = .text(try description.member("type").string())
    if let betas = try description["betas"]?.doubles() {
      table["betas"] = .list(betas.map { .number($0) })
    }
    for (key, setting) in [
      ("eps", "epsilon"), ("momentum", "momentum"), ("weight_decay", "weight_decay"),
    ] {
      if let value = try description[key]?.double() { table[setting] = .number(value) }
    }
    var settings = SettingsReader(table.table, path: "optimizer")
    return try OptimizerRegistry.make(settings: &settings)
  }

  /// Losses of a batch at the parameters as they are.
  func losses(batch: Int) -> [Double] {
    let rows = rows(batch)
    return unsafe rows.withUnsafeBufferPointer { rows in
      guard let start = rows.baseAddress else { return [] }
      return unsafe trainer.losses(of: start)
    }
  }

  private func rows(_ batch: Int) -> [Int32] {
    let first = Int32(model.batchStarts[batch])
    return (first..<first + Int32(model.batchRows)).map { $0 }
  }

  /// Compares the network's parameters with `{tensor: {sum, l2, …}}`.
  func compareParameters(
    _ expected: JSONValue,
    bound: Double,
    into comparison: inout ReplayComparison
  ) throws(VerificationError) {
    let vectors =
      model.network.tensors.map { ($0.name, model.values(of: $0)) }
      + model.network.states.map { ($0.name, model.state($0)) }
    for (name, values) in vectors {
      let summary = try expected.member(name)
      let sum = values.reduce(0, +)
      let norm = values.reduce(0) { $0 + $1 * $1 }.squareRoot()
      comparison.add([sum], expected: [try summary.member("sum").double()], bound: bound)
      comparison.add([norm], expected: [try summary.member("l2").double()], bound: bound)
    }
  }
}

extension ReplayComparison {
  /// Differences against `bound * max(1, |e|)` of each entry.
  mutating func add(_ found: [Double], expected: [Double], bound: Double) {
    guard found.count == expected.count else {
      add(error: .infinity, tolerance: bound)
      return
    }
    for (x, e) in zip(found, expected) {
      add(error: abs(x - e) / max(1, abs(e)), tolerance: bound)
    }
  }
}
