internal import Store

/// The method that the others of a suite are held against.
///
/// Tuned static weights in every suite that is run here; results that were made elsewhere may have none,
/// and name another.
package struct Rival: Sendable, Hashable {
  /// Its row in tables.
  package let label: String

  package static let tunedStatic = Rival(label: MethodLabel.tunedStatic)

  package init(label: String) { self.label = label }

  /// What sentences call it.
  var name: String { self == .tunedStatic ? "tuned static weights" : label }

  /// What heads of columns call it.
  var short: String { self == .tunedStatic ? "static" : label }
}
