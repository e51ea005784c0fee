internal import Glibc
internal import Settings

/// The command that starts a user's program, and the content of the files it names.
///
/// The first word is a program: with a slash a path relative to the suite file's folder, without one
/// a name to be found along `PATH`. Any other word that is the path of a file, relative to that
/// folder, stands for that file. Everything else reaches the program as it is written, save a word that
/// is a script by its ending and is not there.
struct ExternalCommand: Sendable {
  /// The most words of a command.
  private static let wordLimit = 100

  /// The words with the paths of files in place of their names.
  let arguments: [String]

  /// Reads `command`, and `content`: what the files held when a run was planned.
  ///
  /// A plan's settings get the content's hashes, so that another script makes another run.
  ///
  /// - Parameters:
  ///   - settings: The method's keys.
  ///   - folder: The suite file's.
  /// - Throws: `SettingsError` when the program cannot be found, or a file's content is not the one
  ///   planned.
  init(_ settings: inout SettingsReader, folder: String) throws(SettingsError) {
    let words = try settings.texts("command", default: nil, count: 1...Self.wordLimit)
    var planned = try settings.table("content")
    var arguments = words
    var contents = CanonicalTable()
    for (index, word) in words.enumerated() where index > 0 || word.contains("/") {
      let path = word.hasPrefix("/") || folder == "." ? word : "\(folder)/\(word)"
      guard Self.isFile(path) else {
        guard !Self.isScript(word, after: index > 0 ? words[index - 1] : "") else {
          throw settings.error("command", "no file '\(word)' is found in the suite file's folder")
        }
        continue
      }
      arguments[index] = path
      let hash = try StableHash.hexadecimal(ofFile: path)
      if let expected = try planned?.optionalText(word), expected != hash {
        throw settings.error("content", "'\(word)' is not the file it was when the run was planned")
      }
      contents[word] = .text(hash)
    }
    try planned?.finish()
    if !contents.keys.isEmpty { settings.record("content", as: .table(contents)) }
    self.arguments = arguments
    guard Self.canStart(arguments[0]) else {
      let place = words[0].contains("/") ? "in the suite file's folder" : "along PATH"
      throw settings.error("command", "no program '\(words[0])' is found \(place)")
    }
  }

  /// Endings by which a word is taken for a script.
  private static let scriptEndings = [
    ".py", ".sh", ".bash", ".R", ".r", ".jl", ".rb", ".pl", ".lua", ".js", ".mjs", ".m",
  ]

  /// Whether a word names a script: by its ending, unless it is an option or the text that one takes.
  private static func isScript(_ word: String, after previous: String) -> Bool {
    !word.hasPrefix("-") && !["-c", "-e", "-m"].contains(previous)
      && !word.contains { $0.isWhitespace } && scriptEndings.contains { word.hasSuffix($0) }
  }

  private static func isFile(_ path: String) -> Bool {
    var status = stat()
    return unsafe stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
  }

  private static func isProgram(_ path: String) -> Bool {
    unsafe isFile(path) && access(path, X_OK) == 0
  }

  private static func canStart(_ program: String) -> Bool {
    if program.contains("/") { return isProgram(program) }
    guard !program.isEmpty, let list = unsafe getenv("PATH") else { return false }
    let folders = unsafe String(cString: list).split(separator: ":")
    return folders.contains { isProgram("\($0)/\(program)") }
  }
}
