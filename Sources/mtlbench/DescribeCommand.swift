internal import ArgumentParser
internal import Networks
internal import Problems
internal import Settings
internal import Training
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
    if json, let document = DescriptionDocument.document(name) {
      return Terminal.write(document.json + "\n")
    }
    if let method = WeightingRegistry.all.first(where: { $0.name == name }) {
      Terminal.write(Self.text(method))
    } else if let problem = ProblemRegistry.type(named: name) {
      Terminal.write(Self.text(problem))
    } else if let network = SharingRegistry.all.first(where: { $0.name == name }) {
      let settings = network.description.settings + NetworkSettings.description
      Terminal.write(text("network", (idea: network.description.idea, settings: settings)))
    } else if let trunk = TrunkRegistry.all.first(where: { $0.name == name }) {
      Terminal.write(text("trunk", trunk.description))
    } else if let optimizer = OptimizerRegistry.all.first(where: { $0.name == name }) {
      Terminal.write(text("optimizer", optimizer.description))
    } else {
      let known =
        WeightingRegistry.names + ProblemRegistry.names + SharingRegistry.names
        + TrunkRegistry.names + OptimizerRegistry.names
      let nearest = NearestName.question(name, among: known).map { "; \($0)" } ?? ";"
      throw ValidationError("nothing is called '\(name)'\(nearest) see 'mtlbench list'")
    }
  }

  private func text(
    _ kind: String,
    _ it: (idea: String, settings: [(key: String, meaning: String)])
  ) -> String {
    "\(name) (\(kind))\n\(it.idea)\n"
      + Self.section("Settings", TextColumns.text(it.settings.map { [$0.key, $0.meaning] }))
  }

  private static func text(_ method: any WeightingMethod.Type) -> String {
    let it = method.description
    var settings = it.settings.map { [$0.key, $0.meaning] }
    settings.append([
      "scale",
      "sum (default): on the scale of the sum of losses; fixed_sum: weights sum to K at each step; "
        + "native: as published",
    ])
    settings.append(["heads", "native (default): as the source has it; own; weighted"])
    return "\(method.name) (\(it.family.rawValue), \(it.passes) a step)\n\(it.idea)\n"
      + section("Formula", it.formula + "\n")
      + section("Settings", TextColumns.text(settings))
      + section("In a suite", example(method) + "\n")
      + section("Source", it.source + "\n")
      + section("Traps", it.traps.map { "- \($0)\n" }.joined())
  }

  /// An element of a suite's `methods`, for two tasks.
  static func example(_ method: any WeightingMethod.Type) -> String {
    let settings = method.exampleSettings(taskCount: 2)
    return settings.isEmpty ? "- \(method.name)" : "- {method: \(method.name), \(settings)}"
  }

  private static func text(_ problem: any Problem.Type) -> String {
    let it = problem.description
    return "\(problem.name) (problem)\n\(it.idea)\n"
      + section("Formula", it.formula + "\n")
      + section("Settings", TextColumns.text(it.settings.map { [$0.key, $0.meaning] }))
      + section("Source", it.source + "\n")
  }

  private static func section(_ title: String, _ body: String) -> String {
    guard !body.isEmpty else { return "" }
    let lines = body.split(separator: "\n").map { "  \($0)\n" }.joined()
    return "\n\(title)\n\(lines)"
  }
}
