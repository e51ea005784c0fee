package import Settings

/// Soft parameter sharing: a trunk and a head for each task, the trunks' weights drawn together.
///
/// The penalty `lambda Σ_W Σ_{i<j} ‖W_i − W_j‖²` runs over all weight matrices `W` of the trunk,
/// biases and heads left out; with `tie: trace_norm` it is `lambda Σ_W ‖M_W‖_*`, the sum of the
/// singular values of the matrix whose row k is the flattened `W_k`. It belongs to no task: it is no
/// part of a loss, is not weighted, and its gradient is added to what the optimizer sees. All trunks
/// start equal.
///
/// Source: Duong, Cohn, Bird and Cook, "Low Resource Dependency Parsing: Cross-lingual Parameter
/// Sharing in a Neural Network Parser", ACL 2015; Yang and Hospedales, "Trace Norm Regularised Deep
/// Multi-Task Learning", ICLR 2017 workshop.
///
/// Departures: the first source ties a target's parser to a source's, with a factor for each layer;
/// here the tasks are alike and there is one factor.
package struct SoftSharing: SharingScheme {
  package static let name = "soft"
  package static let description = (
    idea: "A trunk for each task; a penalty draws their weights together. Nothing is shared.",
    settings: [
      (key: "lambda", meaning: "factor of the penalty, default 0.01, 0 to 1000"),
      (key: "tie", meaning: "l2 (squared distances, default) or trace_norm"),
    ]
  )

  private let lambda: Double
  private let tie: ParameterTie.Kind

  package init(settings: inout SettingsReader) throws(SettingsError) {
    lambda = try settings.number("lambda", default: 0.01, in: 0...1000)
    let name = try settings.choice(
      "tie",
      of: ParameterTie.Kind.allCases.map { $0.rawValue },
      default: ParameterTie.Kind.squares.rawValue
    )
    tie = ParameterTie.Kind(rawValue: name) ?? .squares
  }

  package func build(_ network: inout NetworkBuilder) {
    for task in 0..<network.taskCount {
      let column = ModulePath("columns.\(task)", .column(task))
      network.head(task, on: network.trunk(on: network.input, at: column))
    }
    guard network.taskCount > 1 else { return }
    let paths = (0..<network.taskCount).map { "columns.\($0)." }
    network.penalize { [tie, lambda] in ParameterTie($0, paths: paths, kind: tie, lambda: lambda) }
  }
}
