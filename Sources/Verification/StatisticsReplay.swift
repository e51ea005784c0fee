internal import Statistics

/// Replays the reference cases of the statistics: one operation, its input, the expected output.
///
/// A case gives `op`, `input` and `expect`; every member of `expect` is compared. A number may be off
/// by `abs + rel * |expected|`, with the case's `tol` or the file's `default_tol`; texts, flags and
/// nulls must be the same. Sets of methods are compared as sets.
package enum StatisticsReplay {
  /// What an operation answers.
  enum Answer {
    /// The members of the output.
    case values([String: JSONValue])
    /// Why this build cannot say.
    case unsupported(String)
  }

  typealias Operation = @Sendable (JSONValue) throws(VerificationError) -> Answer

  private static let operations: [String: Operation] = [
    seedOperations, intervalOperations, testOperations, suiteOperations, trainingOperations,
  ].reduce(into: [:]) { all, some in all.merge(some) { first, _ in first } }

  /// Outcomes of all cases of a file, in its order, and one for its table of the studentized range.
  ///
  /// An unknown operation is skipped.
  ///
  /// - Throws: `VerificationError.badCase` for a case that lacks something or holds what its operation
  ///   cannot take.
  package static func replay(_ file: JSONValue) throws(VerificationError) -> [ReplayOutcome] {
    let standard = try Tolerance(file.member("default_tol"))
    var outcomes = try replayEach(try file.member("cases")) {
      (item, id) throws(VerificationError) in
      try replay(item, id: id, standard: standard)
    }
    if let table = file["studentised_range"] {
      do {
        outcomes.append(try replayTable(table.asStart))
      } catch {
        throw .badCase(id: "studentised_range", reason: error.description)
      }
    }
    return outcomes
  }

  private static func replay(
    _ item: JSONValue,
    id: String,
    standard: Tolerance
  ) throws(VerificationError) -> ReplayOutcome {
    let name = try item.member("op").string()
    guard let operation = operations[name] else {
      return ReplayOutcome(method: name, caseID: id, skipped: "unknown operation '\(name)'")
    }
    switch try operation(item.member("input")) {
    case .unsupported(let reason):
      return ReplayOutcome(method: name, caseID: id, skipped: reason)
    case .values(let found):
      let tolerance = try item["tol"].map { (value) throws(VerificationError) in
        try Tolerance(value)
      }
      var comparison = ReplayComparison()
      for (key, expected) in try item.member("expect").members() {
        compare(
          inSetOrder(found[key] ?? .text("absent"), key: key),
          inSetOrder(expected, key: key),
          tolerance ?? standard,
          &comparison
        )
      }
      return ReplayOutcome(method: name, caseID: id, comparison: comparison)
    }
  }

  /// Compares the quantiles of the studentized range that the file lists with six decimals.
  private static func replayTable(_ table: JSONValue) throws(VerificationError) -> ReplayOutcome {
    let groupCounts = try table.member("k").ints()
    var comparison = ReplayComparison()
    for (level, quantiles) in try table.member("q").members() {
      guard let alpha = Double(level) else { throw quantiles.mistyped("a level for a name") }
      let found = groupCounts.map { StudentizedRange.quantile(1 - alpha, groupCount: $0) }
      comparison.add(found, expected: try quantiles.doubles(), absolute: tableTolerance)
    }
    return ReplayOutcome(method: "studentised_range", caseID: "table", comparison: comparison)
  }

  /// Half a unit of the sixth decimal, and the rounding of the numbers themselves.
  private static let tableTolerance = 0.501e-6

  private static func compare(
    _ found: JSONValue,
    _ expected: JSONValue,
    _ tolerance: Tolerance,
    _ comparison: inout ReplayComparison
  ) {
    if let want = expected.numberIfAny {
      guard let got = found.numberIfAny else {
        comparison.add(error: .infinity, tolerance: 1)
        return
      }
      if got == want || got.isNaN && want.isNaN {
        comparison.add(error: 0, tolerance: 1)
      } else if !want.isFinite {
        comparison.add(error: .infinity, tolerance: 1)
      } else {
        let allowed = tolerance.absolute + tolerance.relative * abs(want)
        comparison.add(error: abs(got - want), tolerance: allowed)
      }
    } else if let wants = expected.elementsIfAny, let gots = found.elementsIfAny,
      wants.count == gots.count
    {
      for (got, want) in zip(gots, wants) { compare(got, want, tolerance, &comparison) }
    } else {
      comparison.add(error: found == expected ? 0 : .infinity, tolerance: 1)
    }
  }

  /// Sets of methods in ascending order; sets of such sets too.
  private static func inSetOrder(_ value: JSONValue, key: String) -> JSONValue {
    guard key == "groups" || key == "cliques", let sets = value.elementsIfAny else { return value }
    let members = sets.map { set in
      (set.elementsIfAny ?? []).compactMap { $0.numberIfAny }.sorted()
    }
    let ordered = key == "groups" ? members : members.sorted { $0.lexicographicallyPrecedes($1) }
    return .list(ordered.map { JSONValue($0) })
  }
}

/// How far a number may be off.
private struct Tolerance {
  let absolute: Double
  let relative: Double

  init(_ value: JSONValue) throws(VerificationError) {
    absolute = try value.tolerance("abs")
    relative = try value.tolerance("rel")
  }
}
