import Problems
import Settings
import Testing

@Suite("Inputs that give a target away")
struct TwinsTests {
  /// The twins of every target of a table with a split column that makes all rows but two training rows.
  private func twins(_ header: String, targets: String, _ row: (Int) -> String) throws -> [[String]]
  {
    let folder = try TemporaryFolder()
    let rows = (0..<60).map { "\(row($0)),\($0 < 2 ? "val" : $0 < 4 ? "test" : "train")\n" }
    try folder.write("\(header),split\n" + rows.joined(), to: "data.csv")
    let text = "file: data.csv\ntargets: [\(targets)]\n"
    var reader = SettingsReader(try YAMLReader.read(text, file: "s.yaml"))
    let problem = try TabularProblem(settings: &reader, relativeTo: folder.path)
    let data = try problem.makeData(seed: 1)
    return data.tasks.indices.map { data.twins(ofTask: $0) }
  }

  @Test("the same in another unit, and a class in other words, are found; what is near is not")
  func found() throws {
    let found = try twins(
      "kg,lb,near,alive,class,noise,survived,pclass",
      targets: "kg,survived,pclass"
    ) {
      i in
      let kg = Double(i * i % 37)
      return "\(kg),\(2 * kg + 1),\(kg + Double(i % 2)),\(i % 3 == 0 ? "yes" : "no"),"
        + "\(["First", "Second", "Third"][i % 4 % 3]),\(i % 7),\(i % 3 == 0 ? 1 : 0),\(i % 4 % 3 + 1)x"
    }
    #expect(found == [["lb"], ["alive"], ["class=First", "class=Second", "class=Third"]])
  }

  @Test("a class of fewer than five rows is given away by chance, and not looked at")
  func rare() throws {
    let found = try twins("rare,x,kind", targets: "kind,x") { i in
      "\(i % 20 == 5 ? 1 : 0),\(i % 11),\(i % 20 == 5 ? "c" : i % 2 == 0 ? "a" : "b")"
    }
    #expect(found == [[], []])
  }
}
