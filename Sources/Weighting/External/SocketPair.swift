internal import Glibc

/// A file descriptor that is closed when it goes.
struct Descriptor: ~Copyable {
  let number: Int32

  init(_ number: Int32) { self.number = number }

  deinit { close(number) }
}

/// Two connected stream sockets, which no program inherits unless it is given one.
struct SocketPair: ~Copyable {
  let ours: Descriptor
  let theirs: Descriptor

  /// - Throws: The system's error number, when there are no descriptors left.
  init() throws(SystemFailure) {
    var ends: [Int32] = [-1, -1]
    let kind = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue)
    guard unsafe socketpair(AF_UNIX, kind, 0, &ends) == 0 else {
      throw SystemFailure(code: errno)
    }
    ours = Descriptor(ends[0])
    theirs = Descriptor(ends[1])
  }
}

/// An error number of the system.
struct SystemFailure: Error {
  let code: Int32

  /// The system's words for it.
  var words: String { unsafe String(cString: strerror(code)) }
}
