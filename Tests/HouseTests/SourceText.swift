import Foundation

/// A Swift file as text, as far as its top level tells what it is.
struct SourceText {
  /// From the root of the checkout.
  let path: String
  private let lines: [Substring]

  /// Every Swift file below a folder of the checkout.
  static func files(below folder: String) throws -> [SourceText] {
    let root = #filePath.components(separatedBy: "/Tests/")[0]
    let names = FileManager.default.enumerator(atPath: "\(root)/\(folder)")
    return try (names.map { Array($0) } ?? []).compactMap { $0 as? String }
      .filter { $0.hasSuffix(".swift") }
      .sorted()
      .map { try SourceText(path: "\(folder)/\($0)", in: root) }
  }

  init(path: String, in root: String) throws {
    self.path = path
    lines = try String(contentsOfFile: "\(root)/\(path)", encoding: .utf8)
      .split(separator: "\n").filter { $0.first.map { $0.isLetter || $0 == "@" } ?? false }
  }

  /// The name without its ending.
  var name: String { URL(filePath: path).deletingPathExtension().lastPathComponent }

  /// Modules that the file imports.
  var imports: Set<String> { Set(words(after: ["import"])) }
  /// Types declared at the top level for other files to see.
  var types: [String] {
    words(after: ["struct", "enum", "class", "protocol", "actor"], except: "private")
  }
  /// Types extended.
  var extended: Set<String> { Set(words(after: ["extension"])) }
  /// Functions declared at the top level.
  var functions: [String] { words(after: ["func"]) }

  /// The word after one of some keywords, of each line that begins with attributes, an access and it.
  private func words(after keywords: Set<String>, except access: String? = nil) -> [String] {
    lines.compactMap { line in
      let words = line.split(separator: " ", maxSplits: 6)
      guard let place = words.firstIndex(where: { keywords.contains(String($0)) }),
        place + 1 < words.count, words[..<place].allSatisfy({ Self.modifiers.contains($0) }),
        access.map({ !words.contains(Substring($0)) }) ?? true
      else { return nil }
      let name = words[place + 1].prefix { $0.isLetter || $0.isNumber || "_.".contains($0) }
      return String(name)
    }
  }

  private static let modifiers: Set<Substring> = [
    "package", "public", "internal", "private", "fileprivate", "final", "indirect", "@testable",
    "@main", "@safe", "@preconcurrency",
  ]
}
