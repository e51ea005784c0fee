internal import GRDB
internal import Glibc

/// What can go wrong with the results database.
package enum StoreError: Error, Hashable, CustomStringConvertible {
  /// There is no file.
  case missing(path: String)
  /// The folder a new database should go to does not exist.
  case folderMissing(path: String, folder: String)
  /// The path names a folder.
  case isFolder(path: String)
  /// The system refuses reading, with its error number.
  case notReadable(path: String, errno: Int32)
  /// The system refuses writing to the file or its folder, with its error number.
  case notWritable(path: String, errno: Int32)
  /// The file cannot be read where it is, because its folder cannot be written.
  case needsWritableFolder(path: String)
  /// The file is no SQLite database.
  case notADatabase(path: String)
  /// The file has no tables yet: its making was cut short.
  case empty(path: String)
  /// The file was deleted or replaced while it was open for writing.
  case removed(path: String)
  /// The system failed while it read or wrote the file, with SQLite's extended result code.
  case systemFailed(path: String, code: Int32, message: String)
  /// The file is a SQLite database of another program.
  case foreign(path: String)
  /// The tables are of a later version than this program knows.
  case newer(path: String, found: Int, supported: Int)
  /// The tables are of an earlier version, and the store was opened for reading.
  case older(path: String, found: Int, supported: Int)
  /// Another process writes to the database.
  case held(path: String, by: LockHolder?)
  /// What bears the name of the lock file is no file of its own: a link, a folder or a device.
  case lockIsForeign(path: String, lock: String)
  /// Another program kept the database locked for longer than the store waits.
  case locked(path: String)
  /// The disk, or the quota, is used up.
  case diskFull(path: String)
  /// SQLite found the file's content damaged.
  case damaged(path: String, message: String)
  /// Two specs with one identity.
  case identityCollision(identity: String)
  /// Two databases have a run, and a table holds other numbers of it.
  case differs(identity: String, table: String, paths: [String])
  /// No run's identity begins with the given text.
  case unknownRun(prefix: String, nearest: [String])
  /// Several identities begin with the given text.
  case ambiguousRun(prefix: String, candidates: [String], count: Int)
  /// No suite of that name is stored.
  case unknownSuite(name: String, known: [String])
  /// Any other error of SQLite, with its extended result code.
  case sqlite(path: String, code: Int32, message: String)

  package var description: String {
    switch self {
    case .missing(let path):
      "\(path): no such file; expected a results database"
    case .folderMissing(let path, let folder):
      "\(path): cannot be created, because there is no folder '\(folder)'; create it first"
    case .isFolder(let path):
      "\(path): is a folder; expected a results database"
    case .notReadable(let path, let number):
      "\(path): cannot be read: \(systemMessage(number))"
    case .notWritable(let path, let number):
      "\(path): cannot be written: \(systemMessage(number)); the file and its folder must both be "
        + "writable"
    case .needsWritableFolder(let path):
      "\(path): cannot be read where it is: it was not closed by the program that wrote it, and its "
        + "folder is not writable; copy the file, and those beside it that begin with its name, to a "
        + "folder that is"
    case .notADatabase(let path):
      "\(path): is not a SQLite database"
    case .empty(let path):
      "\(path): holds no tables yet, because its making was cut short; run a suite into it"
    case .removed(let path):
      "\(path): was deleted, moved or replaced while it was written to; what is stored from now on "
        + "would be lost; put it back, or start again with a new file"
    case .systemFailed(let path, let code, let message):
      "\(path): the system could not read or write it (\(message), SQLite code \(code)); this says "
        + "nothing of what is stored; check the disk, or try again with a copy on another one"
    case .foreign(let path):
      "\(path): is a SQLite database, but not one that mtlbench made"
    case .newer(let path, let found, let supported):
      "\(path): its tables are of version \(found), this mtlbench knows versions up to \(supported); "
        + "use a newer mtlbench"
    case .older(let path, let found, let supported):
      "\(path): its tables are of version \(found), this mtlbench reads version \(supported); they are "
        + "brought up to date when a suite is next run into it"
    case .held(let path, let holder):
      "\(path): \(holder?.description ?? "another process") is writing to it; wait until that ends, "
        + "or use another file; reading is possible meanwhile"
    case .lockIsForeign(let path, let lock):
      "\(path): cannot be written, because '\(lock)' beside it is a link or no plain file; remove that, "
        + "or use another database"
    case .locked(let path):
      "\(path): is locked by another program, perhaps a sqlite3 shell inside a transaction; end "
        + "that and try again"
    case .diskFull(let path):
      "\(path): no space left on the disk; what was stored before is intact, what was being stored "
        + "is not in it; free some space and run again"
    case .damaged(let path, let message):
      "\(path): the database is damaged: \(message); restore it from a copy"
    case .identityCollision(let identity):
      "run \(identity): is stored already with another spec; two specs have the same identity"
    case .differs(let identity, let table, let paths):
      "run \(identity): \(paths.joined(separator: " and ")) hold other numbers of it, in table \(table); "
        + "'mtlbench rerun \(identity)' on each tells which is right; nothing was taken"
    case .unknownRun(let prefix, let nearest):
      nearest.isEmpty
        ? "no run '\(prefix)': there are no runs in the database"
        : "no run '\(prefix)'; the nearest are \(nearest.joined(separator: ", "))"
    case .ambiguousRun(let prefix, let candidates, let count):
      "run '\(prefix)' is ambiguous: it begins the identities of \(count) runs, among them "
        + candidates.joined(separator: ", ")
    case .unknownSuite(let name, let known):
      known.isEmpty
        ? "no suite '\(name)': there are no suites in the database"
        : "no suite '\(name)' in the database; it holds \(known.joined(separator: ", "))"
    case .sqlite(let path, let code, let message):
      "\(path): SQLite error \(code): \(message)"
    }
  }

  /// Gives an error thrown while the database at a path was used its case.
  init(_ error: any Error, path: String) {
    if let error = error as? StoreError {
      self = error
      return
    }
    if let error = error as? ContentError {
      self = .damaged(path: path, message: error.message)
      return
    }
    guard let error = error as? DatabaseError else {
      self = .sqlite(path: path, code: ResultCode.SQLITE_ERROR.rawValue, message: "\(error)")
      return
    }
    let message = error.message ?? "no message"
    switch error.extendedResultCode {
    case .SQLITE_FULL, .SQLITE_IOERR_SHMSIZE:
      self = .diskFull(path: path)
    case .SQLITE_NOTADB:
      self = .notADatabase(path: path)
    case .SQLITE_BUSY, .SQLITE_BUSY_SNAPSHOT, .SQLITE_BUSY_RECOVERY:
      self = .locked(path: path)
    case .SQLITE_CORRUPT:
      self = .damaged(path: path, message: message)
    case .SQLITE_READONLY_DBMOVED:
      self = .removed(path: path)
    case let code:
      self.init(code, message: message, path: path)
    }
  }

  /// Gives an error that only its kind tells from others its case.
  private init(_ code: ResultCode, message: String, path: String) {
    switch code.primaryResultCode {
    case .SQLITE_READONLY:
      var status = stat()
      if stat(path, &status) != 0 {
        self = .removed(path: path)
      } else {
        self = .notWritable(path: path, errno: access(path, W_OK) == 0 ? EROFS : errno)
      }
    case .SQLITE_IOERR:
      self = .systemFailed(path: path, code: code.rawValue, message: message)
    case .SQLITE_CORRUPT:
      self = .damaged(path: path, message: message)
    case .SQLITE_BUSY, .SQLITE_PROTOCOL:
      self = .locked(path: path)
    default:
      self = .sqlite(path: path, code: code.rawValue, message: message)
    }
  }
}

/// The system's words for an error number.
private func systemMessage(_ number: Int32) -> String {
  guard let text = strerror(number) else { return "error \(number)" }
  return String(cString: text)
}
