package import Settings

/// Customized gate control: trunks that all tasks share and trunks of each task's own, mixed for
/// each task by a gate.
///
/// `z_k = Σ_e g_k[e] shared_e(x) + Σ_e g_k[s + e] own_{k,e}(x)` with `g_k = softmax(Γ_k x + c_k)`.
///
/// Source: Tang, Liu, Zhao and Gong, "Progressive Layered Extraction (PLE): A Novel Multi-Task
/// Learning Model for Personalized Recommendations", RecSys 2020.
///
/// Departures: a gate lists the shared experts first; the source lists the task's own first.
package struct CGC: SharingScheme {
  package static let name = "cgc"
  package static let description = (
    idea: "Trunks shared by all tasks beside trunks of each task's own, mixed by gates.",
    settings: ExpertCounts.description
  )

  private let counts: ExpertCounts

  package init(settings: inout SettingsReader) throws(SettingsError) {
    counts = try ExpertCounts(settings: &settings)
  }

  package func build(_ network: inout NetworkBuilder) {
    let shared = (0..<counts.shared).map { expert in
      network.trunk(on: network.input, at: ModulePath("shared_experts.\(expert)"))
    }
    for task in 0..<network.taskCount {
      let input = network.input
      let (mixture, _) = counts.mix(shared, for: task, on: input, in: &network) {
        $0.trunk(on: input, at: $1)
      }
      network.head(task, on: mixture)
    }
  }
}

/// Numbers of experts of CGC and PLE.
struct ExpertCounts: Sendable {
  let shared: Int
  let own: Int

  static let description = [
    (key: "shared_experts", meaning: "experts that all tasks share, default 1, 1 to 64"),
    (key: "task_experts", meaning: "experts of each task's own, default 1, 1 to 64"),
  ]

  init(settings: inout SettingsReader) throws(SettingsError) {
    shared = try settings.count("shared_experts", default: 1, in: 1...64)
    own = try settings.count("task_experts", default: 1, in: 1...64)
  }

  /// Appends a task's gate, its own experts, and the mixture of them and the shared ones.
  ///
  /// - Parameters:
  ///   - sharedExperts: Appended before.
  ///   - task: The task.
  ///   - input: What the gate reads.
  ///   - prefix: Begins all paths.
  ///   - network: Takes the layers.
  ///   - expert: Appends an expert at a path.
  /// - Returns: The mixture, and the task's own experts.
  func mix(
    _ sharedExperts: [Wire],
    for task: Int,
    on input: Wire,
    below prefix: String = "",
    in network: inout NetworkBuilder,
    expert: (inout NetworkBuilder, ModulePath) -> Wire
  ) -> (mixture: Wire, experts: [Wire]) {
    let gate = network.gate(
      on: input,
      over: shared + own,
      path: "\(prefix)gates.\(task)",
      .task(task)
    )
    let experts = (0..<own).map { index in
      expert(&network, ModulePath("\(prefix)task_experts.\(task).\(index)", .task(task)))
    }
    let path = "\(prefix)mixtures.\(task)"
    return (network.mix(sharedExperts + experts, by: gate, path: path), experts)
  }
}
