internal import ArgumentParser
internal import Networks
internal import Problems
internal import Training
internal import Weighting

/// `mtlbench list [KIND]`.
struct ListCommand: ParsableCommand {
  enum Kind: String, CaseIterable, ExpressibleByArgument {
    case methods
    case problems
    case networks
    case optimizers
  }

  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "Lists what a suite file may name: methods, problems, networks, optimizers.",
    discussion: "'mtlbench describe NAME' tells more of any of them."
  )

  @Argument(help: "Only one kind: methods, problems, networks or optimizers.")
  var kind: Kind?

  func run() {
    for (index, kind) in (kind.map { [$0] } ?? Kind.allCases).enumerated() {
      if index > 0 { Terminal.write("\n") }
      if self.kind == nil { Terminal.write("\(kind.rawValue)\n") }
      Terminal.write(TextColumns.text(rows(kind), indent: self.kind == nil ? 2 : 0))
    }
  }

  private func rows(_ kind: Kind) -> [[String]] {
    switch kind {
    case .methods:
      WeightingRegistry.all.map {
        [$0.name, $0.description.family.word, $0.description.idea]
      }
    case .problems: ProblemRegistry.all.map { [$0.name, $0.description.idea] }
    case .networks: SharingRegistry.all.map { [$0.name, $0.description.idea] }
    case .optimizers: OptimizerRegistry.all.map { [$0.name, $0.description.idea] }
    }
  }
}
