internal import ArgumentParser

/// The table that a command answers for, and where everything that is made of it goes.
struct TableOptions: ParsableArguments {
  @Argument(help: "The table.")
  var file: String

  @Option(name: .customLong("out"), help: "Folder for everything (default: results/NAME).")
  var folder: String?

  @Flag(help: "Answer as one JSON document; everything else goes to standard error.")
  var json = false

  /// The file's name without folder and extensions.
  var name: String {
    let last = file.split(separator: "/").last.map(String.init) ?? file
    let base = last.hasSuffix(".gz") ? String(last.dropLast(3)) : last
    guard let dot = base.lastIndex(of: "."), dot != base.startIndex else { return base }
    return String(base[..<dot])
  }

  var resultFolder: ResultFolder {
    ResultFolder(path: folder ?? "results/\(fileName)", hasPDF: false)
  }

  var suite: String { base + ".yaml" }
  var database: String { base + ".sqlite" }

  private var base: String { "\(resultFolder.path)/\(fileName)" }

  /// The name with hyphens for all that a file's name had better not hold.
  private var fileName: String {
    let safe = name.map { character in
      character.isLetter || character.isNumber || "._-".contains(character) ? character : "-"
    }
    return String(safe)
  }
}
