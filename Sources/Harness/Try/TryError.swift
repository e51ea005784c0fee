/// A mistake in the targets that `try` is asked for, told of the option that holds them: nobody wrote
/// the suite that they stand in.
package enum TryError: Error, Hashable, CustomStringConvertible {
  /// Fewer than two.
  case fewTargets
  /// All columns are targets, or the split.
  case noInputs
  /// In the words of what reads the targets.
  case targets(String)

  package var description: String {
    switch self {
    case .fewTargets:
      "--targets: one target leaves nothing to weigh; name two or more, as in --targets a,b"
    case .noInputs: "--targets: no column is left as an input; name fewer targets"
    case .targets(let problem): "--targets: \(problem)"
    }
  }
}
