import Foundation
import GRDB
import Store
import Testing

@Suite("Opening a store")
struct OpeningTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  @Test("a database that is not there is made only when asked for")
  func missing() throws {
    let path = folder.file()
    #expect(
      openingMessage(path, .readOnly) == "\(path): no such file; expected a results database"
    )
    #expect(
      openingMessage(path, .readWrite) == "\(path): no such file; expected a results database"
    )
    #expect(try folder.names() == [])
    try ResultStore(path: path, mode: .create).close()
    #expect(try folder.names() == ["bench.sqlite"])
  }

  @Test("a missing folder is named")
  func folderMissing() {
    let path = folder.file("results/bench.sqlite")
    #expect(
      openingMessage(path, .create)
        == "\(path): cannot be created, because there is no folder '\(folder.path)/results'; "
        + "create it first"
    )
  }

  @Test("a folder is not a database")
  func isFolder() {
    #expect(
      openingMessage(folder.path, .create)
        == "\(folder.path): is a folder; expected a results database"
    )
  }

  @Test("a file in the place of a folder is what the system says it is")
  func fileAsFolder() throws {
    try Data().write(to: URL(filePath: folder.file("results")))
    let path = folder.file("results/bench.sqlite")
    #expect(
      openingMessage(path, .create) == "\(path): cannot be read: Not a directory"
    )
  }

  @Test(
    "a text file is not a database, and stays as it is",
    arguments: [ResultStore.Mode.readOnly, .create]
  )
  func notADatabase(mode: ResultStore.Mode) throws {
    let path = folder.file("notes.txt")
    let text = String(repeating: "Not a database at all. ", count: 100)
    try Data(text.utf8).write(to: URL(filePath: path))
    #expect(openingMessage(path, mode) == "\(path): is not a SQLite database")
    #expect(try String(contentsOfFile: path, encoding: .utf8) == text)
    #expect(try folder.names() == ["notes.txt"])
  }

  @Test("a device is not a database")
  func device() {
    #expect(openingMessage("/dev/null", .create) == "/dev/null: is not a SQLite database")
  }

  @Test(
    "a database of another program is refused and stays as it is",
    arguments: [ResultStore.Mode.readOnly, .create]
  )
  func foreign(mode: ResultStore.Mode) throws {
    let path = folder.file()
    try rawDatabase(path) { try $0.execute(sql: "CREATE TABLE contact (name TEXT)") }
    let before = try Data(contentsOf: URL(filePath: path))
    #expect(
      openingMessage(path, mode)
        == "\(path): is a SQLite database, but not one that mtlbench made"
    )
    #expect(try Data(contentsOf: URL(filePath: path)) == before)
    #expect(try folder.names() == ["bench.sqlite"])
  }

  @Test("an empty file becomes a database when opened for writing")
  func emptyFile() throws {
    let path = folder.file()
    try Data().write(to: URL(filePath: path))
    #expect(
      openingMessage(path, .readOnly)
        == "\(path): holds no tables yet, because its making was cut short; run a suite into it"
    )
    let store = try ResultStore(path: path, mode: .readWrite)
    try store.save(sampleRun())
    #expect(try store.counts().runs == 1)
  }

  @Test(
    "a database of a later version is refused with both versions",
    arguments: [ResultStore.Mode.readOnly, .readWrite]
  )
  func newer(mode: ResultStore.Mode) throws {
    let path = folder.file()
    try ResultStore(path: path, mode: .create).close()
    try rawDatabase(path) { try $0.execute(sql: "PRAGMA user_version = 99") }
    #expect(
      openingMessage(path, mode)
        == "\(path): its tables are of version 99, this mtlbench knows versions up to 6; use a newer "
        + "mtlbench"
    )
  }

  @Test("a database of an earlier version is not read before it is brought up to date")
  func older() throws {
    let path = folder.file()
    try ResultStore(path: path, mode: .create).close()
    try rawDatabase(path) { try $0.execute(sql: "PRAGMA user_version = 0") }
    #expect(
      openingMessage(path, .readOnly)
        == "\(path): its tables are of version 0, this mtlbench reads version 6; they are brought up "
        + "to date when a suite is next run into it"
    )
  }

  @Test("a damaged file is said to be damaged")
  func damaged() throws {
    let path = folder.file()
    let store = try ResultStore(path: path, mode: .create)
    for number in 0..<200 { try store.save(sampleRun(number)) }
    try store.close()
    try overwrite(path, from: 0.5)
    #expect(try ResultStore(path: path, mode: .readOnly).integrityCheck() != [])
    try overwrite(path, from: 0)
    #expect(
      openingMessage(path, .readWrite)
        == "\(path): the database is damaged: database disk image is malformed; restore it from a "
        + "copy"
    )
  }

  @Test("names that SQLite would take for something else are files")
  func specialNames() throws {
    let store = try ResultStore(path: folder.file(":memory:"), mode: .create)
    try store.save(sampleRun())
    try store.close()
    #expect(try folder.names() == [":memory:"])
  }

  /// Writes nonsense over the pages after the first that lie behind a fraction of the file.
  private func overwrite(_ path: String, from fraction: Double) throws {
    let pageSize = 4096
    let file = try FileHandle(forUpdating: URL(filePath: path))
    let pageCount = Int(try file.seekToEnd()) / pageSize
    let first = max(1, Int(Double(pageCount) * fraction))
    try file.seek(toOffset: UInt64(first * pageSize))
    try file.write(contentsOf: Data(repeating: 0xAB, count: (pageCount - first) * pageSize))
    try file.close()
  }

  @Test("saving to a store opened for reading is a mistake of the caller")
  func readOnly() async throws {
    let path = folder.file()
    try ResultStore(path: path, mode: .create).close()
    await #expect(processExitsWith: .failure) { [path = path as String] in
      try ResultStore(path: path, mode: .readOnly).save(sampleRun())
    }
  }

  @Test("an identity that is not 16 hexadecimal digits is a mistake of the caller")
  func badIdentity() async throws {
    await #expect(processExitsWith: .failure) { [path = folder.file() as String] in
      var run = sampleRun()
      run.identity = "run 1"
      try ResultStore(path: path, mode: .create).save(run)
    }
  }
}
