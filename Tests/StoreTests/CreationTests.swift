import Foundation
import GRDB
import GRDBSQLite
import Store
import Testing

@Suite("A database whose making is cut short", .serialized)
struct CreationTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  /// Writes that making a database takes; the tests below would end early with too few.
  private static let leastWriteCount = 10
  /// Every write with `SLOW_TESTS` in the environment, each of them a process; else some.
  private static let step = ProcessInfo.processInfo.environment["SLOW_TESTS"] == nil ? 7 : 1

  @Test("by a kill at any of its writes is made anew")
  func killed() async throws {
    var number = 1
    while true {
      let path = folder.file("killed-\(number).sqlite")
      await #expect(processExitsWith: .failure) { [path = path as String, number = number as Int] in
        failWrite(number, by: .kill)
        try ResultStore(path: path, mode: .create).close()
        // Not one of the statuses of a signal: it came to its end.
        exit(3)
      }
      guard FileManager.default.fileExists(atPath: path + ".lock") else { break }
      try expectUsable(path)
      number += Self.step
    }
    #expect(number > Self.leastWriteCount)
  }

  @Test("by a disk that is full at any of its writes is made anew when there is space")
  func full() async throws {
    for number in stride(from: 1, through: .max, by: Self.step) {
      let path = folder.file("full-\(number).sqlite")
      let isFull = path + ".full"
      await #expect(processExitsWith: .success) { [path = path as String, number = number as Int] in
        failWrite(number, by: .fullDisk)
        do {
          try ResultStore(path: path, mode: .create).close()
        } catch StoreError.diskFull {
          try Data().write(to: URL(filePath: path + ".full"))
        }
      }
      try expectUsable(path)
      guard FileManager.default.fileExists(atPath: isFull) else {
        #expect(number > Self.leastWriteCount)
        return
      }
    }
  }

  @Test("as earlier versions could leave it is made anew, and is no reason to change another's")
  func listAlone() throws {
    let path = folder.file()
    let list = "CREATE TABLE grdb_migrations (identifier TEXT NOT NULL PRIMARY KEY)"
    try rawDatabase(path) { try $0.execute(sql: list) }
    #expect(
      openingMessage(path, .readOnly)
        == "\(path): holds no tables yet, because its making was cut short; run a suite into it"
    )
    try expectUsable(path)

    let other = folder.file("other.sqlite")
    try rawDatabase(other) {
      try $0.execute(sql: list + "; INSERT INTO grdb_migrations VALUES ('theirs')")
    }
    #expect(
      openingMessage(other, .create)
        == "\(other): is a SQLite database, but not one that mtlbench made"
    )
  }

  private func expectUsable(_ path: String) throws {
    let store = try ResultStore(path: path, mode: .create)
    try store.save(sampleRun(1))
    #expect(try store.integrityCheck() == [])
    try store.close()
    #expect(try ResultStore(path: path, mode: .readOnly).run(identity(1)) == sampleRun(1))
  }
}

/// How a write goes wrong.
private enum Failure {
  case kill
  case fullDisk
}

/// The original of SQLite's system call, and what is left until one goes wrong.
private nonisolated(unsafe) var original:
  (@convention(c) (Int32, UnsafeRawPointer?, Int, Int64) -> Int)?
private nonisolated(unsafe) var writesLeft = 0
private nonisolated(unsafe) var failure = Failure.kill

/// Lets SQLite's write of a number, counted from 1, reach the disk by half and then go wrong.
private func failWrite(_ number: Int, by kind: Failure) {
  writesLeft = number
  failure = kind
  guard let vfs = sqlite3_vfs_find(nil), let get = vfs.pointee.xGetSystemCall,
    let set = vfs.pointee.xSetSystemCall, let call = get(vfs, "pwrite64")
  else {
    Issue.record("SQLite does not show its system calls")
    return
  }
  original = unsafeBitCast(
    call,
    to: (@convention(c) (Int32, UnsafeRawPointer?, Int, Int64) -> Int).self
  )
  let failing: @convention(c) (Int32, UnsafeRawPointer?, Int, Int64) -> Int = {
    file,
    bytes,
    count,
    place in
    writesLeft -= 1
    guard writesLeft <= 0, let original else { return original?(file, bytes, count, place) ?? -1 }
    if writesLeft == 0 { _ = original(file, bytes, count / 2, place) }
    if case .kill = failure { kill(getpid(), SIGKILL) }
    errno = ENOSPC
    return -1
  }
  _ = set(vfs, "pwrite64", unsafeBitCast(failing, to: sqlite3_syscall_ptr.self))
}
