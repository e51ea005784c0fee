internal import Kernels
internal import Networks
internal import Settings
internal import Training
internal import Weighting

/// Reads network and training settings as a run will, so that mistakes show before any training.
enum ProblemChecks {
  /// Any rate will do where training settings are only checked; the real ones come from tuning.
  private static let probeRate = "1e-3"
  private static let rateKey = "learning_rate"
  private static let batchKey = "batch"

  /// The network's settings, defaults included.
  ///
  /// - Parameters:
  ///   - table: What the suite says.
  ///   - path: Its key path, for messages.
  ///   - form: What the problem's inputs are; nil where that is not known.
  /// - Returns: All network settings, defaults included.
  /// - Throws: `SettingsError` for an unknown key or a bad value.
  @discardableResult
  static func network(
    _ table: SettingsTable,
    path: String,
    form: InputForm? = nil
  ) throws(SettingsError) -> CanonicalTable {
    var reader = SettingsReader(table, path: path)
    _ = try NetworkSettings(settings: &reader, form: form)
    return reader.resolved
  }

  /// What the tasks of a problem have in common in a network of these settings.
  static func sharing(
    _ settings: CanonicalTable,
    taskCount: Int,
    form: InputForm
  ) throws(SettingsError) -> MethodContext.Sharing {
    var reader = SettingsReader(settings.table, path: "network")
    let found = try NetworkSettings(settings: &reader).sharing(taskCount: taskCount, form: form)
    return found.hasShared ? (found.hasRepresentation ? .representation : .layers) : .nothing
  }

  /// Rows of a batch by training settings that were checked.
  static func batchRows(_ settings: CanonicalTable) throws(SettingsError) -> Int {
    var reader = SettingsReader(settings.table.adding(rateKey, probeRate), path: "training")
    return try TrainingSettings(settings: &reader).batchRows
  }

  /// Refuses batches that a network cannot be trained on.
  ///
  /// - Parameters:
  ///   - settings: The network's, defaults included.
  ///   - rows: Rows of a batch.
  ///   - training: What the suite says of training.
  ///   - path: Its key path, for messages.
  /// - Throws: `SettingsError` with the place of `batch`.
  static func batch(
    _ settings: CanonicalTable,
    rows: Int,
    training: SettingsTable,
    path: String
  ) throws(SettingsError) {
    var reader = SettingsReader(settings.table, path: "network")
    guard let objection = try NetworkSettings(settings: &reader).objection(toBatchRows: rows) else {
      return
    }
    let entry = training.entries.first { $0.key == batchKey }
    throw .setting(
      entry?.keyPlace ?? training.place,
      path: "\(path).\(batchKey)",
      .other(objection)
    )
  }

  /// The training settings, defaults included, without the learning rate.
  ///
  /// - Throws: `SettingsError` for an unknown key, a bad value, or a learning rate.
  @discardableResult
  static func training(_ table: SettingsTable, path: String) throws(SettingsError) -> CanonicalTable
  {
    if let entry = table.entries.first(where: { $0.key == rateKey }) {
      throw .setting(
        entry.keyPlace,
        path: "\(path).\(rateKey)",
        .other("the learning rate is tuned for every method; give tuning.learning_rates")
      )
    }
    var reader = SettingsReader(table.adding(rateKey, probeRate), path: path)
    do throws(SettingsError) {
      _ = try TrainingSettings(settings: &reader)
      _ = try OptimizerRegistry.make(settings: &reader)
      try reader.finish()
    } catch .setting(let place, let path, .unknownKey(let key, let known)) {
      throw .setting(place, path: path, .unknownKey(key, known: known.filter { $0 != rateKey }))
    }
    var resolved = reader.resolved
    resolved[rateKey] = nil
    return resolved
  }
}
