internal import Settings

/// The preference among tasks that several gradient rules take: one number for each task.
struct TaskPreference {
  /// Shape [taskCount].
  let values: [Double]
  /// The factor that brings weights made from the preference to the sum scale: the number of tasks
  /// over the sum of their preferences, for a list those of all tasks of the run.
  let sumFactor: Double

  /// Reads `preference`: `uniform` (the default: 1/K each), `ones`, or a list of K numbers.
  ///
  /// - Parameters:
  ///   - settings: The method's keys.
  ///   - context: The tasks.
  /// - Throws: `SettingsError` for another word or a list of another length.
  init(_ settings: inout SettingsReader, _ context: MethodContext) throws(SettingsError) {
    let range = 0...1e6
    if case .list = settings.rawSetting("preference")?.value {
      let count = context.allTaskCount...context.allTaskCount
      let all = try settings.numbers("preference", default: nil, in: range, count: count)
      sumFactor = Self.sumFactor(of: all)
      values = context.present?.map { all[$0] } ?? all
    } else {
      let word = try settings.choice("preference", of: ["uniform", "ones"], default: "uniform")
      let value = word == "ones" ? 1 : 1 / Double(context.taskCount)
      values = Array(repeating: value, count: context.taskCount)
      sumFactor = Self.sumFactor(of: values)
    }
  }

  private static func sumFactor(of preference: [Double]) -> Double {
    let sum = preference.reduce(0, +)
    return sum > 0 ? Double(preference.count) / sum : 1
  }
}
