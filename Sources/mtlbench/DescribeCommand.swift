internal import ArgumentParser
internal import Settings
internal import Weighting

/// `mtlbench describe NAME`.
struct DescribeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "describe",
    abstract:
      "Explains a method, problem, network, trunk or optimizer: formula, settings, source, traps."
  )

  @Argument(help: "A name that 'mtlbench list' shows.")
  var name: String

  @Flag(help: "Print one JSON document.")
  var json = false

  func run() throws {
    guard let entry = Catalogue.entries.first(where: { $0.name == name }) else {
      let known = Catalogue.entries.map(\.name)
      let nearest = NearestName.question(name, among: known).map { "; \($0)" } ?? ";"
      throw ValidationError("nothing is called '\(name)'\(nearest) see 'mtlbench list'")
    }
    Terminal.write(json ? Self.document(entry).json + "\n" : Self.text(entry))
  }

  /// What is printed of an entry for people.
  static func text(_ entry: CatalogueEntry) -> String {
    let kind =
      entry.method.map { "\($0.family.rawValue), \($0.passes) a step" } ?? entry.kind.singular
    return "\(entry.name) (\(kind))\n\(entry.idea)\n"
      + section("Formula", entry.formula)
      + section("Settings", TextColumns.text(entry.settings.map { [$0.key, $0.meaning] }))
      + section("In a suite", entry.method?.example)
      + section("Source", entry.source)
      + section("Traps", entry.method?.traps.map { "- \($0)" }.joined(separator: "\n"))
  }

  /// Nothing where there is nothing to say.
  private static func section(_ title: String, _ body: String?) -> String {
    guard let body, !body.isEmpty else { return "" }
    let lines = body.split(separator: "\n").map { "  \($0)\n" }.joined()
    return "\n\(title)\n\(lines)"
  }

  /// What is printed of an entry for programs.
  static func document(_ entry: CatalogueEntry) -> CanonicalTable {
    var document = CanonicalTable()
    document["schema"] = .text("mtlbench/describe/1")
    document["name"] = .text(entry.name)
    document["kind"] = .text(entry.kind.singular)
    document["idea"] = .text(entry.idea)
    document["settings"] = .list(
      entry.settings.map { key, meaning in
        var setting = CanonicalTable()
        setting["key"] = .text(key)
        setting["meaning"] = .text(meaning)
        return .table(setting)
      }
    )
    if let formula = entry.formula { document["formula"] = .text(formula) }
    if let source = entry.source { document["source"] = .text(source) }
    if let method = entry.method {
      document["family"] = .text(method.family.word)
      document["passes"] = .text(method.passes)
      document["traps"] = .list(method.traps.map { .text($0) })
      document["in_a_suite"] = .text(method.example)
    }
    return document
  }
}
