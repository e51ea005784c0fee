import Foundation
import GRDB
import Store
import Testing

@Suite("Two users of one database")
struct SharingTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  @Test("a second process that would write is told who does")
  func secondWriter() async throws {
    let path = folder.file()
    let store = try ResultStore(path: path, mode: .create)
    let holder = getpid()
    await #expect(processExitsWith: .success) { [path = path as String, holder = holder as Int32] in
      let message = openingMessage(path, .readWrite) ?? "opened"
      let pattern =
        #/: process (\d+) on \S+ since \d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ is writing to it; /#
      let match = try #require(message.firstMatch(of: pattern), "\(message)")
      #expect(match.output.1 == "\(holder)")
      #expect(message.hasPrefix(path))
      #expect(
        message.hasSuffix(
          "wait until that ends, or use another file; reading is possible meanwhile"
        )
      )
    }
    try store.save(sampleRun())
  }

  @Test("a second process reads what is stored while the first goes on")
  func secondReader() async throws {
    let path = folder.file()
    let store = try ResultStore(path: path, mode: .create)
    try store.save(sampleRun(0))
    await #expect(processExitsWith: .success) { [path = path as String] in
      let reader = try ResultStore(path: path, mode: .readOnly)
      #expect(try reader.run(identity(0)) == sampleRun(0))
    }
    try store.save(sampleRun(1))
    let reader = try ResultStore(path: path, mode: .readOnly)
    try store.save(sampleRun(2))
    #expect(try reader.counts().runs == 3)
  }

  @Test("a writer that closes while others read leaves them reading")
  func readerOutlivesWriter() throws {
    let path = folder.file()
    let store = try ResultStore(path: path, mode: .create)
    try store.save(sampleRun(0))
    let reader = try ResultStore(path: path, mode: .readOnly)
    #expect(try reader.counts().runs == 1)
    try store.close()
    #expect(try reader.counts().runs == 1)
    let next = try ResultStore(path: path, mode: .readWrite)
    try next.save(sampleRun(1))
    #expect(try reader.counts().runs == 2)
  }

  @Test("the right to write ends with the store, closed or not")
  func released() throws {
    let path = folder.file()
    try ResultStore(path: path, mode: .create).close()
    _ = try ResultStore(path: path, mode: .readWrite)
    let store = try ResultStore(path: path, mode: .readWrite)
    try store.save(sampleRun())
  }

  @Test("a lock file left by a killed process hinders nobody")
  func staleLock() throws {
    let path = folder.file()
    let text = "process 1 on elsewhere since 2026-01-01T00:00:00Z"
    try Data(text.utf8).write(to: URL(filePath: path + ".lock"))
    let store = try ResultStore(path: path, mode: .create)
    try store.save(sampleRun())
    try store.close()
    #expect(try folder.names() == ["bench.sqlite"])
  }

  @Test("a lock without a name in it is another process's")
  func namelessLock() throws {
    let path = folder.file()
    let descriptor = open(path + ".lock", O_RDWR | O_CREAT, 0o644)
    defer { close(descriptor) }
    #expect(flock(descriptor, LOCK_EX) == 0)
    #expect(
      openingMessage(path, .create)
        == "\(path): another process is writing to it; wait until that ends, or use another file; "
        + "reading is possible meanwhile"
    )
  }

  @Test("another program's open transaction is waited for, and then reported")
  func lockedByOthers() throws {
    let path = folder.file()
    let store = try ResultStore(path: path, mode: .create, busySeconds: 0.05)
    let other = try DatabaseQueue(path: path)
    try other.writeWithoutTransaction { database in
      try database.execute(sql: "BEGIN IMMEDIATE")
      #expect(
        storeError { () throws(StoreError) in try store.save(sampleRun()) }?.description
          == "\(path): is locked by another program, perhaps a sqlite3 shell inside a transaction; "
          + "end that and try again"
      )
      try database.execute(sql: "COMMIT")
    }
    try store.save(sampleRun())
    #expect(try store.counts().runs == 1)
  }
}
