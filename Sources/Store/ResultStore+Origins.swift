internal import GRDB

/// By which program and on which machine some runs of a suite were made.
package struct RunOrigin: Sendable, Hashable {
  package var programVersion: String
  /// Version of the arithmetic.
  package var numericsVersion: Int
  /// Instruction set of the kernels, such as `avx2`.
  package var instructionSet: String
  /// Whether subnormal numbers were flushed to zero.
  package var flushToZero: Bool
  /// Name and processor of the machine.
  package var machine: String
  package var runCount: Int
  /// Seconds of all these runs together.
  package var totalSeconds: Double
  /// When the first of them ended, ISO 8601 in UTC.
  package var firstAt: String
  /// When the last of them ended, ISO 8601 in UTC.
  package var lastAt: String
}

extension ResultStore {
  /// Where the stored runs of a suite come from, those of a kind together, by version and machine.
  package func origins(of suite: String) throws(StoreError) -> [RunOrigin] {
    try read { database in
      let sql = """
        SELECT
          program_version, numerics_version, instruction_set, flush_to_zero, machine, COUNT(*),
          SUM(total_seconds), MIN(created_at), MAX(created_at)
        FROM run
        WHERE identity IN (SELECT identity FROM plan_entry WHERE suite = ?)
        GROUP BY program_version, numerics_version, instruction_set, flush_to_zero, machine
        ORDER BY program_version, numerics_version, instruction_set, flush_to_zero, machine
        """
      return try database.rows(sql, [suite]) { row in
        RunOrigin(
          programVersion: try row.text(0),
          numericsVersion: try row.whole(1),
          instructionSet: try row.text(2),
          flushToZero: try row.flag(3),
          machine: try row.text(4),
          runCount: try row.count(5),
          totalSeconds: try row.amount(6),
          firstAt: try row.text(7),
          lastAt: try row.text(8)
        )
      }
    }
  }
}
