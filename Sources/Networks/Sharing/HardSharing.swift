package import Settings

/// Hard parameter sharing: one trunk for all tasks, one head for each.
///
/// Head k maps the trunk's output, the shared representation, to the outputs of task k.
///
/// Source: Caruana, "Multitask Learning", Machine Learning 28, 1997.
package struct HardSharing: SharingScheme {
  package static let name = "hard"
  package static let description = (
    idea: "One trunk shared by all tasks, one head for each task.",
    settings: [(key: String, meaning: String)]()
  )

  package init() {}
  package init(settings: inout SettingsReader) throws(SettingsError) {}

  package func build(_ network: inout NetworkBuilder) {
    let representation = network.trunk(on: network.input, at: ModulePath("trunk"))
    network.heads(on: representation)
  }
}
