internal import Glibc

/// Who writes to a database: what a lock file says.
package struct LockHolder: Sendable, Hashable, CustomStringConvertible {
  /// The process, its machine and its start, such as `process 4711 on node3 since 2026-…`.
  package let description: String

  package init(description: String) {
    self.description = description
  }
}

/// The right to write to a database, held by one process at a time.
///
/// It is `flock` on a file beside the database, so the kernel gives it back when its holder ends,
/// however that comes about; the text in the file only tells others who holds it.
final class WriterLock: Sendable {
  private let path: String
  private let descriptor: Int32

  /// Takes the lock of the database at a path, or says at once who has it.
  init(forDatabase database: String) throws(StoreError) {
    path = database + ".lock"
    descriptor = try Self.lockedDescriptor(path, database: database)
    let holder = Self.thisProcess()
    let isWritten =
      ftruncate(descriptor, 0) == 0
      && holder.utf8.count == write(descriptor, holder, holder.utf8.count)
    guard isWritten else {
      let number = errno
      close(descriptor)
      throw Self.failure(number, database: database)
    }
  }

  deinit {
    unlink(path)
    close(descriptor)
  }

  /// An open file that is locked and still has its name: the former holder removes the file.
  private static func lockedDescriptor(
    _ path: String,
    database: String
  ) throws(StoreError) -> Int32 {
    while true {
      // A link of that name would lead to a file of others, which must not be overwritten.
      let descriptor = open(path, O_RDWR | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC, 0o644)
      guard descriptor >= 0 else {
        let number = errno
        throw number == ELOOP
          ? .lockIsForeign(path: database, lock: path) : failure(number, database: database)
      }
      var ofDescriptor = stat()
      var ofPath = stat()
      guard fstat(descriptor, &ofDescriptor) == 0, ofDescriptor.st_mode & S_IFMT == S_IFREG,
        ofDescriptor.st_nlink <= 1
      else {
        close(descriptor)
        throw .lockIsForeign(path: database, lock: path)
      }
      guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
        let number = errno
        let holder = text(of: descriptor)
        close(descriptor)
        throw number == EWOULDBLOCK
          ? .held(path: database, by: holder.isEmpty ? nil : LockHolder(description: holder))
          : .notWritable(path: database, errno: number)
      }
      if lstat(path, &ofPath) == 0, ofDescriptor.st_ino == ofPath.st_ino,
        ofDescriptor.st_dev == ofPath.st_dev
      {
        return descriptor
      }
      close(descriptor)
    }
  }

  private static func failure(_ number: Int32, database: String) -> StoreError {
    number == ENOSPC || number == EDQUOT
      ? .diskFull(path: database) : .notWritable(path: database, errno: number)
  }

  private static func text(of descriptor: Int32) -> String {
    var bytes = [UInt8](repeating: 0, count: 512)
    let count = pread(descriptor, &bytes, bytes.count, 0)
    return count > 0 ? String(decoding: bytes[..<count], as: UTF8.self) : ""
  }

  private static func thisProcess() -> String {
    var host = [CChar](repeating: 0, count: 256)
    if gethostname(&host, host.count - 1) != 0 { host = [] }
    var now = time(nil)
    var parts = tm()
    gmtime_r(&now, &parts)
    var start = [CChar](repeating: 0, count: 32)
    strftime(&start, start.count, "%Y-%m-%dT%H:%M:%SZ", &parts)
    return "process \(getpid()) on \(text(of: host)) since \(text(of: start))"
  }

  private static func text(of characters: [CChar]) -> String {
    String(decoding: characters.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}
