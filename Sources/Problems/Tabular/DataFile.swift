internal import Glibc

/// The bytes of a data file.
struct DataFile {
  /// The path as messages show it.
  let path: String
  let bytes: [UInt8]

  /// Cells keep 32-bit offsets.
  static let sizeLimit = Int(UInt32.max)
  private static let chunkSize = 1 << 20

  /// - Throws: `CSVError.file` when the file is missing, a folder, a pipe or a device, not permitted or
  ///   too large.
  init(path: String) throws(CSVError) {
    // Without blocking, since a pipe that nobody writes to would be waited for.
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw DataFile.failure(path, code: errno) }
    defer { close(descriptor) }
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0 else {
      throw DataFile.failure(path, code: errno)
    }
    switch status.st_mode & S_IFMT {
    case S_IFREG: break
    case S_IFDIR: throw .file(path, .isFolder)
    default: throw .file(path, .notPlain)
    }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(min(max(0, Int(status.st_size)), DataFile.sizeLimit))
    var chunk = [UInt8](repeating: 0, count: DataFile.chunkSize)
    while true {
      let count = unsafe read(descriptor, &chunk, chunk.count)
      if count < 0 && errno == EINTR { continue }
      guard count >= 0 else { throw DataFile.failure(path, code: errno) }
      if count == 0 { break }
      bytes += chunk[..<count]
      guard bytes.count <= DataFile.sizeLimit else { throw .file(path, .tooLarge) }
    }
    self.path = path
    self.bytes = bytes
  }

  /// Whether something is at a path, readable or not.
  static func exists(_ path: String) -> Bool { unsafe access(path, F_OK) == 0 }

  /// A path relative to a folder; an absolute one stays.
  static func path(_ path: String, relativeTo folder: String) -> String {
    if path.hasPrefix("/") || folder.isEmpty || folder == "." { return path }
    return folder.hasSuffix("/") ? folder + path : folder + "/" + path
  }

  /// FNV-1a hash of the bytes, 64 bits, as 16 hexadecimal digits.
  ///
  /// Source: Fowler, Noll, Vo and Eastlake, "The FNV Non-Cryptographic Hash Algorithm".
  var hash: String {
    let offsetBasis: UInt64 = 0xcbf2_9ce4_8422_2325
    let prime: UInt64 = 0x0000_0100_0000_01b3
    var hash = offsetBasis
    for byte in bytes { hash = (hash ^ UInt64(byte)) &* prime }
    let digits = String(hash, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }

  private static func failure(_ path: String, code: Int32) -> CSVError {
    switch code {
    case ENOENT, ENOTDIR: .file(path, .missing)
    case EISDIR: .file(path, .isFolder)
    case EACCES, EPERM: .file(path, .notPermitted)
    default: .file(path, .system(unsafe String(cString: strerror(code))))
    }
  }
}
