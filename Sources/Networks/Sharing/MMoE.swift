package import Settings

/// Multi-gate mixture of experts: trunks that all tasks share, mixed for each task by a gate of its
/// own.
///
/// `z_k = Σ_e g_k[e] expert_e(x)` with `g_k = softmax(Γ_k x + c_k)`, then the head of task k.
///
/// Source: Ma, Zhao, Yi, Chen, Hong and Chi, "Modeling Task Relationships in Multi-task Learning
/// with Multi-gate Mixture-of-Experts", KDD 2018.
///
/// Departures: the gates have a bias.
package struct MMoE: SharingScheme {
  package static let name = "mmoe"
  package static let description = (
    idea: "Several trunks shared by all tasks; a gate of each task's own mixes them by row.",
    settings: [(key: "experts", meaning: "trunks, default 4, 1 to 64")]
  )

  private let expertCount: Int

  package init(settings: inout SettingsReader) throws(SettingsError) {
    expertCount = try settings.count("experts", default: 4, in: 1...64)
  }

  package func build(_ network: inout NetworkBuilder) {
    let experts = (0..<expertCount).map { expert in
      network.trunk(on: network.input, at: ModulePath("experts.\(expert)"))
    }
    for task in 0..<network.taskCount {
      let gate = network.gate(
        on: network.input,
        over: experts.count,
        path: "gates.\(task)",
        .task(task)
      )
      network.head(task, on: network.mix(experts, by: gate, path: "mixtures.\(task)"))
    }
  }
}

extension NetworkBuilder {
  /// Appends a gate: factors above 0 that sum to 1 in every row.
  mutating func gate(
    on wire: Wire,
    over count: Int,
    path: String,
    _ stream: StartingStream
  ) -> Wire {
    dense(wire, count, .softmax, path: path, stream)
  }

  /// Appends the sum of some edges times a gate's factors.
  mutating func mix(_ wires: [Wire], by gate: Wire, path: String) -> Wire {
    let width = width(of: wires[0])
    let count = wires.count * width
    // Back to what is mixed, and to the gate.
    return add(
      path,
      reading: wires + [gate],
      form: form(of: wires[0]),
      multiplyAdds: count,
      inputMultiplyAdds: 2 * count
    ) { MixtureLayer($0) }
  }
}
