/// Where everything that is made of a table goes.
struct TablePath {
  let folder: String
  private let base: String

  var suite: String { base + ".yaml" }
  var database: String { base + ".sqlite" }

  /// - Parameters:
  ///   - file: The table.
  ///   - folder: The folder; nil for one of the table's name below the folder of results.
  init(of file: String, folder: String?) {
    let name = Self.fileName(of: Self.name(of: file))
    self.folder = folder ?? "results/\(name)"
    base = "\(self.folder)/\(name)"
  }

  /// The file's name without folder and extensions.
  static func name(of file: String) -> String {
    let last = file.split(separator: "/").last.map(String.init) ?? file
    let base = last.hasSuffix(".gz") ? String(last.dropLast(3)) : last
    guard let dot = base.lastIndex(of: "."), dot != base.startIndex else { return base }
    return String(base[..<dot])
  }

  /// The name with hyphens for all that a file's name had better not hold.
  private static func fileName(of name: String) -> String {
    let safe = name.map { character in
      character.isLetter || character.isNumber || "._-".contains(character) ? character : "-"
    }
    return String(safe)
  }
}

/// The parts of an option between commas.
enum CommaList {
  /// Without the spaces around them; empty parts are kept.
  static func parts(_ text: String) -> [String] {
    text.split(separator: ",", omittingEmptySubsequences: false).map { part in
      let start = part.drop { $0 == " " }
      return String(start.reversed().drop { $0 == " " }.reversed())
    }
  }

  /// The parts that are not empty.
  static func words(_ text: String) -> [String] { parts(text).filter { !$0.isEmpty } }
}
