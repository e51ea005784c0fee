import Foundation

/// The targets of Package.swift, as its text names them.
struct PackageText {
  struct Target {
    let name: String
    /// Whether it is a program, which tests need built and do not import.
    let isProgram: Bool
    let path: String
    /// Names of targets and products that it may import.
    let dependencies: Set<String>
  }

  let targets: [Target]

  init() throws {
    let root = #filePath.components(separatedBy: "/Tests/")[0]
    let text = try String(contentsOfFile: "\(root)/Package.swift", encoding: .utf8)
    let list = text.components(separatedBy: "\n  targets: [\n").last ?? ""
    targets = list.components(separatedBy: "\n    .").compactMap { block in
      let kind = block.drop { " .".contains($0) }.prefix { $0 != "(" }
      guard ["target", "executableTarget", "testTarget"].contains(kind) else { return nil }
      let quoted = block.components(separatedBy: "\"")
      let name = quoted[1]
      let folder = kind == "testTarget" ? "Tests" : "Sources"
      return Target(
        name: name,
        isProgram: kind == "executableTarget",
        path: Self.value(of: "path", in: block) ?? "\(folder)/\(name)",
        dependencies: Self.dependencies(in: block)
      )
    }
  }

  private static func value(of key: String, in block: String) -> String? {
    let parts = block.components(separatedBy: "\(key): \"")
    return parts.count > 1 ? parts[1].components(separatedBy: "\"")[0] : nil
  }

  private static func dependencies(in block: String) -> Set<String> {
    let parts = block.components(separatedBy: "dependencies: [")
    guard parts.count > 1 else { return [] }
    let list = parts[1].components(separatedBy: "]")[0]
    // Within a product, the second name is that of its package.
    let products = list.components(separatedBy: ".product(name: \"").dropFirst()
      .map { $0.components(separatedBy: "\"")[0] }
    let packages = list.components(separatedBy: "package: \"").dropFirst()
      .map { $0.components(separatedBy: "\"")[0] }
    let names = list.components(separatedBy: "\"").enumerated()
      .filter { !$0.offset.isMultiple(of: 2) }.map { $0.element }
    return Set(names).subtracting(packages).union(products)
  }
}
