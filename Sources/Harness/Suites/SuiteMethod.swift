package import Settings

/// A method as it is planned on one problem.
package struct SuiteMethod: Hashable, Sendable {
  /// Where tables put a method.
  package enum Group: String, Sendable {
    case singleTask = "single-task"
    /// Single-task networks of another size, a second base of Δm.
    case base
    case fixed
    /// Changes the scale of the update and balances nothing.
    case control
    case sweep
    case loss
    case gradient
  }

  /// Fixed weights that are laid out once the single-task losses are known.
  package enum Rival: Hashable, Sendable {
    /// One over the single-task losses, without any search.
    case singleTaskUnits
    /// The best point of the sweep.
    case sweep
  }

  /// What one trial of the tuning runs.
  struct Trial: Hashable, Sendable {
    /// The method's name and all its settings, defaults included.
    let settings: CanonicalTable
    /// Those of them that were searched.
    let searched: CanonicalTable
  }

  /// Label of the row of single-task networks.
  package static let singleTaskLabel = "single-task"
  /// Label of the row of single-task networks with a network of their own.
  package static let baseLabel = "single-task (own network)"
  /// Label of the row of single-task networks that have together the size of a network.
  package static let matchedBaseLabel = "single-task (same size)"
  /// Label of the row of weights that are one over the single-task losses.
  package static let singleTaskUnitsLabel = "static 1/STL"
  /// Label of the sweep point that tuning chose.
  package static let tunedStaticLabel = "static (tuned)"

  package let label: String
  package let group: Group
  package let name: String
  /// Set for fixed weights that later stages lay out; their trials are empty.
  package let rival: Rival?
  /// Position of the network that it is run on.
  package let network: Int
  let trials: [Trial]

  /// The settings of the first trial, as tables of methods show them.
  package var settings: CanonicalTable { trials.first?.settings ?? CanonicalTable() }
}
