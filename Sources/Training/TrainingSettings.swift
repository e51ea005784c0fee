package import Settings
package import Statistics

/// How long and how a run trains, apart from its optimizer's own settings.
///
/// Settings: `learning_rate` (required, 1e-8 to 100), `schedule` (`constant`, the default, or
/// `cosine`), `batch` (default 32), one of `steps` and `epochs` (default 20 epochs), `checkpoint`
/// (`best`, the default, `relative` or `last`: see `CheckpointRule`), `evaluations` (times the
/// validation loss is measured, default 10), `diagnostics` (number of steps at which losses, weights,
/// gradient norms and cosines are recorded, spread evenly, default 0), `mechanism` (number of steps at
/// which task gradients are compared on a large batch, spread evenly, default 0), `test` (whether the
/// test part is measured, after training, at the checkpoint of every rule; default true, and always
/// false in tuning runs).
package struct TrainingSettings: Hashable, Sendable {
  package enum Schedule: String, CaseIterable, Sendable {
    case constant
    case cosine
  }

  package enum Length: Hashable, Sendable {
    case steps(Int)
    case epochs(Int)
  }

  package let learningRate: Double
  package let schedule: Schedule
  package let batchRows: Int
  package let length: Length
  package let checkpoint: CheckpointRule
  package let evaluationCount: Int
  package let diagnosticCount: Int
  package let mechanismCount: Int
  package let measuresTest: Bool

  /// - Throws: `SettingsError` for a bad value, or for both `steps` and `epochs`.
  package init(settings: inout SettingsReader) throws(SettingsError) {
    learningRate = try settings.number("learning_rate", default: nil, in: 1e-8...100)
    let schedule = try settings.choice(
      "schedule",
      of: Schedule.allCases.map { $0.rawValue },
      default: Schedule.constant.rawValue
    )
    self.schedule = Schedule(rawValue: schedule) ?? .constant
    batchRows = try settings.count("batch", default: 32, in: 1...65_536)
    if let steps = try settings.optionalCount("steps", in: 1...100_000_000) {
      guard !settings.has("epochs") else {
        throw settings.error("epochs", "give either steps or epochs, not both")
      }
      length = .steps(steps)
    } else {
      length = .epochs(try settings.count("epochs", default: 20, in: 1...1_000_000))
    }
    let checkpoint = try settings.choice(
      "checkpoint",
      of: CheckpointRule.allCases.map { $0.rawValue },
      default: CheckpointRule.standard.rawValue
    )
    self.checkpoint = CheckpointRule(rawValue: checkpoint) ?? .standard
    evaluationCount = try settings.count("evaluations", default: 10, in: 1...100_000)
    diagnosticCount = try settings.count("diagnostics", default: 0, in: 0...100_000)
    mechanismCount = try settings.count("mechanism", default: 0, in: 0...100_000)
    measuresTest = try settings.flag("test", default: true)
  }

  /// Number of steps for data that has `epochSteps` steps in an epoch.
  package func stepCount(epochSteps: Int) -> Int {
    switch length {
    case .steps(let count): count
    case .epochs(let count): count * epochSteps
    }
  }
}
