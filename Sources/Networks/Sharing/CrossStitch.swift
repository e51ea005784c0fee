package import Settings

/// Cross-stitch networks: a trunk and a head for each task; behind every stage each task goes on
/// with a trained mixture of all tasks' features.
///
/// `a_k ← Σ_j α_b[k, j] p_j` behind stage b, with one number for each pair of tasks. The units start
/// at 0.9 for the task's own features and share 0.1 among the others'; the trunks start equal. The
/// last unit's rows belong to one task each, all else is shared.
///
/// Source: Misra, Shrivastava, Gupta and Hebert, "Cross-stitch Networks for Multi-task Learning",
/// CVPR 2016, equation 1.
///
/// Departures: the source has a number for each channel too; it trains the units at 100 to 1000 times
/// the rate of all else, where here the default is the same rate.
///
/// Settings: `stitch_lr` (factor on the learning rate of the units, default 1, 1e-3 to 1e4).
package struct CrossStitch: SharingScheme {
  package static let name = "cross_stitch"
  package static let description = (
    idea: "A trunk for each task; behind every stage each goes on with a mixture of all of them.",
    settings: [
      (key: "stitch_lr", meaning: "factor on the units' learning rate, default 1, 1e-3 to 1e4")
    ]
  )

  private let rateFactor: Double

  package init(settings: inout SettingsReader) throws(SettingsError) {
    rateFactor = try settings.number("stitch_lr", default: 1, in: 1e-3...1e4)
  }

  package func build(_ network: inout NetworkBuilder) {
    let tasks = 0..<network.taskCount
    var modules = tasks.map { ModulePath("columns.\($0)", .column($0)) }
    var features = tasks.map { _ in network.input }
    for stage in 0..<network.stageCount {
      let made = tasks.map { network.stage(stage, on: features[$0], at: &modules[$0]) }
      features = tasks.map { task in
        let path = "stitches.\(stage).\(task)"
        return network.stitch(made, row: task, path: path, rateFactor: rateFactor)
      }
    }
    for task in tasks { network.head(task, on: features[task]) }
  }
}

extension NetworkBuilder {
  /// Appends one row of a cross-stitch unit.
  fileprivate mutating func stitch(
    _ wires: [Wire],
    row: Int,
    path: String,
    rateFactor: Double
  ) -> Wire {
    let others = Float(0.1 / Double(max(1, wires.count - 1)))
    let start = wires.indices.map { $0 == row ? (wires.count == 1 ? 1 : 0.9) : others }
    let width = width(of: wires[0])
    return add(
      path,
      reading: wires,
      form: form(of: wires[0]),
      tensors: [TensorPlace(numbers: start)],
      .common,
      multiplyAdds: wires.count * width,
      rateFactor: rateFactor
    ) { StitchLayer($0) }
  }
}
