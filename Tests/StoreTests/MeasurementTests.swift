import GRDB
import Store
import Testing

@Suite("Measurements of speed")
struct MeasurementTests {
  private let folder: TemporaryFolder
  private let store: ResultStore

  init() throws {
    folder = try TemporaryFolder()
    store = try ResultStore(path: folder.file(), mode: .create)
  }

  @Test("are kept pass by pass, and one measured again in the same session takes its place")
  func saved() throws {
    try store.save(measurements: [sampleMeasurement(), sampleMeasurement(pass: 2, value: 3.5)])
    try store.save(measurements: [sampleMeasurement(value: 45_000)])
    let rows = try rows(
      """
      SELECT created_at, machine, program_version, program, name, work, method, pass, value, unit
      FROM measurement ORDER BY pass
      """
    )
    let key = "2026-01-02T03:04:05Z|node3, 8 cores|0.1.0|mtlbench|training steps|W1|pcgrad"
    #expect(rows == ["\(key)|1|45000.0|1/s", "\(key)|2|3.5|1/s"])
  }

  @Test("a value that is not finite is no measurement")
  func notFinite() {
    let error = storeError { () throws(StoreError) in
      try store.save(measurements: [sampleMeasurement(value: .nan)])
    }
    #expect(error?.description.contains("NOT NULL constraint failed: measurement.value") == true)
  }

  private func rows(_ sql: String) throws -> [String] {
    try DatabaseQueue(path: folder.file()).read { database in
      try Row.fetchAll(database, sql: sql).map { row in
        row.databaseValues.map { "\($0.storage.value ?? "NULL")" }.joined(separator: "|")
      }
    }
  }
}
