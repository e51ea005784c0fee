package import Settings

/// A method as it is planned on one problem.
package struct SuiteMethod: Hashable, Sendable {
  /// Where tables put a method.
  package enum Group: String, Sendable {
    case singleTask = "single-task"
    case fixed
    case sweep
    case loss
    case gradient
  }

  /// Label of the row of single-task networks.
  package static let singleTaskLabel = "single-task"
  /// Label of the sweep point that tuning chose.
  package static let tunedStaticLabel = "static (tuned)"

  package let label: String
  package let group: Group
  /// The method's name and all its settings, defaults included.
  package let settings: CanonicalTable
  package let name: String
  /// Fixed weights of a sweep point, summing to 1, shape [K]; nil for other methods.
  package let sweepWeights: [Double]?
}
