internal import Networks
internal import Problems
internal import Settings
internal import Training
internal import Weighting

/// What `describe --json` prints.
enum DescriptionDocument {
  /// Nil for a name that nothing has.
  static func document(_ name: String) -> CanonicalTable? {
    if let method = WeightingRegistry.all.first(where: { $0.name == name }) { return of(method) }
    if let problem = ProblemRegistry.type(named: name) {
      let it = problem.description
      var document = base(name, "problem", it.idea, it.settings.map { ($0.key, $0.meaning) })
      document["formula"] = .text(it.formula)
      document["source"] = .text(it.source)
      return document
    }
    if let network = SharingRegistry.all.first(where: { $0.name == name }) {
      let it = network.description
      return base(name, "network", it.idea, it.settings + NetworkSettings.description)
    }
    if let trunk = TrunkRegistry.all.first(where: { $0.name == name }) {
      return base(name, "trunk", trunk.description.idea, trunk.description.settings)
    }
    if let optimizer = OptimizerRegistry.all.first(where: { $0.name == name }) {
      let it = optimizer.description
      return base(name, "optimizer", it.idea, it.settings)
    }
    return nil
  }

  private static func of(_ method: any WeightingMethod.Type) -> CanonicalTable {
    let it = method.description
    var document = base(method.name, "method", it.idea, it.settings)
    document["family"] = .text(it.family.word)
    document["passes"] = .text(it.passes)
    document["formula"] = .text(it.formula)
    document["source"] = .text(it.source)
    document["traps"] = .list(it.traps.map { .text($0) })
    document["in_a_suite"] = .text(DescribeCommand.example(method))
    return document
  }

  private static func base(
    _ name: String,
    _ kind: String,
    _ idea: String,
    _ settings: [(key: String, meaning: String)]
  ) -> CanonicalTable {
    var document = CanonicalTable()
    document["schema"] = .text("mtlbench/describe/1")
    document["name"] = .text(name)
    document["kind"] = .text(kind)
    document["idea"] = .text(idea)
    document["settings"] = .list(
      settings.map { key, meaning in
        var entry = CanonicalTable()
        entry["key"] = .text(key)
        entry["meaning"] = .text(meaning)
        return .table(entry)
      }
    )
    return document
  }
}
