internal import Store

/// Runs that need not be made: those of the database that takes new ones, and those of one that other
/// shards were merged into.
struct KnownRuns {
  private let stores: [ResultStore]
  /// Of the merged database alone.
  private let earlier: Set<String>

  init(_ store: ResultStore, after earlier: ResultStore?) throws(StoreError) {
    stores = [store] + (earlier.map { [$0] } ?? [])
    self.earlier = try earlier?.identities() ?? []
  }

  /// The jobs that are to be made here: those that the merged database lacks, or a shard's share of them.
  func own(of jobs: [Job], _ suite: Suite) -> [Job] {
    let lacked = jobs.filter { !earlier.contains($0.identity) }
    guard suite.isDealt, let shard = suite.shard else { return lacked }
    // Dealt before anything is looked up in the shard's own database, so that it is dealt the same again.
    var seen: Set<String> = []
    return shard.deal(lacked.filter { seen.insert($0.identity).inserted })
  }

  /// Number of the jobs' runs that are in neither database.
  func missingCount(_ jobs: [Job]) throws(StoreError) -> Int {
    Set(jobs.map(\.identity)).subtracting(earlier).subtracting(try stores[0].identities()).count
  }

  /// Those of the given runs that are stored, by identity, with their metrics on the validation part.
  func tuningRuns(of identities: [String]) throws(StoreError) -> [String: EvaluationRun] {
    var found: [String: EvaluationRun] = [:]
    for store in stores {
      found.merge(try store.runs(of: identities, part: .validation)) { first, _ in first }
    }
    return found
  }

  /// Validation loss of each task at the checkpoint of those runs that finished, by run.
  func checkpointLosses(
    _ identities: [String]
  ) throws(StoreError) -> [String: [(task: Int, loss: Double)]] {
    var found: [String: [(task: Int, loss: Double)]] = [:]
    for store in stores {
      found.merge(try store.checkpointLosses(identities)) { first, second in
        first.isEmpty ? second : first
      }
    }
    return found
  }
}
