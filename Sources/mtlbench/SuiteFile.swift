internal import FoundationEssentials
internal import Glibc
internal import Settings

/// The file that a word for a suite stands for.
enum SuiteFile {
  /// A word that is neither a file nor the name of a suite.
  struct Unknown: Error, CustomStringConvertible {
    let word: String
    /// Where suites of that name were sought, and the names of those that are there.
    let folders: [String]
    let names: [String]

    var description: String {
      let meant = NearestName.question(word, among: names).map { "; \($0)" } ?? ""
      let known = names.isEmpty ? "which hold none" : "which hold \(names.joined(separator: ", "))"
      return
        "\(word): no such file, and no suite of that name in \(folders.joined(separator: " or ")), "
        + known + meant
    }
  }

  /// A path as it is; a name such as `bench`, unless there is a file of that name, is a suite of the folder
  /// `suites` here, or of those that came with the program.
  static func path(_ word: String) throws(Unknown) -> String {
    guard !word.contains("/"), !word.contains("."), access(word, F_OK) != 0 else { return word }
    let paths: [String] = folders.map { "\($0)/\(word)\(ending)" }
    let found = paths.first { access($0, R_OK) == 0 }
    guard let found else { throw Unknown(word: word, folders: folders, names: names) }
    return found
  }

  private static let ending = ".yaml"

  private static var names: [String] {
    let files = folders.flatMap { folder in
      (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    }
    return Set(files.filter { $0.hasSuffix(ending) }.map { String($0.dropLast(ending.count)) })
      .sorted()
  }

  private static var folders: [String] {
    guard let program = realpath("/proc/self/exe", nil) else { return ["suites"] }
    defer { free(program) }
    let parts = String(cString: program).split(separator: "/").dropLast(2)
    return ["suites", "/" + (parts + ["share", "mtlbench", "suites"]).joined(separator: "/")]
  }
}
