internal import GRDB
internal import Glibc
internal import Synchronization

/// The results database: one SQLite file that holds runs and the suites they were made for.
///
/// A store open for writing keeps others from writing until it is closed; any number of stores may
/// read meanwhile. A run that `save` returned from survives a kill of the process; after a power loss
/// the last few may be missing, but the database is intact (SQLite's WAL mode, synchronous NORMAL).
package final class ResultStore: Sendable {
  /// What a store is opened for.
  package enum Mode: Sendable {
    /// Writing; a database that is not there is made.
    case create
    /// Writing to a database that is there.
    case readWrite
    /// Reading.
    case readOnly
  }

  /// The database's path as it was given.
  package let path: String
  package let mode: Mode
  private let queue: DatabaseQueue
  private let lock: Mutex<WriterLock?>
  /// The file that was opened, which may lose its name.
  private let file: FileIdentity

  /// Opens the database at a path, and brings its tables up to date if it is opened for writing.
  ///
  /// - Parameters:
  ///   - path: The database file.
  ///   - mode: What it is opened for.
  ///   - busySeconds: How long to wait for other programs that lock the database.
  ///   - maximumPageCount: Limit of the file's size, in pages of 4096 bytes; reaching it is as a
  ///     full disk.
  /// - Throws: if the file or its folder is missing, a folder, not accessible, not a database of
  ///   mtlbench, or one of a later version; if another store writes to it; if the disk is full.
  package init(
    path: String,
    mode: Mode,
    busySeconds: Double = 10,
    maximumPageCount: Int? = nil
  ) throws(StoreError) {
    try Self.checkFile(path, mode: mode)
    self.path = path
    self.mode = mode
    let writerLock: WriterLock? = mode == .readOnly ? nil : try WriterLock(forDatabase: path)
    lock = Mutex(writerLock)
    do {
      queue = try Self.open(path, mode: mode, busySeconds: busySeconds)
      try Self.checkOrigin(queue, path: path, mode: mode)
      if mode != .readOnly {
        try Self.prepareWriting(queue, maximumPageCount: maximumPageCount)
      }
      guard let opened = FileIdentity(ofPath: path) else { throw StoreError.removed(path: path) }
      file = opened
    } catch {
      throw Self.openingError(error, path: path, mode: mode)
    }
  }

  /// Ends the use of the store and lets others write.
  ///
  /// The database is then a single file again, which can be read from a folder that is not writable.
  /// A store that is not closed loses nothing: the file beside it belongs to the database.
  package func close() throws(StoreError) {
    do {
      if mode != .readOnly { try leaveWAL() }
      try queue.close()
    } catch {
      throw StoreError(error, path: path)
    }
    lock.withLock { $0 = nil }
  }

  /// Reads in one transaction, so that all that is read belongs together.
  func read<Value>(_ work: (Database) throws -> Value) throws(StoreError) -> Value {
    do {
      return try queue.read(work)
    } catch {
      throw StoreError(error, path: path)
    }
  }

  /// Writes in one transaction: all of it, or nothing if an error is thrown.
  func write(_ work: (Database) throws -> Void) throws(StoreError) {
    precondition(mode != .readOnly, "\(path) was opened for reading only")
    do {
      try queue.write(work)
    } catch {
      throw StoreError(error, path: path)
    }
    try checkPlace()
  }

  /// Does what cannot be done inside a transaction, and begins its own.
  func writeWithoutTransaction<Value>(
    _ work: (Database) throws -> Value
  ) throws(StoreError) -> Value {
    precondition(mode != .readOnly, "\(path) was opened for reading only")
    let value: Value
    do {
      value = try queue.writeWithoutTransaction(work)
    } catch {
      throw StoreError(error, path: path)
    }
    try checkPlace()
    return value
  }

  /// SQLite goes on writing to a file that has been deleted.
  private func checkPlace() throws(StoreError) {
    guard FileIdentity(ofPath: path) == file else { throw .removed(path: path) }
  }

  /// Back to a single file, unless others are reading or the disk is full.
  private func leaveWAL() throws {
    do {
      try queue.writeWithoutTransaction { database in
        try database.execute(sql: "PRAGMA busy_timeout = 0")
        try database.execute(sql: "PRAGMA journal_mode = DELETE")
      }
    } catch let error as DatabaseError
      where [.SQLITE_BUSY, .SQLITE_FULL].contains(error.resultCode)
    {
      return
    }
  }

  private static func open(
    _ path: String,
    mode: Mode,
    busySeconds: Double
  ) throws -> DatabaseQueue {
    var configuration = Configuration()
    configuration.readonly = mode == .readOnly
    configuration.busyMode = .timeout(busySeconds)
    configuration.label = "mtlbench.store"
    return try DatabaseQueue(path: fileName(path), configuration: configuration)
  }

  /// A path as SQLite takes it, which gives names such as ":memory:" a meaning of their own, unless they
  /// look like paths.
  static func fileName(_ path: String) -> String { path.hasPrefix("/") ? path : "./" + path }

  /// Everything that can be known of the file before SQLite opens it, which might create it.
  private static func checkFile(_ path: String, mode: Mode) throws(StoreError) {
    var status = stat()
    guard stat(path, &status) == 0 else {
      let number = errno
      guard number == ENOENT else { throw .notReadable(path: path, errno: number) }
      guard mode == .create else { throw .missing(path: path) }
      let folder = folder(of: path)
      guard stat(folder, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else {
        throw .folderMissing(path: path, folder: folder)
      }
      return
    }
    guard status.st_mode & S_IFMT != S_IFDIR else { throw .isFolder(path: path) }
    guard status.st_mode & S_IFMT == S_IFREG else { throw .notADatabase(path: path) }
    guard access(path, R_OK) == 0 else { throw .notReadable(path: path, errno: errno) }
    guard mode == .readOnly || access(path, W_OK) == 0 else {
      throw .notWritable(path: path, errno: errno)
    }
  }

  private static func folder(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  /// Refuses databases of other programs and of other versions, before anything is changed in them.
  private static func checkOrigin(_ queue: DatabaseQueue, path: String, mode: Mode) throws {
    let (application, version, isEmpty) = try queue.read { database in
      (
        try Int.fetchOne(database, sql: "PRAGMA application_id") ?? 0,
        try Int.fetchOne(database, sql: "PRAGMA user_version") ?? 0,
        try Schema.isEmpty(database)
      )
    }
    if isEmpty && [0, Schema.applicationID].contains(application) {
      // Its making was cut short, and is done again by whoever writes next.
      guard mode == .readOnly else { return }
      throw StoreError.empty(path: path)
    }
    guard application == Schema.applicationID else { throw StoreError.foreign(path: path) }
    guard version <= Schema.version else {
      throw StoreError.newer(path: path, found: version, supported: Schema.version)
    }
    guard mode != .readOnly || version >= Schema.oldestReadable else {
      throw StoreError.older(path: path, found: version, supported: Schema.version)
    }
  }

  private static func prepareWriting(_ queue: DatabaseQueue, maximumPageCount: Int?) throws {
    try queue.writeWithoutTransaction { database in
      try database.execute(sql: "PRAGMA journal_mode = WAL")
      try database.execute(sql: "PRAGMA synchronous = NORMAL")
      if let maximumPageCount {
        try database.execute(sql: "PRAGMA max_page_count = \(maximumPageCount)")
      }
    }
    try Schema.migrate(queue)
  }

  private static func openingError(_ error: any Error, path: String, mode: Mode) -> StoreError {
    let error = StoreError(error, path: path)
    guard case .sqlite(_, let code, _) = error,
      ResultCode(rawValue: code).primaryResultCode == .SQLITE_CANTOPEN
    else {
      return error
    }
    return mode == .readOnly
      ? .needsWritableFolder(path: path) : .notWritable(path: path, errno: EACCES)
  }
}

/// Which file a name stands for.
private struct FileIdentity: Sendable, Hashable {
  private let device: dev_t
  private let number: ino_t

  /// Nil when there is no file of that name.
  init?(ofPath path: String) {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    device = status.st_dev
    number = status.st_ino
  }
}
