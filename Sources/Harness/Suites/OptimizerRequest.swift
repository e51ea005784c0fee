internal import Settings
internal import Training

/// An optimizer as the suite file asks for it: every problem is run under each, with a range of
/// learning rates of its own.
struct OptimizerRequest: Sendable {
  /// What tables call it.
  let label: String
  let name: String
  /// The optimizer's name and settings, which stand over those of `training`; nil for what that says.
  let training: SettingsTable?
  let tuning: TuningBudget

  /// Reads `optimizers`.
  ///
  /// Elements are names, or tables with `optimizer`, its settings, perhaps `learning_rates` and `label`.
  /// Without any, it is the one that `training` names.
  static func list(
    _ reader: inout SettingsReader,
    _ tuning: TuningBudget
  ) throws(SettingsError) -> [OptimizerRequest] {
    var requests: [OptimizerRequest] = []
    for (index, element) in try reader.settings("optimizers").enumerated() {
      let path = "optimizers[\(index)]"
      let request = try OptimizerRequest(element, path: path, tuning)
      guard !requests.contains(where: { $0.label == request.label }) else {
        throw .setting(
          element.place,
          path: path,
          .other("optimizer '\(request.label)' is there twice; give one of the two a label")
        )
      }
      requests.append(request)
    }
    return requests.isEmpty
      ? [OptimizerRequest(label: "", name: "", training: nil, tuning: tuning)] : requests
  }

  private init(label: String, name: String, training: SettingsTable?, tuning: TuningBudget) {
    self.label = label
    self.name = name
    self.training = training
    self.tuning = tuning
  }

  private init(
    _ setting: Setting,
    path: String,
    _ tuning: TuningBudget
  ) throws(SettingsError) {
    var table = SettingsTable([], at: setting.place)
    if case .scalar = setting.value {
      table = table.adding("optimizer", try setting.value(as: .text, path: path))
    } else {
      table = try setting.table(path: path)
    }
    var reader = SettingsReader(table, path: path)
    name = try reader.text("optimizer")
    label = try reader.optionalText("label") ?? name
    self.tuning = try tuning.withRates(of: &reader)
    let training = table.removing(["learning_rates", "label"])
    try ProblemChecks.training(training, path: path)
    self.training = training
  }
}
