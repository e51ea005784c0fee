internal import Glibc

/// The file that a word for a suite stands for.
enum SuiteFile {
  /// A path as it is; a name such as `bench`, unless there is a file of that name, is a suite of the folder
  /// `suites` here, or of those that came with the program.
  static func path(_ word: String) -> String {
    guard !word.contains("/"), !word.contains("."), access(word, F_OK) != 0 else { return word }
    return folders.map { "\($0)/\(word).yaml" }.first { access($0, R_OK) == 0 } ?? word
  }

  private static var folders: [String] {
    guard let program = realpath("/proc/self/exe", nil) else { return ["suites"] }
    defer { free(program) }
    let parts = String(cString: program).split(separator: "/").dropLast(2)
    return ["suites", "/" + (parts + ["share", "mtlbench", "suites"]).joined(separator: "/")]
  }
}
