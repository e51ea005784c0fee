internal import Settings

/// The preference among tasks that several gradient rules take: one number for each task.
enum TaskPreference {
  /// Reads `preference`: `uniform` (the default: 1/K each), `ones`, or a list of K numbers.
  ///
  /// - Parameters:
  ///   - settings: The method's keys.
  ///   - taskCount: K.
  /// - Returns: The preference, shape [K].
  /// - Throws: `SettingsError` for another word or a list of another length.
  static func read(
    _ settings: inout SettingsReader,
    taskCount: Int
  ) throws(SettingsError) -> [Double] {
    if case .list = settings.rawSetting("preference")?.value {
      let counts = taskCount...taskCount
      return try settings.numbers("preference", default: nil, in: 0...1e6, count: counts)
    }
    let word = try settings.choice("preference", of: ["uniform", "ones"], default: "uniform")
    return Array(repeating: word == "ones" ? 1 : 1 / Double(taskCount), count: taskCount)
  }

  /// The factor that brings weights made from `preference` to the sum scale: K over its sum.
  static func sumFactor(of preference: [Double]) -> Double {
    let sum = preference.reduce(0, +)
    return sum > 0 ? Double(preference.count) / sum : 1
  }
}
