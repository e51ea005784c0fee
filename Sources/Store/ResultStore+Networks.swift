internal import GRDB

extension ResultStore {
  /// Stores the networks of a suite, in place of those it had; its problems must be stored before.
  package func save(networks: [NetworkRecord], of suite: String) throws(StoreError) {
    try write { database in
      try database.execute(
        sql: "DELETE FROM suite_network WHERE suite = ?",
        arguments: [suite]
      )
      for network in networks {
        try database.execute(
          sql: """
            INSERT INTO suite_network (suite, problem, label, position, settings, parameters,
              shared_parameters, multiply_adds, width_factor)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
          arguments: [
            suite, network.problem, network.label, network.order, network.settings,
            network.parameters, network.sharedParameters, network.multiplyAdds,
            network.widthFactor,
          ]
        )
        for method in network.leftOut {
          try database.execute(
            sql: """
              INSERT INTO network_left_out (suite, problem, network, method, reason)
              VALUES (?, ?, ?, ?, ?)
              """,
            arguments: [suite, network.problem, network.label, method.method, method.reason]
          )
        }
      }
    }
  }

  /// The networks of a suite by problem in alphabetical order, in the suite's order; none where an
  /// earlier version stored it.
  package func networks(of suite: String) throws(StoreError) -> [NetworkRecord] {
    try read { database in
      let sql = """
        SELECT problem, label, position, settings, parameters, shared_parameters, multiply_adds,
          width_factor
        FROM suite_network
        WHERE suite = ?
        ORDER BY problem, position
        """
      return try database.rows(sql, [suite]) { row in
        let (problem, label) = (try row.text(0), try row.text(1))
        return NetworkRecord(
          problem: problem,
          label: label,
          order: try row.whole(2),
          settings: try row.text(3),
          parameters: try row.count(4),
          sharedParameters: try row.count(5),
          multiplyAdds: try row.amount(6),
          widthFactor: try row.number(7),
          leftOut: try Self.leftOut(suite, problem, label, database)
        )
      }
    }
  }

  private static func leftOut(
    _ suite: String,
    _ problem: String,
    _ network: String,
    _ database: Database
  ) throws -> [NetworkRecord.LeftOut] {
    let sql = """
      SELECT method, reason FROM network_left_out
      WHERE suite = ? AND problem = ? AND network = ?
      ORDER BY method
      """
    return try database.rows(sql, [suite, problem, network]) { row in
      NetworkRecord.LeftOut(method: try row.text(0), reason: try row.text(1))
    }
  }

  /// By step.
  static func penalties(of identity: String, _ database: Database) throws -> [PenaltyValue] {
    let sql = "SELECT step, value FROM penalty WHERE identity = ? ORDER BY step"
    return try database.rows(sql, [identity]) { row in
      PenaltyValue(step: try row.count(0), value: try row.number(1) ?? .nan)
    }
  }
}
