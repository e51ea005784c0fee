package import Settings
package import Store

/// A method as it is planned on one problem.
package struct SuiteMethod: Hashable, Sendable {
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

  package let label: String
  package let group: MethodGroup
  package let name: String
  /// Set for fixed weights that later stages lay out; their trials are empty.
  package let rival: Rival?
  /// Position of the network that it is run on.
  package let network: Int
  let trials: [Trial]

  /// The settings of the first trial, as tables of methods show them.
  package var settings: CanonicalTable { trials.first?.settings ?? CanonicalTable() }
}
