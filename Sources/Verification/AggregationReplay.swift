/// Replays `aggregation.json`: one call of a gradient rule on a given Jacobian per case.
///
/// Directions are compared, weights where the file says that they are unique, and the rule's own
/// state where the file gives it. Any file of the schema will do, with other tasks, parameters,
/// Jacobians and settings.
package enum AggregationReplay {
  /// Replays every case of a parsed file, those at a shared representation last.
  ///
  /// - Returns: One outcome per case, in the file's order; what this build does not have is skipped.
  /// - Throws: `VerificationError` for a file that does not have the layout of one.
  package static func replay(_ file: JSONValue) throws(VerificationError) -> [ReplayOutcome] {
    let cases = try replayEach(file["cases"] ?? .list([])) {
      (element, _) throws(VerificationError) in
      let given = try AggregationCase(element, in: file)
      return outcome(given.name, given.id) { () throws(ReplaySettings.Unreplayable) in
        try given.compare()
      }
    }
    let representationCases = try replayEach(file["representation_cases"] ?? .list([])) {
      (element, _) throws(VerificationError) in
      let given = try RepresentationCase(element)
      return outcome(given.name, given.id) { () throws(ReplaySettings.Unreplayable) in
        try given.compare()
      }
    }
    return cases + representationCases
  }

  private static func outcome(
    _ method: String,
    _ id: String,
    comparison: () throws(ReplaySettings.Unreplayable) -> ReplayComparison
  ) -> ReplayOutcome {
    do {
      return ReplayOutcome(method: method, caseID: id, comparison: try comparison())
    } catch {
      return ReplayOutcome(method: method, caseID: id, skipped: error.reason)
    }
  }
}
