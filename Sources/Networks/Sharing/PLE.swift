package import Settings

/// Progressive layered extraction: CGC stage by stage, so that what the tasks keep apart grows with
/// depth.
///
/// Every stage of the trunk is a level with shared experts, experts of each task's own and gates.
/// Task k goes on with `u_k = Σ_e g_k[e] shared_e(u_s) + Σ_e g_k[s + e] own_{k,e}(u_k)` and, below the
/// top, the shared branch with a mixture `u_s` of all experts by a gate of its own; every gate is
/// the softmax of a linear map of what its branch came with. The head of task k reads the last `u_k`.
///
/// Source: Tang, Liu, Zhao and Gong, "Progressive Layered Extraction (PLE): A Novel Multi-Task
/// Learning Model for Personalized Recommendations", RecSys 2020.
///
/// Departures: gates list the shared experts first. On a trunk of one stage it is CGC.
package struct PLE: SharingScheme {
  package static let name = "ple"
  package static let description = (
    idea: "CGC at every stage of the trunk, with a gate for the shared branch between stages.",
    settings: ExpertCounts.description
  )

  private let counts: ExpertCounts

  package init(settings: inout SettingsReader) throws(SettingsError) {
    counts = try ExpertCounts(settings: &settings)
  }

  package func build(_ network: inout NetworkBuilder) {
    var own = (0..<network.taskCount).map { _ in network.input }
    var common = network.input
    for level in 0..<network.stageCount {
      (own, common) = add(level, to: &network, own, common)
    }
    for task in own.indices { network.head(task, on: own[task]) }
  }

  /// Appends one level.
  ///
  /// - Returns: What each task and the shared branch go on with.
  private func add(
    _ level: Int,
    to network: inout NetworkBuilder,
    _ own: [Wire],
    _ common: Wire
  ) -> (own: [Wire], common: Wire) {
    let path = "levels.\(level)"
    let shared = (0..<counts.shared).map { expert in
      var module = ModulePath("\(path).shared_experts.\(expert)")
      return network.stage(level, on: common, at: &module)
    }
    var next: [Wire] = []
    var all = shared
    for (task, wire) in own.enumerated() {
      let (mixture, experts) = counts.mix(
        shared,
        for: task,
        on: wire,
        below: "\(path).",
        in: &network
      ) { network, module in
        var module = module
        return network.stage(level, on: wire, at: &module)
      }
      all += experts
      next.append(mixture)
    }
    guard level + 1 < network.stageCount else { return (next, common) }
    let gate = network.gate(on: common, over: all.count, path: "\(path).shared_gate", .common)
    return (next, network.mix(all, by: gate, path: "\(path).shared_mixture"))
  }
}
