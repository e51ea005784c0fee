import Testing

@testable import Problems

private func problem(_ arff: String, _ yaml: String) throws -> any Problem {
  let folder = try TemporaryFolder()
  try folder.write(arff, to: "data.arff")
  return try makeProblem("csv", "file: data.arff\n" + yaml, folder: folder.path)
}

private func refusal(_ arff: String) throws -> String {
  let folder = try TemporaryFolder()
  try folder.write(arff, to: "data.arff")
  let error = #expect(throws: CSVError.self) {
    try makeProblem("csv", "file: data.arff\ntargets: [y]", folder: folder.path)
  }
  return folder.localized("\(try #require(error))")
}

private let header = """
  % A comment before all.
  @RELATION 'made: -C 2'

  @attribute length numeric
  @ATTRIBUTE 'wing span' REAL
  @attribute colour {red, 'light blue', green}
  @attribute flag {0,1}
  @attribute size {small,large,medium,huge}
  @attribute y {no,yes}

  @DATA

  """

private let rows = (0..<40).map { i in
  let colour = ["red", "'light blue'", "?", "green"][i % 4]
  let size = ["medium", "small", "large"][i % 3]
  return "\(i * i % 17),\(i).5, \(colour) ,\(i * i % 3 % 2),\(size),\(i % 5 < 2 ? "yes" : "no")\n"
}.joined()

@Suite("ARFF files")
struct ARFFTests {
  @Test("numbers, nominal values and question marks are read")
  func dense() throws {
    let problem = try problem(header + "% one more\n" + rows, "targets: [y, size]\nrare: 1")
    let data = try problem.makeData(seed: 1)
    #expect(data.tasks.map { $0.kind } == [.binary, .multiclass(classes: 3)])
    #expect(data.tasks[0].classNames == ["no", "yes"])
    // In the order of the attribute, without the value that no row has.
    #expect(data.tasks[1].classNames == ["small", "large", "medium"])
    #expect(
      data.inputNames == [
        "length", "wing span", "colour=green", "colour=light blue", "colour=red", "colour=missing",
        "flag",
      ]
    )
    #expect(problem.notices == [])
  }

  @Test("cells keep their line, quotes and commas")
  func cells() throws {
    let text =
      "@relation r\n@attribute a string\n@attribute y numeric\n@data\n'x, \\'y\\'',1\n%\n\"q\",?\n"
    let arff = try ARFFText(Array(text.utf8))
    #expect(
      String(decoding: arff.csv, as: UTF8.self) == "a,y\n\n\n\n\"x, 'y'\",1\n\nq,?\n\n"
    )
    let wrong = text + "z,b\n" + (0..<9).map { "w,\($0)\n" }.joined()
    #expect(try refusal(wrong).hasPrefix("data.arff:8: column 'y': expected a number, found 'b'; "))
  }

  @Test("a nominal value that is not declared is refused")
  func undeclared() throws {
    #expect(
      try refusal(header + rows + "1,1,red,0,small,maybe\n")
        == """
        data.arff:52: column 'y': expected one of the classes no, yes, found 'maybe'; correct the \
        cell or the list of classes
        """
    )
  }

  @Test("what is no dense table is refused with its line")
  func refused() throws {
    #expect(
      try refusal(header + "{0 1, 4 large}\n")
        == """
        data.arff:12: a sparse row; make the file dense, for example by Weka's filter \
        SparseToNonSparse, or by scipy.sparse and pandas as CSV
        """
    )
    #expect(
      try refusal("@relation r\n@attribute a numeric\n")
        == "data.arff:3: an ARFF file without @data"
    )
    #expect(
      try refusal("@relation r\n@attribute a {x,y\n@data\n")
        == "data.arff:2: attribute 'a': no '}' after its values"
    )
    #expect(
      try refusal("@relation r\n@attribute bag relational\n@end bag\n@data\n")
        == "data.arff:2: a relational attribute; only flat tables can be read"
    )
    #expect(try refusal("@relation r\n@data\n1\n") == "data.arff:2: @data before any @attribute")
  }

  @Test("a weight of a row is passed over, and tabs separate too")
  func weights() throws {
    let text = "@relation r\n@attribute a numeric\n@attribute y numeric\n@data\n1,2,{5}\n3\t4\n"
    let arff = try ARFFText(Array(text.utf8))
    #expect(String(decoding: arff.csv, as: UTF8.self) == "a,y\n\n\n\n1,2\n3,4\n\n")
  }
}
