import FoundationEssentials
import Kernels
import Testing

@testable import Problems

private func table(_ bytes: [UInt8]) throws -> CSVFile {
  let folder = try TemporaryFolder()
  try folder.write(bytes, to: "data.csv")
  return try CSVFile(try DataFile(path: folder.path + "/data.csv"))
}

private func rows(_ table: CSVFile) -> [[String]] {
  (0..<table.rowCount).map { row in
    table.header.indices.map { table.text(row: row, column: $0) }
  }
}

private func refusal(_ bytes: [UInt8]) throws -> String {
  let error = #expect(throws: CSVError.self) { try table(bytes) }
  let text = "\(try #require(error))"
  return text.split(separator: "data.csv", maxSplits: 1).last.map(String.init) ?? text
}

/// What Python's `gzip.compress` makes of `a,b\n1,2\n3,é\n`.
private let packed: [UInt8] = [
  0x1F, 0x8B, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x02, 0x03, 0x4B, 0xD4, 0x49, 0xE2, 0x32, 0xD4,
  0x31, 0xE2, 0x32, 0xD6, 0x39, 0xBC, 0x92, 0x0B, 0x00, 0xF2, 0x4C, 0xD8, 0xD7, 0x0D, 0x00, 0x00,
  0x00,
]

/// What it makes of the squares modulo 97, with codes of its own.
private let squares = """
  H4sIAAAAAAACAyVSuXEAQQjLqUXB8kM5dv9FGJ2THYblEZJ+8CsPTxQqhhDHSkBLEpZS8JJGrAwqZDEq+uCiCgvR62hR \
  R5to4J6EX0WhLm5sig78yhf9xB7UxBTpYoYtMUeEWGBveyIuX9jLNPLqByO2qBR/sBZXzIgb8oA6zMQDs+KJUvFDe5UN \
  vfhaS/x6S+IhRkLhJmHQix2Xvq0ukZiUKPTd3eiLB3355ZuPmVT+prEynV0ZNyCTs7I4N5s7crgvl7vrEUcpMZURXzmx \
  VhB3JW+o4j3VvK2Gd9b1Sj9e30om2shKOxnqIFudZK6LLHaT0R6y20um55H1USowRjXmiJIJajRJvaao3fTJOENFZz9x \
  H3VepeRrVH+dRtjjSfY6ZetMsn1u2WG0l9N3C+9Vlur7+vQ5h+gLTtSXHK+v/t3Dvfrm88/bz0BnKTqIprr3Q63nKpro \
  bEUX0Vh0XfFS1e9sPW8lk0tC/gAkIKWayQIAAA==
  """

@Suite("Files of another form than UTF-8 text with commas")
struct FileFormTests {
  @Test("UTF-16 is read, with a mark and without, in both orders", arguments: [true, false])
  func utf16(_ isBigEndian: Bool) throws {
    let text = "a,b\n1,é\n3,𝄞\n"
    let units = Array(text.utf16).flatMap { unit in
      isBigEndian
        ? [UInt8(unit >> 8), UInt8(unit & 255)] : [UInt8(unit & 255), UInt8(unit >> 8)]
    }
    let mark: [UInt8] = isBigEndian ? [0xFE, 0xFF] : [0xFF, 0xFE]
    #expect(rows(try table(mark + units)) == [["1", "é"], ["3", "𝄞"]])
    #expect(rows(try table(units)) == [["1", "é"], ["3", "𝄞"]])
  }

  @Test(
    "a file of another kind is named, with what to do",
    arguments: [
      ([0xD0, 0xCF, 0x11, 0xE0], "save the sheet as CSV in UTF-8"),
      (
        Array("PK\u{3}\u{4}....[Content_Types].xml".utf8),
        "an Excel workbook; save the sheet as CSV"
      ),
      (
        Array("PK\u{3}\u{4}....data.csv".utf8), "a zip archive; unpack it, and name the file inside"
      ),
      (Array("PAR1\0".utf8), "pandas.read_parquet('FILE').to_csv('FILE.csv', index=False)"),
      (Array("ARROW1\0".utf8), "an Arrow or Feather file"),
      (Array("BZh91AY".utf8), "packed by bzip2; unpack it by bunzip2 -k FILE"),
      (Array("SQLite format 3\0".utf8), "sqlite3 -header -csv FILE"),
      (Array("{\"a\": [1, 2]}".utf8), "JSON; write it as CSV"),
      (Array("<!DOCTYPE html><html>".utf8), "perhaps a page in place of the file"),
      (Array("version https://git-lfs.github.com/spec/v1".utf8), "fetch it by git lfs pull"),
      (Array("a,b\n1,\0\n2,3\nxyz\n".utf8), "not text; save the table as CSV in UTF-8"),
    ] as [([UInt8], String)]
  )
  func formats(_ bytes: [UInt8], _ remedy: String) throws {
    #expect(try refusal(bytes).contains(remedy))
  }
}

@Suite("Numbers written another way, on request")
struct NumberFormTests {
  private func value(_ text: String, decimal: Character, thousands: Character?) -> Double? {
    let form = NumberForm(
      decimal: decimal.asciiValue ?? 0,
      thousands: thousands.flatMap { $0.asciiValue }
    )
    let bytes = Array("[\(text)]".utf8)
    guard case .value(let value) = form.reading(of: bytes.span, from: 1, to: bytes.count - 1)
    else { return nil }
    return value
  }

  @Test("separators of thousands stand between threes")
  func thousands() {
    #expect(value("1,037", decimal: ".", thousands: ",") == 1037)
    #expect(value("-12,345,678.25", decimal: ".", thousands: ",") == -12_345_678.25)
    #expect(value("1234.5", decimal: ".", thousands: ",") == 1234.5)
    #expect(value("1,037e2", decimal: ".", thousands: ",") == 103_700)
    for wrong in ["1,03", "1,0377", ",037", "1037,", "1,037,", "1.5,000", "12,34,567", "1,,000"] {
      #expect(value(wrong, decimal: ".", thousands: ",") == nil, "\(wrong)")
    }
    #expect(value("1 037", decimal: ".", thousands: " ") == 1037)
    #expect(value("1\u{A0}037", decimal: ".", thousands: " ") == 1037)
    #expect(value("1\u{202F}037\u{2009}000", decimal: ".", thousands: " ") == 1_037_000)
    #expect(value("1'037.5", decimal: ".", thousands: "'") == 1037.5)
  }

  @Test("a comma stands before decimals")
  func decimal() {
    #expect(value("1,52", decimal: ",", thousands: nil) == 1.52)
    #expect(value("-,5e3", decimal: ",", thousands: nil) == -500)
    #expect(value("1.5", decimal: ",", thousands: nil) == nil)
    #expect(value("1,5,2", decimal: ",", thousands: nil) == nil)
    #expect(value("1.037,52", decimal: ",", thousands: ".") == 1037.52)
    #expect(value("1.5", decimal: ",", thousands: ".") == nil)
  }

  @Test("a suite asks for them")
  func suite() throws {
    let text = "x;y\n" + (0..<60).map { "\($0 * $0 % 7);1.0\(10 + $0 * 7 % 50),5\n" }.joined()
    let data = try csvProblem(text, "targets: [y]\ndecimal: ','\nthousands: '.'").makeData(seed: 1)
    #expect(data.tasks[0].kind == .regression(outputs: 1))
    #expect(abs(data.tasks[0].targetMean[0] - 1035) < 10)
  }
}

@Suite("Gzip")
struct InflateTests {
  @Test("a packed file is the file, members one after the other")
  func packedFile() throws {
    #expect(rows(try table(packed)) == [["1", "2"], ["3", "é"]])
    let twice = try Inflate.unpacked(packed + packed, limit: 1000)
    #expect(String(decoding: twice, as: UTF8.self) == "a,b\n1,2\n3,é\na,b\n1,2\n3,é\n")
    let found = rows(
      try table(Array(try #require(Data(base64Encoded: squares.replacing(" ", with: "")))))
    )
    #expect(found == (0..<120).map { ["\($0)", "\($0 * $0 % 97)"] })
    #expect(try refusal(Array(packed.dropLast())).hasSuffix("fetch or pack it again"))
  }

  @Test("no more is unpacked than allowed")
  func limit() {
    #expect(throws: Inflate.Failure.tooLarge) { try Inflate.unpacked(packed, limit: 12) }
  }

  @Test("damaged data are refused, wherever they are cut or changed")
  func damaged() throws {
    var stream = RandomStream(seed: 3, purpose: .data)
    for length in 0..<packed.count {
      #expect(throws: Inflate.Failure.self) {
        try Inflate.unpacked(Array(packed[..<length]), limit: 1000)
      }
    }
    for _ in 0..<2000 {
      var bytes = packed
      bytes[10 + stream.below(bytes.count - 10)] ^= UInt8(1 << stream.below(8))
      do {
        _ = try Inflate.unpacked(bytes, limit: 1000)
      } catch {
        continue
      }
    }
  }
}
