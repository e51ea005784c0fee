internal import GRDB

extension ResultStore {
  /// How the methods of a problem were trained: the training settings that all their specs share,
  /// by key, as the specs spell them; empty without a stored evaluation run.
  ///
  /// The learning rate is not among them, since tuning chooses it.
  package func trainingSettings(
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
        ) AS first, json_each(first.spec, '$.training') AS t
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
