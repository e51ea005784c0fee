import Foundation
import Store
import Testing

@Suite("When the system refuses", .serialized)
struct RefusalTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  @Test("a folder that is not writable is named with the system's reason")
  func folderNotWritable() async throws {
    let path = folder.file()
    try setMode(0o555, folder.path)
    defer { try? setMode(0o755, folder.path) }
    await #expect(processExitsWith: .success) { [path = path as String] in
      try becomeOrdinaryUser()
      #expect(
        openingMessage(path, .create)
          == "\(path): cannot be written: Permission denied; the file and its folder must both be "
          + "writable"
      )
    }
    #expect(try folder.names() == [])
  }

  @Test("a closed database is read in a folder that is not writable, and not written")
  func readOnlyFolder() async throws {
    let path = folder.file()
    let store = try ResultStore(path: path, mode: .create)
    try store.save(sampleRun())
    try store.close()
    try setMode(0o666, path)
    try setMode(0o555, folder.path)
    defer { try? setMode(0o755, folder.path) }
    await #expect(processExitsWith: .success) { [path = path as String] in
      try becomeOrdinaryUser()
      #expect(
        openingMessage(path, .readWrite)
          == "\(path): cannot be written: Permission denied; the file and its folder must both be "
          + "writable"
      )
      let reader = try ResultStore(path: path, mode: .readOnly)
      #expect(try reader.run(identity(0)) == sampleRun())
    }
    #expect(try folder.names() == ["bench.sqlite"])
  }

  @Test("a database that was not closed needs a writable folder")
  func notClosed() async throws {
    let path = folder.file()
    await #expect(processExitsWith: .signal(SIGKILL)) { [path = path as String] in
      let store = try ResultStore(path: path, mode: .create)
      try store.save(sampleRun())
      kill(getpid(), SIGKILL)
    }
    try FileManager.default.removeItem(atPath: path + "-shm")
    try setMode(0o555, folder.path)
    defer { try? setMode(0o755, folder.path) }
    await #expect(processExitsWith: .success) { [path = path as String] in
      try becomeOrdinaryUser()
      #expect(
        openingMessage(path, .readOnly)
          == "\(path): cannot be read where it is: it was not closed by the program that wrote it, "
          + "and its folder is not writable; copy the file, and those beside it that begin with its "
          + "name, to a folder that is"
      )
    }
    try setMode(0o755, folder.path)
    #expect(try ResultStore(path: path, mode: .readOnly).run(identity(0)) == sampleRun())
  }

  @Test("a file that is not writable is read, and not written")
  func readOnlyFile() async throws {
    let path = folder.file()
    let store = try ResultStore(path: path, mode: .create)
    try store.save(sampleRun())
    try store.close()
    try setMode(0o444, path)
    try setMode(0o777, folder.path)
    await #expect(processExitsWith: .success) { [path = path as String] in
      try becomeOrdinaryUser()
      #expect(
        openingMessage(path, .create)
          == "\(path): cannot be written: Permission denied; the file and its folder must both be "
          + "writable"
      )
      let reader = try ResultStore(path: path, mode: .readOnly)
      #expect(try reader.counts().runs == 1)
    }
  }

  @Test("a file that is not readable is named with the system's reason")
  func notReadable() async throws {
    let path = folder.file()
    try ResultStore(path: path, mode: .create).close()
    try setMode(0, path)
    await #expect(processExitsWith: .success) { [path = path as String] in
      try becomeOrdinaryUser()
      #expect(
        openingMessage(path, .readOnly) == "\(path): cannot be read: Permission denied"
      )
    }
  }

  @Test("a full database refuses a run as a whole and keeps the others")
  func pageLimit() throws {
    let path = folder.file()
    let store = try ResultStore(path: path, mode: .create, maximumPageCount: 60)
    try expectFull(store, path)
    try store.close()

    let roomier = try ResultStore(path: path, mode: .readWrite)
    try roomier.save(sampleRun(1000))
    #expect(try roomier.integrityCheck() == [])
  }

  @Test("a full disk refuses a run as a whole and keeps the others", .enabled(if: canMount))
  func fullDisk() throws {
    #expect(mount("none", folder.path, "tmpfs", 0, "size=600k") == 0)
    defer { umount2(folder.path, Int32(MNT_DETACH)) }
    let path = folder.file()
    let store = try ResultStore(path: path, mode: .create)
    try expectFull(store, path)
    try store.close()

    #expect(mount("none", folder.path, "tmpfs", UInt(MS_REMOUNT), "size=4m") == 0)
    let roomier = try ResultStore(path: path, mode: .readWrite)
    try roomier.save(sampleRun(1000))
    #expect(try roomier.integrityCheck() == [])
  }

  @Test("a disk without any space is reported at once", .enabled(if: canMount))
  func noSpaceAtAll() throws {
    #expect(mount("none", folder.path, "tmpfs", 0, "size=8k") == 0)
    defer { umount2(folder.path, Int32(MNT_DETACH)) }
    let path = folder.file()
    #expect(openingMessage(path, .create) == diskFullMessage(path))
    // Whatever is left: a child of another test may still hold a block of the file that was taken back.
    let filler = open(folder.file("filler"), O_CREAT | O_WRONLY, 0o600)
    while write(filler, [UInt8](repeating: 1, count: 4096), 4096) > 0 {}
    close(filler)
    #expect(openingMessage(path, .create) == diskFullMessage(path))
  }

  private func diskFullMessage(_ path: String) -> String {
    "\(path): no space left on the disk; what was stored before is intact, what was being stored is "
      + "not in it; free some space and run again"
  }

  /// Saves runs until one is refused, and checks that all before it are there.
  private func expectFull(_ store: ResultStore, _ path: String) throws {
    var number = 0
    var refusal: StoreError?
    while refusal == nil && number < 1000 {
      refusal = storeError { () throws(StoreError) in try store.save(sampleRun(number)) }
      if refusal == nil { number += 1 }
    }
    #expect(refusal?.description == diskFullMessage(path))
    #expect(number > 0)
    #expect(try store.identities() == Set((0..<number).map { identity($0) }))
    for stored in 0..<number {
      #expect(try store.run(identity(stored)) == sampleRun(stored))
    }
    #expect(try store.integrityCheck() == [])
  }

  private func setMode(_ mode: UInt32, _ path: String) throws {
    try #require(chmod(path, mode) == 0)
  }
}

/// Whether this process may make small disks of its own, which takes root's rights.
private let canMount: Bool = {
  guard let folder = try? TemporaryFolder(),
    mount("none", folder.path, "tmpfs", 0, "size=100k") == 0
  else {
    return false
  }
  return umount2(folder.path, Int32(MNT_DETACH)) == 0
}()

/// Gives up the rights of root, which no permission stops.
private func becomeOrdinaryUser() throws {
  let nobody: uid_t = 65534
  if geteuid() == 0 { try #require(setuid(nobody) == 0) }
}
