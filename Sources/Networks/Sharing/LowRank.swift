package import Settings

/// One trunk for all tasks, to every layer of which each task adds a term of low rank of its own.
///
/// Layer l of task k is `f((W_l + U_{k,l} D_{k,l}) x + b_l)`; `U` starts at 0, so that training starts
/// as with hard sharing. The trunk runs once for each task.
///
/// Source: Evgeniou and Pontil, "Regularized Multi-Task Learning", KDD 2004, for the split into a
/// common part and a task's; Hu et al., "LoRA: Low-Rank Adaptation of Large Language Models", ICLR
/// 2022, for its form and start.
package struct LowRank: SharingScheme {
  package static let name = "low_rank"
  package static let description = (
    idea: "One trunk shared by all tasks; each task adds low-rank terms to its weights.",
    settings: [(key: "rank", meaning: "of each term, default 4, 1 to 256")]
  )

  package static let needsPlainTrunk = true

  private let rank: Int

  package init(settings: inout SettingsReader) throws(SettingsError) {
    rank = try settings.count("rank", default: 4, in: 1...256)
  }

  package func build(_ network: inout NetworkBuilder) {
    for task in 0..<network.taskCount {
      let wire = network.adapted(task: task, rank: rank) { network in
        network.trunk(on: network.input, at: ModulePath("trunk"))
      }
      network.head(task, on: wire)
    }
  }
}
