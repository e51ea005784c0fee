internal import ArgumentParser
internal import Networks
internal import Problems
internal import Settings
internal import Training
internal import Weighting

/// `mtlbench list [KIND]`.
struct ListCommand: ParsableCommand {
  enum Kind: String, CaseIterable, ExpressibleByArgument {
    case methods
    case problems
    case networks
    case trunks
    case optimizers
  }

  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "Lists what a suite file may name: methods, problems, networks, trunks, optimizers.",
    discussion: "'mtlbench describe NAME' tells more of any of them."
  )

  @Argument(help: "Only one kind: methods, problems, networks, trunks or optimizers.")
  var kind: Kind?

  @Flag(help: "Print one JSON document.")
  var json = false

  func run() {
    if json { return Terminal.write(document.json + "\n") }
    for (index, kind) in (kind.map { [$0] } ?? Kind.allCases).enumerated() {
      if index > 0 { Terminal.write("\n") }
      if self.kind == nil { Terminal.write("\(kind.rawValue)\n") }
      Terminal.write(TextColumns.text(rows(kind), indent: self.kind == nil ? 2 : 0))
    }
  }

  private var document: CanonicalTable {
    var document = CanonicalTable()
    document["schema"] = .text("mtlbench/list/1")
    for kind in kind.map({ [$0] }) ?? Kind.allCases {
      document[kind.rawValue] = .list(
        rows(kind).map { row in
          var entry = CanonicalTable()
          entry["name"] = .text(row[0])
          if kind == .methods { entry["family"] = .text(row[1]) }
          entry["idea"] = .text(row[row.count - 1])
          return .table(entry)
        }
      )
    }
    return document
  }

  private func rows(_ kind: Kind) -> [[String]] {
    switch kind {
    case .methods:
      WeightingRegistry.all.map {
        [$0.name, $0.description.family.word, $0.description.idea]
      }
    case .problems: ProblemRegistry.all.map { [$0.name, $0.description.idea] }
    case .networks: SharingRegistry.all.map { [$0.name, $0.description.idea] }
    case .trunks: TrunkRegistry.all.map { [$0.name, $0.description.idea] }
    case .optimizers: OptimizerRegistry.all.map { [$0.name, $0.description.idea] }
    }
  }
}
