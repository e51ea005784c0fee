import Testing

/// What no compiler asks for, and a reader relies on.
@Suite("The order of the house")
struct HouseTests {
  @Test("Package.swift names what each target imports, and nothing else")
  func imports() throws {
    let targets = try PackageText().targets
    #expect(targets.count > 20)
    let ours = Set(targets.map { $0.name }).union(targets.flatMap { $0.dependencies })
    let programs = Set(targets.filter { $0.isProgram }.map { $0.name })
    for target in targets {
      let files = try SourceText.files(below: target.path)
      let imported = files.reduce(into: Set<String>()) { $0.formUnion($1.imports) }
      #expect(
        imported.intersection(ours).symmetricDifference(target.dependencies)
          .subtracting(programs) == [],
        "\(target.name)"
      )
    }
  }

  @Test("a type's name stands once in all rooms")
  func names() throws {
    let files = try SourceText.files(below: "Sources")
    let owners = Dictionary(
      grouping: files.flatMap { file in file.types.map { (name: $0, path: file.path) } },
      by: { $0.name }
    )
    #expect(owners.count > 500)
    #expect(owners.filter { $1.count > 1 }.flatMap { $1.map { $0.path } }.sorted() == [])
  }

  @Test("a file that only extends a type is named for it")
  func extensions() throws {
    for file in try SourceText.files(below: "Sources") {
      let type = file.name.split(separator: "+")[0]
      if file.name.contains("+") {
        #expect(file.extended.contains(String(type)), "\(file.path)")
      } else {
        let isMore = !file.types.isEmpty || !file.functions.isEmpty
        #expect(isMore || file.extended.isEmpty, "\(file.path)")
      }
    }
  }
}
