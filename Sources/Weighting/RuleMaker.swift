internal import Settings

/// Makes rules of a method for some of a run's tasks.
struct RuleMaker: Sendable {
  let type: any WeightingMethod.Type
  /// Of all tasks.
  let context: MethodContext
  /// The method's keys, none of them read.
  let settings: SettingsReader

  /// A rule at its start.
  ///
  /// - Parameter present: Positions of the tasks it serves, ascending.
  /// - Returns: A rule of these tasks alone.
  func rule(of present: [Int]) -> any WeightingMethod {
    var settings = settings
    do throws(SettingsError) {
      return try type.init(context: context.restricted(to: present), settings: &settings)
    } catch {
      preconditionFailure("settings that \(type.name) has accepted for all tasks: \(error)")
    }
  }
}
