package import Settings

/// Every problem a suite file may name.
package enum ProblemRegistry {
  package static let all: [any Problem.Type] = [
    MixedProblem.self,
    RelatedProblem.self,
    ScaledProblem.self,
    ConflictProblem.self,
    NoisyProblem.self,
    SharedProblem.self,
    EasyHardProblem.self,
    ShapesProblem.self,
    SyllableProblem.self,
    TabularProblem.self,
    IDXProblem.self,
  ]

  /// The names suite files use, in the registry's order.
  package static var names: [String] { all.map { $0.name } }

  /// The type of a name, for `describe`.
  package static func type(named name: String) -> (any Problem.Type)? {
    all.first { $0.name == name }
  }

  /// A problem by name, from its settings; refuses settings it did not read.
  ///
  /// - Parameters:
  ///   - name: one of `names`.
  ///   - settings: the problem's table of the suite.
  ///   - folder: folder of the suite file, to which paths are relative.
  /// - Returns: the problem, ready to make data.
  /// - Throws: `SettingsError` for an unknown name or a bad key, `CSVError` for a bad data file.
  package static func make(
    _ name: String,
    settings: inout SettingsReader,
    relativeTo folder: String
  ) throws -> any Problem {
    guard let type = type(named: name) else {
      throw settings.unknownName(name, kind: "problem", known: names)
    }
    let problem = try type.init(settings: &settings, relativeTo: folder)
    try settings.finish()
    return problem
  }
}
