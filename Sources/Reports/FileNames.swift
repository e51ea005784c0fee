internal import Glibc
internal import Settings

/// Files and folders of the results.
enum FileNames {
  /// Longer names leave too little room for what is added to them in 255 bytes.
  private static let longest = 60
  /// Digits of the hash behind a name that was changed.
  private static let hashLength = 12

  /// A label as the name of a folder or a part of a file name; other labels have other names, on
  /// systems too that take capitals for small letters.
  ///
  /// Small letters, digits, dots, hyphens and underscores stay. A label with anything else, one that
  /// is too long, and one that means something to a system get what is left of it, a plus sign, which
  /// no plain name has, and a hash of the label: `a b` becomes `a-b+` and twelve digits.
  static func safe(_ label: String) -> String { isPlain(label) ? label : changed(label) }

  /// As `safe`, for a label of a problem, behind which stand the names of tables and plots: a problem
  /// `x-cost` must not have the file of the table `cost` of a problem `x`.
  static func ofProblem(_ label: String) -> String {
    let kinds = TableRegistry.all.map { $0.name } + PlotRegistry.all.map { $0.name }
    let isTaken = kinds.contains { label == $0 || label.hasSuffix("-" + $0) }
    return isTaken ? changed(label) : safe(label)
  }

  private static func isPlain(_ label: String) -> Bool {
    let bytes = label.utf8
    let isSpelt = bytes.allSatisfy { byte in
      (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
        || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
        || [UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "_")].contains(byte)
    }
    guard isSpelt, let first = bytes.first, bytes.count <= longest else { return false }
    // No hidden files, no way up, and nothing that a program takes for an option.
    let isUsual =
      first != UInt8(ascii: ".") && first != UInt8(ascii: "-") && bytes.last != UInt8(ascii: ".")
    let stem = label.prefix { $0 != "." }
    return isUsual && !isDevice(String(stem))
  }

  /// Whether a name stands for a device on some systems, whatever ending it has.
  private static func isDevice(_ name: String) -> Bool {
    let isNumbered = name.count == 4 && (name.hasPrefix("com") || name.hasPrefix("lpt"))
    return ["con", "prn", "aux", "nul"].contains(name)
      || (isNumbered && name.last.map { $0.isNumber } ?? false)
  }

  private static func changed(_ label: String) -> String {
    var hash = StableHash()
    hash.combine(text: label)
    let kept = label.prefix(longest).map { character in
      let isPlain = character.isASCII && (character.isLetter || character.isNumber)
      return isPlain || "._-".contains(character) ? character : "-"
    }
    let start = kept.first.map { ".-".contains($0) } ?? true ? "_" : ""
    return start + String(kept) + "+" + hash.hexadecimal.prefix(hashLength)
  }

  /// Makes a folder below another one, which is made too if it is missing; a sentence when that fails.
  ///
  /// Below `folder` no link is followed, so that nothing is written outside it.
  static func makeFolder(_ subfolder: String, in folder: String) -> String? {
    let allButOthersWriting: mode_t = 0o755
    var made = folder.hasPrefix("/") ? "/" : ""
    for part in folder.split(separator: "/") {
      made += part + "/"
      if mkdir(made, allButOthersWriting) != 0 && errno != EEXIST { return failure(folder, errno) }
    }
    for part in subfolder.split(separator: "/") {
      made += part
      if mkdir(made, allButOthersWriting) != 0 && errno != EEXIST {
        return failure("\(folder)/\(subfolder)", errno)
      }
      var status = stat()
      guard lstat(made, &status) == 0 else { return failure(made, errno) }
      switch status.st_mode & S_IFMT {
      case S_IFDIR: break
      case S_IFLNK:
        return "\(made): is a link, which may lead out of \(folder); replace it by a folder"
      default: return "\(made): is no folder; remove it or choose another output folder"
      }
      made += "/"
    }
    return nil
  }

  /// Writes a file under another name first, so that it is never half there; a sentence when that
  /// fails.
  ///
  /// The other name is made anew: a link that bears it, or the file's own name, is not followed.
  static func write(_ text: String, to path: String) -> String? {
    let part = path + ".part"
    unlink(part)
    let descriptor = open(part, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { return failure(path, errno) }
    var number = writeAll(text, to: descriptor)
    if Glibc.close(descriptor) != 0, number == 0 { number = errno }
    if number == 0, rename(part, path) != 0 { number = errno }
    guard number != 0 else { return nil }
    unlink(part)
    return failure(path, number)
  }

  /// 0, or the number of the error.
  private static func writeAll(_ text: String, to descriptor: Int32) -> Int32 {
    var text = text
    return text.withUTF8 { bytes in
      var done = 0
      while done < bytes.count {
        let count = Glibc.write(
          descriptor,
          bytes.baseAddress?.advanced(by: done),
          bytes.count - done
        )
        if count > 0 { done += count } else if errno != EINTR { return errno }
      }
      return 0
    }
  }

  /// The whole text of a file; nil when it cannot be read.
  static func text(of path: String) -> String? {
    guard let file = fopen(path, "r") else { return nil }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 65536)
    while case let count = fread(&chunk, 1, chunk.count, file), count > 0 {
      bytes += chunk[..<count]
    }
    return ferror(file) == 0 ? String(decoding: bytes, as: UTF8.self) : nil
  }

  private static func failure(_ path: String, _ number: Int32) -> String {
    let words = strerror(number).map { String(cString: $0) } ?? "error \(number)"
    return number == ENOSPC || number == EDQUOT
      ? "\(path): cannot be written: \(words); free some space and write it again"
      : "\(path): cannot be written: \(words); choose an output folder that can be written to"
  }
}
