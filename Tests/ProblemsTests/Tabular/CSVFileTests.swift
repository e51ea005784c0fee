import Testing

@testable import Problems

private func table(_ text: String, delimiter: Character? = nil) throws -> CSVFile {
  let folder = try TemporaryFolder()
  try folder.write(text, to: "data.csv")
  let file = try DataFile(path: folder.path + "/data.csv")
  return try CSVFile(file, CSVDialect(delimiter: delimiter?.asciiValue))
}

private func rows(_ table: CSVFile) -> [[String]] {
  (0..<table.rowCount).map { row in
    table.header.indices.map { table.text(row: row, column: $0) }
  }
}

@Suite("CSV text")
struct CSVFileTests {
  @Test(
    "line ends, byte order mark and a missing last line end change nothing",
    arguments: [
      "a,b\n1,2\n3,4\n", "a,b\r\n1,2\r\n3,4\r\n", "a,b\r1,2\r3,4", "\u{FEFF}a,b\n1,2\n3,4",
      "\na,b\n\n1,2\n   \n3,4\n\n",
    ]
  )
  func lineEnds(_ text: String) throws {
    let table = try table(text)
    #expect(table.header == ["a", "b"])
    #expect(rows(table) == [["1", "2"], ["3", "4"]])
  }

  @Test("quoted cells hold delimiters, line breaks and doubled quotes")
  func quotes() throws {
    let table = try table("\"a, b\",c\n\"x\ny\", \"say \"\"hi\"\"\"\n\"\",\" z \"\n5,6\n")
    #expect(table.header == ["a, b", "c"])
    #expect(rows(table) == [["x\ny", "say \"hi\""], ["", " z "], ["5", "6"]])
    #expect((0..<3).map { table.line(ofRow: $0) } == [2, 4, 5])
  }

  @Test("doubled quotes become one")
  func doubledQuotes() throws {
    let doubled = try table("a,b\n\"say \"\"hi\"\"\",\"\"\"\"\n")
    #expect(rows(doubled) == [["say \"hi\"", "\""]])
    #expect(rows(try table("a,b\n5\" pipe,x\n")) == [["5\" pipe", "x"]])
  }

  @Test("spaces around cells without quotes are dropped, empty cells stay")
  func spaces() throws {
    #expect(rows(try table("a, b ,c\n 1 ,\t2,\n,,\n")) == [["1", "2", ""], ["", "", ""]])
  }

  @Test("another delimiter is found or named", arguments: [";" as Character, "\t", "|"])
  func delimiters(_ delimiter: Character) throws {
    let text = "a\(delimiter)b\n1,5\(delimiter)2\n"
    #expect(rows(try table(text)) == [["1,5", "2"]])
    #expect(rows(try table(text, delimiter: delimiter)) == [["1,5", "2"]])
    #expect(rows(try table("sep=\(delimiter)\n" + text)) == [["1,5", "2"]])
    #expect(try table("\"sep=\(delimiter)\"\r\n" + text).line(ofRow: 0) == 3)
    #expect(rows(try table("a,b\n\"1\(delimiter)5\",2\n")) == [["1\(delimiter)5", "2"]])
  }

  @Test("a delimiter at the end of rows makes no column")
  func trailing() throws {
    #expect(try table("a,b,\n1,2,\n3,4,\n").header == ["a", "b"])
    #expect(rows(try table("a,b\n1,2,\n3,4\n")) == [["1", "2"], ["3", "4"]])
    #expect(rows(try table("a,b,\n1,2\n3,4,\n")) == [["1", "2"], ["3", "4"]])
    #expect(try table("a,,c,\n1,2,3,\n3,4,5,\n").header == ["a", "column 2", "c"])
    #expect(rows(try table("a,b,\n1,2,\n3,4,5\n")) == [["1", "2", ""], ["3", "4", "5"]])
    #expect(throws: CSVError.self) { try table("a,b\n1,2,\"\"\n") }
  }

  @Test("lines of comments before the names are skipped, or hold the names of numbers")
  func comments() throws {
    let text = try table("# made by hand\n#, with care\n\na,b\n1,2\n")
    #expect(text.header == ["a", "b"])
    #expect(text.commentCount == 2)
    #expect(text.line(ofRow: 0) == 5)
    let savetxt = try table("# made by hand\n# a,b\n1,2\n3,4\n")
    #expect(savetxt.header == ["a", "b"])
    #expect(rows(savetxt) == [["1", "2"], ["3", "4"]])
    let folder = try TemporaryFolder()
    try folder.write("a;b\n%no, row\n1;2\n% 3;4\n", to: "data.csv")
    let file = try DataFile(path: folder.path + "/data.csv")
    let dialect = CSVDialect(comment: UInt8(ascii: "%"))
    #expect(rows(try CSVFile(file, dialect)) == [["1", "2"]])
  }

  @Test("an empty cell between tabs is a missing one")
  func tabs() throws {
    #expect(rows(try table("a\tb\tc\n1\t\t3\n", delimiter: "\t")) == [["1", "", "3"]])
  }

  @Test("text in any language is kept")
  func unicode() throws {
    #expect(rows(try table("größe,色\nüber,赤\n")) == [["über", "赤"]])
  }

  @Test("the hash is FNV-1a")
  func hash() throws {
    let folder = try TemporaryFolder()
    try folder.write("foobar", to: "data.csv")
    // Published test vector of FNV-1a 64 for "foobar".
    #expect(try DataFile(path: folder.path + "/data.csv").hash == "85944171f73967e8")
  }

  @Test("patterns cover whole names")
  func patterns() {
    #expect(ColumnPattern("p*").matches("p0_1"))
    #expect(ColumnPattern("*").matches(""))
    #expect(ColumnPattern("a*b*c").matches("axxbxbxc"))
    #expect(ColumnPattern("t?").matches("t1"))
    #expect(!ColumnPattern("t?").matches("t12"))
    #expect(!ColumnPattern("p*").matches("xp"))
    #expect(!ColumnPattern("a*b").matches("abc"))
    #expect(ColumnPattern("a*a*a*a*b").matches(String(repeating: "a", count: 40) + "b"))
    #expect(!ColumnPattern("a*a*a*a*b").matches(String(repeating: "a", count: 40)))
  }
}
