import Testing

@testable import Problems

private func table(_ text: String, delimiter: Character = ",") throws -> CSVTable {
  let folder = try TemporaryFolder()
  try folder.write(text, to: "data.csv")
  let file = try DataFile(path: folder.path + "/data.csv")
  return try CSVTable(file, delimiter: try #require(delimiter.asciiValue))
}

private func rows(_ table: CSVTable) -> [[String]] {
  (0..<table.rowCount).map { row in
    table.header.indices.map { table.text(row: row, column: $0) }
  }
}

@Suite("CSV text")
struct CSVTableTests {
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

  @Test("another delimiter can be named", arguments: [";" as Character, "\t", "|"])
  func delimiters(_ delimiter: Character) throws {
    let table = try table("a\(delimiter)b\n1,5\(delimiter)2\n", delimiter: delimiter)
    #expect(rows(table) == [["1,5", "2"]])
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
