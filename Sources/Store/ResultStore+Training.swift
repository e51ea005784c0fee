internal import GRDB

extension ResultStore {
  /// A part of a spec that all methods of a problem share, as the specs spell it.
  package enum SharedSettings: String {
    /// The problem, with hashes of the files that it is read from.
    case problem
    /// How its methods were trained, without the learning rate, which tuning chooses.
    case training
  }

  /// The settings that the specs of a problem's methods share, by key; empty without a stored evaluation
  /// run.
  package func settings(
    of part: SharedSettings,
    suite: String,
    problem: String
  ) throws(StoreError) -> [String: String] {
    try read { database in
      let sql = """
        SELECT t.key, CASE t.type WHEN 'text' THEN t.value ELSE first.spec -> t.fullkey END
        FROM (
          SELECT spec FROM run WHERE identity = (
            SELECT p.identity
            FROM plan_entry AS p
            WHERE p.suite = ? AND p.problem = ? AND p.role = 'evaluation' AND p.task = ?
              AND EXISTS (SELECT 1 FROM run AS r WHERE r.identity = p.identity)
            ORDER BY p.seed, p.method
            LIMIT 1
          )
        ) AS first, json_each(first.spec, '$.\(part.rawValue)') AS t
        WHERE t.key <> 'learning_rate'
        """
      var settings: [String: String] = [:]
      try database.forEachRow(sql, [suite, problem, allTasks]) { row in
        settings[try row.text(0)] = try row.text(1)
      }
      return settings
    }
  }
}
