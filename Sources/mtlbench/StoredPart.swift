internal import Store

/// The part that a stored run plays in a suite.
struct StoredPart {
  let entry: PlanEntry
  /// Names of the problem's tasks by index.
  let taskNames: [Int: String]

  /// Every part of a run, by suite.
  static func all(of identity: String, in store: ResultStore) throws -> [StoredPart] {
    try store.entries(playedBy: identity).map { entry in
      let problems = try store.problems(of: entry.suite)
      let tasks = problems.first { $0.label == entry.problem }?.tasks ?? []
      var names: [Int: String] = [:]
      for task in tasks { if let index = task.index { names[index] = task.name } }
      return StoredPart(entry: entry, taskNames: names)
    }
  }

  /// Suite, problem, method, role, learning rate and seed.
  var text: String {
    let task = entry.taskIndex.map { " on task \(taskNames[$0] ?? "\($0)")" } ?? ""
    return
      "suite \(entry.suite), problem \(entry.problem), \(entry.method)\(task), \(entry.role.rawValue) at "
      + "learning rate \(entry.learningRate), seed \(entry.seed)"
  }
}
