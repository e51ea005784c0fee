package import Settings

/// Learning to branch: a trunk and a head for each task; behind every stage each task goes on with
/// one of all tasks' features, and learns with which.
///
/// Row k of the unit behind a stage has a logit for every trunk, 0 at first. A training step draws
/// `softmax((θ + g) / temperature)` with Gumbel noise g, takes the largest one's features and passes
/// gradients as if all had been mixed by it; evaluation takes the largest logit's. The trunks start
/// equal, and the last unit's rows belong to one task each.
///
/// Source: Guo, Lee and Ulbricht, "Learning to Branch for Multi-Task Learning", ICML 2020; Jang, Gu
/// and Poole, "Categorical Reparameterization with Gumbel-Softmax", ICLR 2017.
///
/// Departures: the temperature is constant, and the tree that was found is not trained again.
package struct LTB: SharingScheme {
  package static let name = "ltb"
  package static let description = (
    idea: "A trunk for each task; behind every stage each learns whose features to go on with.",
    settings: [
      (key: "temperature", meaning: "of the draws, default 1, 1e-3 to 1000")
    ]
  )

  private let temperature: Double

  package init(settings: inout SettingsReader) throws(SettingsError) {
    temperature = try settings.number("temperature", default: 1, in: 1e-3...1000)
  }

  package func build(_ network: inout NetworkBuilder) {
    let tasks = 0..<network.taskCount
    var modules = tasks.map { ModulePath("columns.\($0)", .column($0)) }
    var features = tasks.map { _ in network.input }
    for stage in 0..<network.stageCount {
      let made = tasks.map { network.stage(stage, on: features[$0], at: &modules[$0]) }
      features = tasks.map { task in
        network.add(
          "branches.\(stage).\(task)",
          reading: made,
          form: network.form(of: made[0]),
          tensors: [TensorPlace(numbers: made.map { _ in 0 })],
          .common,
          multiplyAdds: made.count * network.width(of: made[0])
        ) { [temperature] in BranchLayer($0, temperature: temperature) }
      }
    }
    for task in tasks { network.head(task, on: features[task]) }
  }
}
