internal import ArgumentParser
internal import Networks
internal import Problems
internal import Training
internal import Weighting

/// What a suite file may name, in one form: all that `list` and `describe` know.
enum Catalogue {
  /// By kind, and in each in the registry's order.
  static let entries: [CatalogueEntry] =
    WeightingRegistry.all.map { CatalogueEntry($0) }
    + ProblemRegistry.all.map { CatalogueEntry($0) }
    + SharingRegistry.all.map {
      CatalogueEntry(
        .networks,
        $0.name,
        ($0.description.idea, $0.description.settings + NetworkSettings.description)
      )
    }
    + TrunkRegistry.all.map { CatalogueEntry(.trunks, $0.name, $0.description) }
    + OptimizerRegistry.all.map { CatalogueEntry(.optimizers, $0.name, $0.description) }

  static func entries(of kind: CatalogueEntry.Kind) -> [CatalogueEntry] {
    entries.filter { $0.kind == kind }
  }
}

/// One line of a registry.
struct CatalogueEntry: Sendable {
  /// What the entries of a registry are; the words of `list`.
  enum Kind: String, CaseIterable, ExpressibleByArgument {
    case methods
    case problems
    case networks
    case trunks
    case optimizers

    /// The word for one of them.
    var singular: String { String(rawValue.dropLast()) }
  }

  let kind: Kind
  let name: String
  /// One sentence.
  let idea: String
  /// Each key that may stand beside the name, with its meaning.
  let settings: [(key: String, meaning: String)]
  /// Nil, as is the source, where the kind has none.
  private(set) var formula: String?
  private(set) var source: String?
  /// What only methods have.
  private(set) var method: Method?

  /// What is said of methods alone.
  struct Method: Sendable {
    let family: MethodDescription.Family
    /// Of one step, as text.
    let passes: String
    let traps: [String]
    /// An element of a suite's `methods`, for two tasks.
    let example: String
  }

  fileprivate init(
    _ kind: Kind,
    _ name: String,
    _ description: (idea: String, settings: [(key: String, meaning: String)])
  ) {
    self.kind = kind
    self.name = name
    idea = description.idea
    settings = description.settings
  }

  fileprivate init(_ problem: any Problem.Type) {
    let it = problem.description
    self.init(.problems, problem.name, (it.idea, it.settings.map { ($0.key, $0.meaning) }))
    formula = it.formula
    source = it.source
  }

  fileprivate init(_ method: any WeightingMethod.Type) {
    let it = method.description
    self.init(.methods, method.name, (it.idea, it.settings + ConfiguredMethod.settings))
    formula = it.formula
    source = it.source
    let own = method.exampleSettings(taskCount: 2)
    self.method = Method(
      family: it.family,
      passes: it.passes,
      traps: it.traps,
      example: own.isEmpty ? "- \(method.name)" : "- {method: \(method.name), \(own)}"
    )
  }
}
