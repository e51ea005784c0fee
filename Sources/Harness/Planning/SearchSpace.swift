internal import Kernels
package import Settings

/// Values of settings to try beside the learning rate.
///
/// A method's trials stay as many as every other's: each trial takes one value of every setting. The
/// values of a setting are dealt to the trials as evenly as their number allows, in a random order that
/// only the setting's name decides, so that all methods and seeds see the same deal.
///
/// Source: random search; Bergstra and Bengio, "Random Search for Hyper-Parameter Optimization",
/// JMLR 13, 2012, stratified over the learning rates and the values.
package struct SearchSpace: Sendable {
  /// A setting with each of its values, as the suite spells them.
  private let axes: [[SettingsTable.Entry]]

  /// Nothing is searched.
  package init() { axes = [] }

  /// Every key of the table with its list of values.
  ///
  /// - Throws: `SettingsError` for a value that is no list of at least one element.
  package init(settings: inout SettingsReader) throws(SettingsError) {
    var axes: [[SettingsTable.Entry]] = []
    for key in settings.unreadKeys {
      let values = try settings.settings(key)
      guard !values.isEmpty else {
        throw settings.error(key, "expected a list of at least one value to try")
      }
      axes.append(values.map { SettingsTable.Entry(key: key, keyPlace: $0.place, setting: $0) })
    }
    self.axes = axes
  }

  /// What each of `count` trials takes of every axis; empty tables where nothing is searched.
  package func deal(_ count: Int, at place: Place) -> [SettingsTable] {
    var dealt = Array(repeating: [SettingsTable.Entry](), count: count)
    for values in axes {
      var hash = StableHash()
      hash.combine(text: values[0].key)
      var stream = RandomStream(seed: hash.value, purpose: .search)
      var order = (0..<Int32(count)).map { $0 }
      stream.shuffle(&order)
      for (position, trial) in order.enumerated() {
        dealt[Int(trial)].append(values[position % values.count])
      }
    }
    return dealt.map { SettingsTable($0, at: place) }
  }

  /// Every value of every axis alone, in tables that can be checked before anything is trained.
  package func single(at place: Place) -> [SettingsTable] {
    axes.flatMap { $0 }.map { SettingsTable([$0], at: place) }
  }
}
