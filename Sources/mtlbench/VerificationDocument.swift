internal import Settings
internal import Verification

/// What `verify --json` prints: counts by file, and every case that missed or was skipped.
enum VerificationDocument {
  static func document(_ files: [(path: String, outcomes: [ReplayOutcome])]) -> CanonicalTable {
    var document = CanonicalTable()
    document["schema"] = .text("mtlbench/verify/1")
    document["files"] = .list(files.map { .table(file($0.path, $0.outcomes)) })
    return document
  }

  private static func file(_ path: String, _ outcomes: [ReplayOutcome]) -> CanonicalTable {
    var table = CanonicalTable()
    table["path"] = .text(path)
    table["replayed"] = .count(outcomes.count { !$0.isSkipped })
    table["missed"] = .count(outcomes.count { !$0.isSkipped && !$0.passed })
    table["skipped"] = .count(outcomes.count { $0.isSkipped })
    table["failures"] = .list(
      outcomes.filter { !$0.passed }.map { outcome in
        var entry = CanonicalTable()
        entry["case"] = .text(outcome.caseID)
        entry["method"] = .text(outcome.method)
        entry["skipped_because"] = .text(orNull: outcome.skipReason)
        entry["error"] = .number(orNull: outcome.worstError)
        entry["tolerance"] = .number(orNull: outcome.tolerance)
        return .table(entry)
      }
    )
    return table
  }
}
