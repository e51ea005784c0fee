internal import Store
internal import Weighting

/// What a method's name elsewhere stands for here.
enum MethodNames {
  private static let singleTask = [
    "singletask", "stl", "single", "singletasklearning", "independent",
  ]
  private static let equal = [
    "equal", "equalweights", "equalweighting", "ew", "ls", "linearscalarization", "uniform",
    "average",
    "sum", "unitary",
  ]

  static func isSingleTask(_ label: String) -> Bool { singleTask.contains(key(label)) }
  static func isEqual(_ label: String) -> Bool { equal.contains(key(label)) }

  /// Name in the registry and group in tables; methods that are not known stand with the loss
  /// weightings.
  static func place(of label: String) -> (name: String, group: MethodGroup, isKnown: Bool) {
    if isEqual(label) { return (EqualWeighting.name, .fixed, true) }
    let own = key(label)
    if own.hasPrefix("static") { return (StaticWeighting.name, .fixed, true) }
    guard let method = WeightingRegistry.all.first(where: { key($0.name) == own }) else {
      return (label, .loss, false)
    }
    let group: MethodGroup =
      switch method.description.family {
      case .loss: .loss
      case .gradient: .gradient
      case .control: .control
      }
    return (method.name, group, true)
  }

  /// In small letters without anything else than letters and digits.
  private static func key(_ label: String) -> String {
    label.lowercased().filter { $0.isLetter || $0.isNumber }
  }
}
