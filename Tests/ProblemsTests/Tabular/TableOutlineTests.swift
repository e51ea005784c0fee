import Problems
import Testing

@Suite("What the columns of a file are")
struct TableOutlineTests {
  private func outline(_ text: String) throws -> TableOutline {
    let folder = try TemporaryFolder()
    try folder.write(text, to: "data.csv")
    return try TableOutline(path: folder.path + "/data.csv")
  }

  @Test("every column has its kind as an input and as a target, or none")
  func columns() throws {
    let text =
      "id,when,who,city,sold,price,size\n"
      + (0..<60).map { i in
        "\(i + 1),2024-01-\(i % 28 + 1),user \(i),\(["Rome", "Oslo", ""][i % 3]),"
          + "\(i % 4 < 2 ? "yes" : "No"),\(i * 7 % 31).5,\(i == 7 ? "big" : "\(i * 5 % 13)")\n"
      }.joined()
    let outline = try outline(text)
    #expect(outline.rowCount == 60)
    #expect(outline.delimiter == ",")
    #expect(outline.settings == [])
    #expect(
      outline.columns.map {
        "\($0.name) \($0.inputKind?.rawValue ?? "–") \($0.targetKind?.title ?? "–")"
      }
        == [
          "id – –", "when – –", "who – –", "city category binary", "sold boolean binary",
          "price number regression", "size – –",
        ]
    )
    #expect(outline.columns[3].missingCount == 20)
    #expect(outline.columns[3].values == ["Oslo", "Rome"])
    #expect(outline.columns[4].values == ["No", "yes"])
    #expect(outline.columns[6].note.contains(":9: column 'size': expected a number, found 'big'"))
    #expect(
      outline.columns[0].note
        == "column 'id' is left out of inputs: it counts the rows; name it in inputs to keep it"
    )
  }

  @Test(
    "the form of the numbers is found, the likelier one where two fit",
    arguments: [
      ("1,5", ";", "decimal=,"), ("1.230,5", ";", "decimal=, thousands=."),
      ("1 235", ";", "thousands= "), ("1.5", ";", ""), ("1,235", ";", "decimal=,"),
      ("\"1,235\"", ",", "thousands=,"), ("\"1,235.5\"", ",", "thousands=,"),
      ("\"1,5\"", ",", "decimal=,"),
    ]
  )
  func form(_ number: String, _ delimiter: String, _ expected: String) throws {
    let rows = (0..<30).map { row in
      "\(row * row % 7)\(delimiter)\(number.replacing("5", with: "\(row % 9)"))\n"
    }
    let outline = try outline("x\(delimiter)y\n" + rows.joined())
    let found = outline.settings.map { "\($0.key)=\($0.value)" }.joined(separator: " ")
    #expect(outline.delimiter == delimiter)
    #expect(found == expected)
  }
}
