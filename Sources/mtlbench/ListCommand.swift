internal import ArgumentParser
internal import Settings
internal import Weighting

/// `mtlbench list [KIND]`.
struct ListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "Lists what a suite file may name: methods, problems, networks, trunks, optimizers.",
    discussion: "'mtlbench describe NAME' tells more of any of them."
  )

  @Argument(help: "Only one kind: methods, problems, networks, trunks or optimizers.")
  var kind: CatalogueEntry.Kind?

  @Flag(help: "Print one JSON document.")
  var json = false

  func run() {
    let kinds = kind.map { [$0] } ?? CatalogueEntry.Kind.allCases
    if json { return Terminal.write(Self.document(kinds).json + "\n") }
    for (index, kind) in kinds.enumerated() {
      if index > 0 { Terminal.write("\n") }
      if self.kind == nil { Terminal.write("\(kind.rawValue)\n") }
      let rows = Catalogue.entries(of: kind).map { entry in
        [entry.name] + (entry.method.map { [$0.family.word] } ?? []) + [entry.idea]
      }
      Terminal.write(TextColumns.text(rows, indent: self.kind == nil ? 2 : 0))
    }
  }

  private static func document(_ kinds: [CatalogueEntry.Kind]) -> CanonicalTable {
    var document = CanonicalTable()
    document["schema"] = .text("mtlbench/list/1")
    for kind in kinds {
      document[kind.rawValue] = .list(
        Catalogue.entries(of: kind).map { entry in
          var row = CanonicalTable()
          row["name"] = .text(entry.name)
          if let method = entry.method { row["family"] = .text(method.family.word) }
          row["idea"] = .text(entry.idea)
          return .table(row)
        }
      )
    }
    return document
  }
}
